"""`staff enter` against a real case store: from a letter on the table to a case, and to a page for its sender."""

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from backend.contract import AcknowledgeRules, Declare, Entry, Fault, HouseRules, Receipt
from madoguchi.staff.acknowledging_font import japanese_font
from madoguchi.staff.client import DeskClient, DeskRefusedError
from madoguchi.staff.keyfile import open_key
from madoguchi.wire import open_wire
from madoguchi.words import NotDoneError
from tests.integration.madoguchi.conftest import House, Said

LETTER = """
kind = "letter"
arrived = 2026-11-02
language = "en"
text = "The petty cash of the second section has been short for months."
name = "Hanako Yamada"
contact = "c/o the parish office"
[answers]
where = "second section"
"""
TOKEN = re.compile(r"\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}\b")


@pytest.fixture
def with_font() -> None:
    """A PDF is made, if this machine has a Japanese font."""


@pytest.fixture(autouse=True)
def font(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere none is made: it takes as long as all the rest."""
    if "with_font" not in request.fixturenames:
        monkeypatch.setattr("madoguchi.staff.entering_way.japanese_font", lambda: None)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A letter, typed into a file."""
    return written(tmp_path / "letter.toml", LETTER)


def written(file: Path, text: str) -> Path:
    """A file with these words."""
    file.write_text(text)
    return file


async def enters(house: House, *words: str, who: str = "sato", lines: str = "") -> Said:
    """Somebody of the desk enters it; what is printed goes into a folder of its own."""
    return await house.staff("enter", "--out", str(house.folder / "out"), *words, who=who, lines=lines)


async def opens(house: House, number: str, *words: str) -> Said:
    """Sato knows the rules, declares that there is no conflict, and opens the case."""
    key = open_key(house.demo.key("sato"), house.demo.passphrase("sato").read_text())
    async with open_wire(house.store, key.credential) as wire:
        version = (await wire.ask(HouseRules, "GET", "/rules")).rules.version
        await wire.send("POST", "/rules/acknowledgements", AcknowledgeRules(version=version))
        await wire.send("POST", f"/cases/{number}/declarations", Declare(conflicted=False))
    return await house.staff("open", number, *words)


def number_in(said: Said) -> str:
    """The number of the case that was made."""
    found = re.search(r"Entered as case (\S+)\.", said.out)
    assert found, said
    return found[1]


def printed(house: House) -> list[str]:
    """What was written for the printer."""
    folder = house.folder / "out"
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


async def test_o14_a_letter_becomes_a_case_like_any_other(house: House, letter: Path) -> None:
    """O-14: facts and name sealed apart, the day of arrival, who may read it said before it leaves."""
    said = await enters(house, "--from", str(letter))
    assert (said.status, said.err) == (0, "")
    assert "Can be read by: Sato" in said.out
    number = number_in(said)
    opened = (await opens(house, number)).out
    assert "petty cash" in opened
    assert "second section" in opened
    assert "2026-11-02" in opened
    assert "Yamada" not in opened
    assert "Yamada" in (await house.staff("open", number, "--identity")).out


@pytest.mark.skipif(japanese_font() is None, reason="no Japanese font is installed here")
@pytest.mark.usefixtures("with_font")
async def test_o14_its_acknowledgement_is_printed_for_its_owner_alone(house: House, letter: Path) -> None:
    """O-14: one page, twice, readable by nobody else on the machine, with token, number and dates."""
    said = await enters(house, "--from", str(letter))
    number = number_in(said)
    assert printed(house) == [f"acknowledgement-{number}.html", f"acknowledgement-{number}.pdf"]
    page = house.folder / "out" / f"acknowledgement-{number}.html"
    assert page.stat().st_mode & 0o777 == 0o600
    assert page.with_suffix(".pdf").stat().st_mode & 0o777 == 0o600
    text = page.read_text()
    assert TOKEN.search(text)
    assert all(each in text for each in (number, "2 November 2026", "Internal desk"))
    assert "destroy" in said.out
    assert "still owed" in said.out
    assert not TOKEN.search(said.out)


async def test_o14_that_it_left_is_recorded_by_whoever_entered_it(house: House, letter: Path) -> None:
    """O-14: at once, or later; and by nobody else."""
    number = number_in(await enters(house, "--from", str(letter)))
    refused = await house.staff("acknowledged", number, who="suzuki")
    assert (refused.status, "no such case" in refused.err) == (1, True)
    assert (await house.staff("acknowledged", number)).status == 0
    at_once = await enters(house, "--from", str(letter), "--left")
    assert "recorded that the receipt was acknowledged" in at_once.out


async def test_o14_where_there_is_nobody_to_tell_the_reason_is_recorded(house: House) -> None:
    """O-14: a form from the box, without a name: no page is made, and no token stays anywhere."""
    words = ("--kind", "box", "--arrived", "2026-11-02", "--nowhere", "anonymous")
    said = await enters(house, *words, lines="誰かが請求書を書きかえています。\n")
    assert "nobody to tell" in said.out
    assert printed(house) == []
    refused = await enters(house, *words[:-1], "tired", lines="A form.\n")
    assert (refused.status, "anonymous" in refused.err) == (1, True)
    both = await enters(house, *words, "--left", lines="A form.\n")
    assert (both.status, "does not go with" in both.err) == (1, True)


async def test_whoever_entered_it_and_may_not_read_it_cannot_open_it(house: House, letter: Path) -> None:
    """They typed every word of it, and have no key."""
    number = number_in(await enters(house, "--from", str(letter), who="suzuki"))
    assert (await opens(house, number)).status == 0
    refused = await house.staff("open", number, who="suzuki")
    assert (refused.status, "no such case" in refused.err) == (1, True)


async def test_o08_a_named_person_gets_no_key(house: House, letter: Path) -> None:
    """O-08: by id or by name; where nobody is left, the other desks are named, and nothing was entered."""
    said = await enters(house, "--from", str(letter), "--keep-from", "佐藤", "--anyone")
    assert all(each in said.out for each in ("Kept from: Sato", "goes to the fallback desk", "Suzuki"))
    assert (await house.staff("open", number_in(said))).status == 1
    counsel = ("--from", str(letter), "--desk", "gaibu", "--keep-from", "suzuki")
    refused = await enters(house, *counsel)
    assert refused.status == 1
    assert all(each in refused.err for each in ("Nobody at that desk may read it", "naibu", "hokubu"))
    anyone = await enters(house, *counsel, "--anyone", "--keep-from", "sato")
    assert "sealed to the recovery key" in anyone.out
    unknown = await enters(house, "--from", str(letter), "--keep-from", "nobody at all")
    assert (unknown.status, "Nobody on the roster" in unknown.err) == (1, True)
    doubtful = await enters(house, "--from", str(letter), "--keep-from", "直子")
    assert doubtful.status == 1
    assert all(each in doubtful.err for each in ("not certain who is meant", "saito: Naoko Saito"))


REFUSED = {
    "blank words": (("--kind", "phone", "--arrived", "2026-11-02"), " \n", "no words"),
    "a day to come": (("--kind", "phone", "--arrived", "2999-01-01"), "Words.\n", "still to come"),
    "no day": (("--kind", "phone"), "Words.\n", "which day"),
    "a strange day": (("--kind", "phone", "--arrived", "yesterday"), "Words.\n", "cannot be read as a day"),
    "no kind": (("--arrived", "2026-11-02"), "Words.\n", "how it came"),
    "a strange language": (("--kind", "box", "--arrived", "2026-11-02", "--language", "fr"), "Words.\n", "ja or en"),
    "no such desk": (("--kind", "box", "--arrived", "2026-11-02", "--desk", "x"), "Words.\n", "no desk"),
    "no such file": (("--from", "nothing.toml"), "", "no readable file"),
    "nobody to write to": (("--kind", "box", "--arrived", "2026-11-02", "--mail-out", "m"), "W.\n", "no address"),
    "no parcel": (("--again", "nothing"), "", "no entry"),
}


async def test_what_cannot_be_is_refused_in_one_sentence(house: House) -> None:
    """Before anything is sealed."""
    for words, lines, why in REFUSED.values():
        refused = await enters(house, *words, lines=lines)
        assert (refused.status, why in refused.err) == (1, True), refused
    assert printed(house) == []


async def test_a_forwarded_mail_is_entered_and_answered_by_mail(house: House, tmp_path: Path) -> None:
    """Its sender, its date, its words and its attachment; the answer is ready to be sent."""
    mail = written(
        tmp_path / "mail.eml",
        "From: =?utf-8?B?5bGx55Sw?= <yamada@example.org>\nDate: Mon, 2 Nov 2026 23:30:00 +0000\n"
        "Subject: About the petty cash\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        "--x\nContent-Type: text/plain; charset=utf-8\n\nIt is short again.\n"
        "--x\nContent-Type: text/csv\nContent-Disposition: attachment; filename=sums.csv\n\n1;2\n--x--\n",
    )
    to_send = tmp_path / "out" / "answer.eml"
    said = await enters(house, "--from", str(mail), "--mail-out", str(to_send), "--left")
    number = number_in(said)
    opened = (await opens(house, number, "--identity")).out
    assert all(each in opened for each in ("About the petty cash", "short again", "2026-11-03", "山田", "sums.csv"))
    saved = await house.staff("save", number, "--to", str(tmp_path / "saved"))
    assert (tmp_path / "saved" / saved.out.splitlines()[0].rpartition("/")[2]).read_bytes() == b"1;2"
    answer = message_from_bytes(to_send.read_bytes(), policy=policy.default)
    assert (answer["To"], to_send.stat().st_mode & 0o777) == ("yamada@example.org", 0o600)
    body = answer.get_content()
    assert TOKEN.search(body)
    assert "this mail opens nothing" in body


async def test_an_entry_whose_answer_never_came_is_sent_again_once(
    house: House, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is there once, and the page that is printed then bears its token."""
    whole = DeskClient.enter

    async def loses_the_answer(desk: DeskClient, entry: Entry) -> Receipt:
        await whole(desk, entry)
        raise NotDoneError("store.silent")

    with monkeypatch.context() as patch:
        patch.setattr(DeskClient, "enter", loses_the_answer)
        unclear = await enters(house, "--from", str(letter))
    assert (unclear.status, "not clear whether it arrived" in unclear.err) == (1, True)
    (parcel,) = printed(house)
    place = house.folder / "out" / parcel
    assert place.stat().st_mode & 0o777 == 0o600
    assert b"petty cash" not in place.read_bytes()
    foreign = await house.staff("enter", "--again", str(place), who="suzuki")
    assert (foreign.status, "no entry" in foreign.err) == (1, True)
    number = number_in(await enters(house, "--again", str(place)))
    assert printed(house) == [f"acknowledgement-{number}.html"]
    assert (await house.staff("inbox")).out.count(number) == 1


async def test_a_refused_entry_leaves_nothing_behind(
    house: House, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever's credential the store no longer knows; no parcel and no token stay on the machine."""

    async def refuses(_desk: DeskClient, _entry: Entry) -> Receipt:
        raise DeskRefusedError(Fault.NOT_ALLOWED)

    monkeypatch.setattr(DeskClient, "enter", refuses)
    assert (await enters(house, "--from", str(letter))).status == 1
    assert printed(house) == []


async def test_without_a_japanese_font_there_is_a_page_to_print(house: House, letter: Path) -> None:
    """The browser prints it; it is said why there is no PDF."""
    said = await enters(house, "--from", str(letter))
    assert "no PDF" in said.out
    assert [Path(name).suffix for name in printed(house)] == [".html"]
