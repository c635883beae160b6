"""The administrator's commands against a real case store."""

from pathlib import Path

import msgspec

from bot.anonymity.routing import Escalation, Route
from madoguchi.organ.demo import make_demo, publish_demo
from tests.integration.madoguchi.conftest import CONTENT, House


def apply(house: House, *more: str) -> tuple[str, ...]:
    """The words that apply the demo organ's document."""
    demo = house.demo
    places = ("--organ-keys", str(demo.places.organ), "--store", house.store)
    return (
        "apply",
        str(demo.folder / "organ.toml"),
        *places,
        "--passphrase-file",
        str(demo.passphrase("organ")),
        *more,
    )


def edit(house: House, was: str, becomes: str) -> None:
    """Change the demo organ's document."""
    document = house.demo.folder / "organ.toml"
    text = document.read_text()
    assert was in text
    document.write_text(text.replace(was, becomes))


async def test_applying_shows_the_difference_and_publishes_once(house: House) -> None:
    """Without agreement nothing happens; with it the next number is out; after that there is nothing to do."""
    edit(house, 'deputy = "ito"\n', "")
    asked = await house.organ(*apply(house))
    assert ("deputy: ito → -" in asked.out, asked.status, "Nothing was published" in asked.err) == (True, 1, True)
    done = await house.organ(*apply(house, "--yes"))
    assert "Published as number 2" in done.out
    assert "Nothing to publish" in (await house.organ(*apply(house, "--yes"))).out


async def test_faults_of_the_document_are_listed_and_nothing_is_published(house: House) -> None:
    """Each with file, line and key."""
    edit(house, 'kind = "external"', 'kind = "outer"')
    edit(house, 'executive = "tanaka"', 'executive = "nobody"')
    lines = (house.demo.folder / "organ.toml").read_text().splitlines()
    kind, executive = lines.index('kind = "outer"') + 1, lines.index('executive = "nobody"') + 1
    refused = await house.organ(*apply(house, "--yes"))
    assert refused.status == 1
    assert f"organ.toml, line {kind}: desks[2].kind: outer is none of: internal, external, branch" in refused.err
    assert f"organ.toml, line {executive}: executive: nobody is none of:" in refused.err


async def test_whoever_left_the_roster_is_unknown_to_the_store(house: House) -> None:
    """Their credential is gone with the publication; the case stays with whoever remains."""
    number = await house.hand_over()
    edit(house, '{ member = "sato", compartments', '{ member = "ito", compartments')
    document = house.demo.folder / "organ.toml"
    head, _, tail = document.read_text().partition('[[members]]\nid = "sato"')
    document.write_text(head + tail[tail.index("[[members]]") :])
    assert (await house.organ(*apply(house, "--yes"))).status == 0
    assert "does not know your key" in (await house.staff("open", number)).err


async def test_wrong_words_sign_nothing(house: House) -> None:
    """And name the key that they do not open."""
    house.demo.passphrase("organ").write_text("six wrong words of no use")
    edit(house, 'deputy = "ito"\n', "")
    refused = await house.organ(*apply(house, "--yes"))
    assert (refused.status, "do not open" in refused.err) == (1, True)


async def test_a_store_that_lost_everything_is_given_the_roster_again(house: House) -> None:
    """The demo does so at start, under a number that was never used."""
    assert not await publish_demo(house.demo, house.card, house.store)
    assert make_demo(house.folder / "keys", house.store) == (house.demo, house.card)


async def test_an_organ_is_made_once_and_says_everything_once(house: House, tmp_path: Path) -> None:
    """Words, shares, pins and settings are printed; a second organ at the same place is refused."""
    words = ("init", "--organ", "moe", "--name-ja", "省", "--name-en", "Moe", "--out", str(tmp_path / "k/organ"))
    made = await house.organ(*words, "--signers", "2", "--threshold", "2")
    assert made.status == 0
    for heading in ("signing key 2", "Recovery slip 3", "MADOGUCHI_ORGAN_THRESHOLD=2", "Fingerprint"):
        assert heading in made.out
    assert "There is an organ already" in (await house.organ(*words)).err
    assert "cannot be asked for" in (await house.organ(*words, "--threshold", "2")).err


async def test_shares_of_another_organ_open_nothing(house: House, tmp_path: Path) -> None:
    """Nor one share alone, nor a file that is none."""
    shares = [str(house.demo.folder / f"recovery-share-{number}.txt") for number in (1, 2)]
    other = tmp_path / "other"
    made = ("init", "--organ", "moe", "--name-ja", "省", "--name-en", "Moe", "--out", str(other / "organ"))
    await house.organ(*made, "--shares-dir", str(other), "--passphrase-file", str(other / "words"))
    foreign = [str(other / f"recovery-share-{number}.txt") for number in (1, 2)]
    keys = ("--organ-keys", str(house.demo.places.organ), "--store", house.store)
    for given, sentence in (
        (foreign, "not slips of demo"),
        (shares[:1], "do not belong together"),
        ([shares[0], foreign[1]], "do not belong together"),
        ([shares[0], str(tmp_path / "none")], "no readable slip"),
    ):
        files = [word for file in given for word in ("--share-file", file)]
        assert sentence in (await house.organ("recover", "2026-7K3QF9", *keys, *files)).err


async def test_two_share_holders_open_what_nobody_else_can(house: House, tmp_path: Path) -> None:
    """A case that everybody was kept out of is read, files included, and the executive knows that it is there."""
    content = msgspec.structs.replace(CONTENT, excluded=["sato", "suzuki"])
    number = await house.hand_over(content, route=Route(None, (), Escalation.RECOVERY))
    assert number in (await house.staff("inbox", who="tanaka")).out
    shares = [word for at in (1, 3) for word in ("--share-file", str(house.demo.folder / f"recovery-share-{at}.txt"))]
    keys = ("--organ-keys", str(house.demo.places.organ), "--store", house.store, "--to", str(tmp_path / "out"))
    opened = await house.organ("recover", number, *keys, *shares, "--identity")
    assert (opened.status, opened.err) == (0, "")
    assert "The same invoice was paid twice." in opened.out
    assert "Yamada" in opened.out
    assert (tmp_path / "out" / "01-invoice.pdf").read_bytes() == b"%PDF"
