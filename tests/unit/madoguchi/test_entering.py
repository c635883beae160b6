"""What staff write down: read from files and keyboards, checked, and put on paper."""

from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from msgspec.structs import replace

from backend.contract import Receipt
from backend.profiles import profile
from bot.anonymity.card import unlock_card
from bot.anonymity.handover import Route
from bot.anonymity.opening import SealedCase, open_as_staff
from bot.anonymity.routing import Escalation
from bot.anonymity.token_keys import keys_of
from bot.conversation.catalog import load_catalog
from bot.conversation.forms import REPORT, load_forms
from madoguchi.staff.acknowledging import LABELS, Acknowledgement, Circle, acknowledgement
from madoguchi.staff.acknowledging_font import FONTS, Face, Font, japanese_font
from madoguchi.staff.acknowledging_mail import mail
from madoguchi.staff.acknowledging_page import page
from madoguchi.staff.acknowledging_pdf import broken, pdf
from madoguchi.staff.entering import Arrived, Kind, Written, checked, readers, sealed
from madoguchi.staff.entering_sources import asked, day_typed, read_source, with_language
from madoguchi.words import NotDoneError, Words
from tests.support.sealed_organ import ORGAN, SATO, TODAY, TOKEN, organ_roster

ROSTER = organ_roster()
WRITTEN = Written(kind="phone", arrived=TODAY, text="帳簿が二つあります。", language="ja", name="山田", desk="main")


def arrived(**changed: object) -> Arrived:
    """An entry that is in order, but for what is changed."""
    return checked(replace(WRITTEN, **changed), load_forms()[REPORT], ROSTER, TODAY, anyone=False)


def refusal(**changed: object) -> str:
    """Why an entry is refused."""
    with pytest.raises(NotDoneError) as refused:
        arrived(**changed)
    assert refused.value.told(Words("ja"))
    return refused.value.key


def test_an_entry_is_sealed_like_any_other_report() -> None:
    """Its words in the facts, its name apart, how it came in place of the channel, its token to be replaced."""
    made = sealed(arrived(answers={"where": "第二課"}), ROSTER, "anonymous")
    sent = made.entry.submission
    case = SealedCase(ORGAN, sent.submission_id, sent.grants, sent.parts)  # type: ignore[arg-type]
    opened = open_as_staff(SATO.reader, case, ROSTER)
    assert opened.facts.answers == {"story": "帳簿が二つあります。", "where": "第二課"}
    assert opened.identity is not None
    assert opened.identity.answers == {"name": "山田"}
    assert opened.facts.channel == "phone"
    assert unlock_card(sent.card, keys_of(made.token).card_key).provisional
    assert (made.entry.arrived_on, made.entry.unsaid) == (TODAY, "anonymous")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"text": " \n　"}, "enter.blank"),
        ({"kind": "fax"}, "enter.kind"),
        ({"arrived": None}, "enter.no_day"),
        ({"arrived": date(2026, 11, 22)}, "enter.to_come"),
        ({"language": "fr"}, "enter.language"),
        ({"keep_from": ("だれでもない",)}, "enter.nobody_called"),
        ({"desk": "nowhere"}, "enter.no_desk"),
        ({"answers": {"weather": "rain"}}, "enter.no_question"),
        ({"keep_from": ("sato", "mori")}, "enter.nobody_left"),
    ],
)
def test_what_cannot_be_is_refused(changed: dict[str, object], why: str) -> None:
    """Before any key is made."""
    assert refusal(**changed) == why


def test_an_expired_roster_leads_to_the_recovery_key() -> None:
    """As it does for every report; it is taken all the same."""
    late = date(2030, 1, 1)
    found = checked(WRITTEN, load_forms()[REPORT], ROSTER, late, anyone=False)
    assert found.route == Route(None, (), Escalation.RECOVERY)
    assert readers(found, ROSTER) == []
    assert sealed(found, ROSTER, None).entry.submission.desk == "main"


def keyboard(*typed: str) -> Iterator[str]:
    """A person who types these lines."""
    yield from typed


def test_at_a_keyboard_only_what_is_missing_is_asked(tmp_path: Path) -> None:
    """Words run on to a line with a dot; people and files are separated by commas."""
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF")
    lines = keyboard("visit", "2026-11-20", "一行目", "二行目", ".", "山田", "", "north", "sato, mori", f"{scan},")
    found = asked(Written(), lambda _: next(lines))
    assert (found.kind, found.arrived, found.text) == ("visit", date(2026, 11, 20), "一行目\n二行目")
    assert (found.name, found.desk, found.keep_from) == ("山田", "north", ("sato", "mori"))
    assert [(one.name, one.media_type, one.data) for one in found.attachments] == [
        ("scan.pdf", "application/pdf", b"%PDF")
    ]
    assert asked(WRITTEN, lambda _: "never asked") == WRITTEN


def test_a_text_file_is_its_words(tmp_path: Path) -> None:
    """Whatever wrote a mark before them; what is no text is refused."""
    note = tmp_path / "note.txt"
    note.write_bytes("\ufeff電話の聞き取り\n".encode())
    assert read_source(note).text == "電話の聞き取り"
    note.write_bytes(b"\xff\xfe")
    with pytest.raises(NotDoneError, match=r"enter\.not_text"):
        read_source(note)


@pytest.mark.parametrize("text", ["text = 3", "text", 'text = "x"\ncolour = "red"', "\udcff"])
def test_a_file_that_is_no_entry_is_refused(tmp_path: Path, text: str) -> None:
    """A slip of the pen is told, not passed over."""
    file = tmp_path / "entry.toml"
    file.write_text(text, errors="surrogateescape")
    with pytest.raises(NotDoneError, match=r"enter\.not_toml"):
        read_source(file)


def test_a_toml_file_names_the_files_beside_it(tmp_path: Path) -> None:
    """And says so when one is not there."""
    file = tmp_path / "entry.toml"
    file.write_text('text = "x"\nattach = ["scan.png"]\n')
    with pytest.raises(NotDoneError, match=r"enter\.no_file"):
        read_source(file)
    (tmp_path / "scan.png").write_bytes(b"png")
    assert read_source(file).attachments[0].media_type == "image/png"


MAILS = {
    "no date, no sender": (b"Subject: Hello\n\nWords.\n", (None, "Hello\n\nWords.", "", 0)),
    "HTML alone": (b"Subject: H\nContent-Type: text/html\n\n<p>W</p>\n", (None, "H", "", 1)),
    "a date without a zone": (
        b"From: a@b.example\nDate: Mon, 2 Nov 2026 23:30\n\nW\n", ("2026-11-02", "W", "a@b.example", 0),
    ),
    "a character set nobody knows": (
        b"Subject: S\nContent-Type: text/plain; charset=klingon\n\nW\n", (None, "S", "", 1),
    ),
    "nonsense": (b"\xff\xfe\x00", (None, "", "", 0)),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "found"), MAILS.values(), ids=MAILS.keys())
def test_a_saved_mail_is_read_as_far_as_it_can_be(
    tmp_path: Path, raw: bytes, found: tuple[str | None, str, str, int]
) -> None:
    """What is no text goes along as a file; nothing a stranger sends is an error."""
    file = tmp_path / "mail.eml"
    file.write_bytes(raw)
    read = read_source(file)
    day = read.arrived.isoformat() if read.arrived else None
    assert (day, read.text.replace("\ufffd", "").strip("\0"), read.mail, len(read.attachments)) == found


def test_the_language_is_what_was_said_else_as_they_wrote() -> None:
    """Else as the desk speaks."""
    assert with_language(Written(text="Hello", language="ja"), "ja").language == "ja"
    assert with_language(Written(text="Hello"), "ja").language == "en"
    assert with_language(Written(text="12345"), "ja").language == "ja"
    assert day_typed("  ") is None


RECEIPT = Receipt(case_number="2026-7K3QF9", desk="main", received_on=date(2026, 11, 18))


def on_paper(language: str, *, web: str = "https://desk.example.go.jp/", kind: Kind = Kind.LETTER) -> Acknowledgement:
    """The acknowledgement of a letter."""
    roster = replace(ROSTER, safer={"web": web} if web else {})
    circle = Circle(roster, profile(), load_catalog(), Words(language), TODAY)
    return acknowledgement(kind, TOKEN, RECEIPT, circle)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_o14_the_page_says_all_that_its_reader_needs(language: str, kind: Kind) -> None:
    """O-14, O-22: token, number, dates, periods, what to do; and it fetches nothing from anywhere."""
    words = on_paper(language, kind=kind)
    html = unescape(page(words).decode())
    assert all(each in html for each in (TOKEN.text, "2026-7K3QF9", *words.steps, *words.coming, *words.received))
    assert all(f"<li>{word}</li>" in html for word in TOKEN.words(language))
    assert len(words.coming) == 3
    assert set(words.labels) == set(LABELS)
    assert 'src="data:image/svg+xml' in html
    assert 'src="http' not in html
    assert TOKEN.text not in html.partition("data:image")[2].partition('"')[0]


def test_o42_the_page_says_what_the_law_says_of_a_report_of_that_day() -> None:
    """O-42: announced to whoever wrote before the law changed, told to whoever wrote since."""
    circle = Circle(ROSTER, profile(), load_catalog(), Words("en"), TODAY)
    before = acknowledgement(Kind.LETTER, TOKEN, RECEIPT, circle).protection
    since = acknowledgement(Kind.LETTER, TOKEN, replace(RECEIPT, received_on=date(2026, 12, 1)), circle).protection
    assert before[1].startswith("From 1 December 2026")
    assert since[1].startswith("If you are dismissed or disciplined within one year")


def test_without_an_address_it_leads_to_the_chat_in_words() -> None:
    """No code is printed that leads nowhere."""
    words = on_paper("ja", web="")
    assert "figure><img" not in page(words).decode()
    assert "チャット" in words.steps[0]
    assert words.web not in mail(words, "a@b.example").decode() or words.web == ""


def test_a_strangers_words_stay_words_on_the_page() -> None:
    """Names of desks and organs come from files that people write."""
    words = replace(on_paper("en"), desk="<script>alert(1)</script>")
    assert "<script>" not in page(words).decode()


@pytest.mark.skipif(japanese_font() is None, reason="no Japanese font is installed here")
@pytest.mark.parametrize("web", ["https://desk.example.go.jp/", "", "https://" + "a" * 70])
def test_the_sheet_is_one_page(web: str) -> None:
    """With the letters of its font inside, and as small as a letter."""
    font = japanese_font()
    assert font is not None
    drawn = pdf(on_paper("ja", web=web), font)
    assert drawn.startswith(b"%PDF")
    assert drawn.count(b"/Type /Page\n") == 1
    assert b"/FontFile" in drawn
    assert len(drawn) < 200_000


def test_a_font_is_taken_only_where_both_weights_are(tmp_path: Path) -> None:
    """Else the next one, else none."""
    (tmp_path / "r.ttf").touch()
    half = Font(Face(tmp_path / "r.ttf"), Face(tmp_path / "b.ttf"))
    whole = Font(Face(tmp_path / "r.ttf"), Face(tmp_path / "r.ttf"))
    assert japanese_font([half, whole]) == whole
    assert japanese_font([half]) is None
    assert len(FONTS) == len(set(FONTS))


def lines(text: str, wide: int) -> list[str]:
    """Broken where a full-width letter takes two and a half-width one takes one."""
    return broken(text, wide, lambda piece: sum(1 if char.isascii() else 2 for char in piece))


@pytest.mark.parametrize(
    ("text", "wide", "found"),
    [
        ("これは長い文です。", 8, ["これは長", "い文で", "す。"]),
        ("「見せない」とした", 8, ["「見せな", "い」とし", "た"]),
        ("一二三「四五」", 8, ["一二三", "「四五」"]),
        ("We broke it here", 9, ["We broke", "it here"]),
        ("https://desk.example.go.jp/", 12, ["https://", "desk.", "example.go.", "jp/"]),
        ("", 10, [""]),
    ],
)
def test_lines_are_broken_as_japanese_type_is(text: str, wide: int, found: list[str]) -> None:
    """No closing mark begins a line, no opening one ends it, and no word runs off the paper."""
    assert lines(text, wide) == found
