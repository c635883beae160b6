"""`organ.toml`, as an administrator writes it."""

from datetime import date
from pathlib import Path

import pytest

from bot.anonymity.sealing import Compartment
from madoguchi.organ.card import Enrolment, as_json
from madoguchi.organ.document import OrganDocument, read_document
from madoguchi.organ.sources import DocumentFaultyError
from madoguchi.words import NotDoneError, Words

SOUND = """
organ = "moe"
integrated_desk = "main"
executive = "ann"
departments = ["funds"]
[name]
ja = "省"
en = "Moe"
[[desks]]
id = "main"
kind = "internal"
name = { ja = "窓口", en = "Desk" }
seats = [{ member = "ann", compartments = ["facts", "masked"] }]
[[members]]
id = "ann"
enrolment = "ann.json"
trained_until = 2027-03-31
roles = ["staff", "executive"]
"""


def enrol(folder: Path, staff_id: str, organ: str = "moe") -> None:
    """Put a staff member's enrolment beside the document."""
    enrolment = Enrolment(
        organ=organ,
        staff_id=staff_id,
        name={"ja": "安", "en": "Ann"},
        sealing_public=bytes(1216),
        signing_public=bytes(32),
        credential_hash=bytes(32),
    )
    (folder / f"{staff_id}.json").write_bytes(as_json(enrolment))


def written(folder: Path, text: str) -> Path:
    """The document with Ann's enrolment beside it."""
    enrol(folder, "ann")
    file = folder / "organ.toml"
    file.write_text(text)
    return file


def read(folder: Path, text: str = SOUND) -> OrganDocument:
    """The document, read."""
    return read_document(written(folder, text))


def faults(folder: Path, text: str) -> list[tuple[str, str]]:
    """Where the document is faulty, and how."""
    with pytest.raises(DocumentFaultyError) as refused:
        read(folder, text)
    return [(fault.where, fault.key.removeprefix("organ.fault.")) for fault in refused.value.faults]


def test_a_sound_document_is_read_whole(tmp_path: Path) -> None:
    """People come with the keys of their enrolment, desks with their seats."""
    document = read(tmp_path)
    assert (document.organ, document.executive, document.deputy, document.valid_days) == ("moe", "ann", None, 180)
    assert (document.members[0].name["ja"], document.members[0].trained_until) == ("安", date(2027, 3, 31))
    assert document.desks[0].seats[0].compartments == [Compartment.FACTS, Compartment.MASKED]


def test_all_faults_are_told_at_once_with_file_and_key(tmp_path: Path) -> None:
    """An administrator corrects the file once, not twelve times."""
    broken = SOUND.replace('kind = "internal"', 'kind = "inner"').replace("2027-03-31", '"next year"')
    broken = broken.replace('"masked"', '"all"').replace('en = "Moe"', "").replace('"main"\nexec', '"nowhere"\nexec')
    assert sorted(faults(tmp_path, f"extra = 1\n{broken}")) == [
        ("desks[1].kind", "not_one_of"),
        ("desks[1].seats[1].compartments", "not_one_of"),
        ("extra", "unknown_key"),
        ("integrated_desk", "not_one_of"),
        ("members[1].trained_until", "wrong_kind"),
        ("name.en", "missing"),
    ]


def test_a_fault_is_told_in_the_administrators_language(tmp_path: Path) -> None:
    """Every fault names the file, the line and the key."""
    with pytest.raises(DocumentFaultyError) as refused:
        read(tmp_path, SOUND.replace("2027-03-31", '"next year"'))
    told = refused.value.told(Words("ja"))[1]
    assert told.endswith("organ.toml 17行目: members[1].trained_until: 2027-03-31 のような日付でなければなりません")


@pytest.mark.parametrize("reserved", ["reporter", "recovery", "Ann", "a b", ""])
def test_nobody_is_called_what_means_something_else(tmp_path: Path, reserved: str) -> None:
    """An id is short and plain, and no word by which letters of others are known."""
    told = faults(tmp_path, SOUND.replace('id = "ann"', f'id = "{reserved}"'))
    assert ("members[1].id", "bad_id" if reserved else "missing") in told


def test_another_persons_enrolment_is_not_taken(tmp_path: Path) -> None:
    """A file that was mixed up would seal reports to the wrong person."""
    enrol(tmp_path, "bob")
    told = faults(tmp_path, SOUND.replace("ann.json", "bob.json"))
    assert told == [("members[1].enrolment", "other_enrolment")]


def test_an_enrolment_for_another_organ_is_not_taken(tmp_path: Path) -> None:
    """Keys are made for one organ."""
    assert faults(tmp_path, SOUND.replace('organ = "moe"', 'organ = "poe"')) == [
        ("members[1].enrolment", "other_enrolment")
    ]


def test_a_missing_enrolment_is_one_fault_and_not_many(tmp_path: Path) -> None:
    """The seats of a member whose file is missing are not blamed as well."""
    assert faults(tmp_path, SOUND.replace("ann.json", "gone.json")) == [("members[1].enrolment", "no_enrolment")]


def test_twins_are_refused(tmp_path: Path) -> None:
    """Two members or desks of one id would hide one of them."""
    desk = '[[desks]]\nid = "main"\nkind = "branch"\nname = { ja = "b", en = "b" }\nseats = []\n'
    assert faults(tmp_path, SOUND + desk) == [("desks", "twice")]


def test_things_of_the_wrong_kind_are_told(tmp_path: Path) -> None:
    """A list of numbers for tables, a truth value for a number, a number for a list of codes."""
    text = SOUND.replace('departments = ["funds"]', "departments = [1]\nvalid_days = true")
    text = text.replace('seats = [{ member = "ann", compartments = ["facts", "masked"] }]', "seats = [1]")
    assert sorted(faults(tmp_path, text)) == [
        ("departments", "not_one_of"),
        ("desks[1].seats", "wrong_kind"),
        ("valid_days", "wrong_kind"),
    ]


def test_a_document_that_is_no_toml_says_why(tmp_path: Path) -> None:
    """The line of the fault is in the sentence."""
    with pytest.raises(DocumentFaultyError) as refused:
        read(tmp_path, "# ours\n\norgan = \n")
    assert [(fault.line, fault.key) for fault in refused.value.faults] == [(3, "organ.fault.not_toml")]


def test_a_document_in_another_encoding_says_where(tmp_path: Path) -> None:
    """What an old editor saved as Shift JIS is named by its first line that is not UTF-8."""
    file = written(tmp_path, SOUND)
    file.write_bytes(file.read_bytes().replace("省".encode(), "省".encode("shift_jis")))
    with pytest.raises(DocumentFaultyError) as refused:
        read_document(file)
    assert [(fault.line, fault.key) for fault in refused.value.faults] == [(7, "organ.fault.not_utf8")]


def test_a_document_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The path is in the sentence."""
    with pytest.raises(NotDoneError) as refused:
        read_document(tmp_path / "organ.toml")
    assert refused.value.key == "organ.no_document"


def test_a_reading_is_taken_as_it_is_given_and_guessed_where_it_is_not(tmp_path: Path) -> None:
    """The guess is known for one, so that it can be shown to somebody who knows better."""
    document = read(tmp_path)
    assert (document.members[0].reading, document.guessed) == ("あん", frozenset({"ann"}))
    document = read(tmp_path, SOUND.replace('"ann.json"', '"ann.json"\nreading = "ヤスシ"'))
    assert (document.members[0].reading, document.guessed) == ("やすし", frozenset())


def test_a_reading_that_is_not_kana_is_refused(tmp_path: Path) -> None:
    """Kanji there would find nobody."""
    assert faults(tmp_path, SOUND.replace('"ann.json"', '"ann.json"\nreading = "安"')) == [
        ("members[1].reading", "not_kana")
    ]
