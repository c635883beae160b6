"""The desk's commands against a real case store."""

from pathlib import Path

import msgspec
import pytest

from tests.integration.madoguchi.conftest import CONTENT, House


async def test_a_case_is_listed_opened_and_kept_from_others(house: House) -> None:
    """The inbox says what is due; whoever has no key has no case."""
    number = await house.hand_over()
    assert (await house.staff("inbox")).out.split("\t")[:3] == [number, "Internal desk", "received"]
    opened = await house.staff("open", number.lower())
    assert "  │ The same invoice was paid twice." in opened.out
    assert "Yamada" not in opened.out
    assert "Yamada" in (await house.staff("open", number, "--identity")).out
    assert (await house.staff("inbox", who="suzuki")).out == "No cases.\n"
    refused = await house.staff("open", number, who="suzuki")
    assert (refused.status, "no such case" in refused.err) == (1, True)


async def test_nobody_writes_into_a_case_they_have_not_read(house: House) -> None:
    """Neither before the first opening nor over what came meanwhile from a colleague's seat."""
    number = await house.hand_over()
    refused = await house.staff("answer", number, "Hello")
    assert (refused.status, "have not opened" in refused.err) == (1, True)
    await house.staff("open", number)
    elsewhere = house.demo.key("sato").with_name("copy.key")
    elsewhere.write_bytes(house.demo.key("sato").read_bytes())
    words = ("--key", str(elsewhere), "--passphrase-file", str(house.demo.passphrase("sato")))
    await house.staff(*words, "open", number)
    assert (await house.staff(*words, "note", number, "seen at home")).status == 0
    refused = await house.staff("answer", number, "Hello")
    assert (refused.status, "have not seen" in refused.err) == (1, True)
    await house.staff("open", number)
    assert (await house.staff("answer", number, "Hello")).status == 0


async def test_answers_notes_and_acceptance_follow_each_other(house: House) -> None:
    """Each leaves a line in the thread, and the case its stage; a second acceptance does not exist."""
    number = await house.hand_over()
    await house.staff("open", number)
    assert "  │ When was that?" in (await house.staff("answer", number, lines="When was that?\n")).out
    assert (await house.staff("note", number, "ask counsel")).status == 0
    assert (await house.staff("accept", number)).status == 0
    await house.declare(number)
    text = (await house.staff("open", number)).out
    thread = [line for line in text.splitlines() if "Sato (" in line or line.startswith("  │ ")]
    assert [line.partition("Sato ")[2] or line for line in thread[2:]] == [
        "(letter)", "  │ When was that?", "(note, stays at the desk)", "  │ ask counsel", "(notice)",
    ]  # fmt: skip
    assert "accepted · Internal desk" in text
    assert (await house.staff("accept", number)).status == 1


async def test_declining_needs_a_published_reason_and_words(house: House) -> None:
    """Without a code, or with one that the organ does not list, the codes are listed; blank words go nowhere."""
    number = await house.hand_over()
    await house.staff("open", number)
    assert "no_facts: Nothing in it" in (await house.staff("decline", number)).err
    assert "text is empty" in (await house.staff("decline", number, "--reason", "no_facts")).err
    assert "not list whim" in (await house.staff("decline", number, "--reason", "whim", "--text", "No.")).err
    done = await house.staff("decline", number, "--reason", "no_facts", "--text", "Please name a place.")
    assert done.status == 0
    await house.declare(number)
    text = (await house.staff("open", number)).out
    assert (
        "  Not accepted (Nothing in it could be looked into, even after asking. [no_facts])\n  │ Please name a place."
    ) in text


async def test_files_are_saved_under_harmless_names_and_never_over_others(house: House, tmp_path: Path) -> None:
    """Decrypted, readable by the owner alone, with a warning; a second time they are in the way."""
    number = await house.hand_over()
    saved = await house.staff("save", number, "--to", str(tmp_path / "out"))
    file = tmp_path / "out" / "01-invoice.pdf"
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"%PDF", 0o600)
    assert "isolated machine" in saved.out
    assert "there already" in (await house.staff("save", number, "--to", str(tmp_path / "out"))).err
    plain = await house.hand_over(msgspec.structs.replace(CONTENT, files=[]))
    assert "no files" in (await house.staff("save", plain, "--to", str(tmp_path / "out"))).out


async def test_a_new_member_makes_a_key_of_their_own(house: House, tmp_path: Path) -> None:
    """The six words are shown once, or written to a file; the store does not know them before they are enrolled."""
    key, words = tmp_path / "mori.key", tmp_path / "mori.words"
    named = ("--id", "mori", "--name-ja", "森", "--name-en", "Mori", "--organ-card", str(house.demo.places.card))
    made = await house.organ("init", "--organ", "x", "--name-ja", "x", "--name-en", "x", "--out", str(tmp_path / "o"))
    assert made.status == 0
    shown = await house.staff("--store", house.store, "setup", *named, who="sato")
    assert "there already" in shown.err
    made = await house.staff(
        "--key", str(key), "--passphrase-file", str(words), "--store", house.store, "setup", *named
    )
    assert (made.status, len(words.read_text().split())) == (0, 6)
    refused = await house.staff("--key", str(key), "--passphrase-file", str(words), "inbox")
    assert "does not know your key" in refused.err


@pytest.mark.parametrize("words", [("inbox",), ("open", "2026-7K3QF9")])
async def test_a_store_that_is_away_is_one_sentence(house: House, words: tuple[str, ...]) -> None:
    """And so is a place where something else answers."""
    away = await house.staff("--store", "unix:/nowhere.sock", *words)
    assert (away.status, away.out, "does not answer" in away.err) == (1, "", True)
