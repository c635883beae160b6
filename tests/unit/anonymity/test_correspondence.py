"""Later letters between reporter and desk."""

import msgspec
import pytest

from bot.anonymity.attachments import attach
from bot.anonymity.correspondence import (
    read_as_reporter,
    write_identity,
    write_masked,
    write_note,
    write_to_desk,
    write_to_reporter,
)
from bot.anonymity.errors import NotOpenedError
from bot.anonymity.handover import SealedPart
from bot.anonymity.letters import Identity, Message, Note, Notice, read
from bot.anonymity.opening import SealedCase, open_as_staff
from bot.anonymity.sealing import Compartment
from bot.anonymity.signing import Audience, Kind
from bot.anonymity.threads import Thread
from tests.support.sealed_organ import CONTENT, MORI, SATO, HandedOver, hand_over


@pytest.fixture
def handed() -> HandedOver:
    """A report handed over to the main desk."""
    return hand_over()


def texts(thread: Thread) -> list[str]:
    """What the messages say."""
    return [read(Message, one.envelope.body).text for one in thread.letters if one.envelope.kind is Kind.MESSAGE]


def with_part(case: SealedCase, *parts: SealedPart) -> SealedCase:
    """The case with further parts."""
    return msgspec.structs.replace(case, parts=[*case.parts, *parts])


def test_the_desk_reads_what_the_reporter_writes_later(handed: HandedOver) -> None:
    """One message after another; the report and they are one unbroken chain."""
    first, card = write_to_desk(handed.keys, handed.card, "m1", Message("続き"))
    second, card = write_to_desk(handed.keys, card, "m2", Message("もう一つ"))
    opened = handed.opened_by(MORI, ("m1", first), ("m2", second))
    assert texts(opened.thread) == ["続き", "もう一つ"]
    assert (opened.thread.gaps, opened.thread.refused) == ((), 0)
    assert (card.counter, card.version) == (2, 2)


def test_files_added_later_travel_in_the_letter(handed: HandedOver) -> None:
    """Beside those that the body has."""
    keys, _ = attach([("f2", "a.png", "image/png", b"a"), ("f3", "b.png", "image/png", b"b")])
    sealed, _ = write_to_desk(handed.keys, handed.card, "m1", Message("", keys[:1]), keys[1:])
    letter = handed.opened_by(SATO, ("m1", sealed)).thread.letters[-1]
    assert [file.file_id for file in read(Message, letter.envelope.body).files] == ["f2", "f3"]


def test_the_reporter_reads_what_the_desk_writes(handed: HandedOver) -> None:
    """Messages and notices, in order, from whoever writes; the desk keeps a copy of each."""
    one, copy_one = write_to_reporter(SATO.author, handed.opened_by(SATO), "m1", Message("質問"))
    case = handed.opened_by(SATO, ("m1", copy_one))
    two, copy_two = write_to_reporter(SATO.author, case, "m2", Notice("accepted", {"days": "90"}))
    three, copy_three = write_to_reporter(MORI.author, handed.opened_by(MORI), "m3", Message("私からも"))
    read_there = read_as_reporter(handed.keys, handed.card, [("m1", one), ("m2", two), ("m3", three)], handed.roster)
    assert [letter.envelope.kind for letter in read_there.letters] == [Kind.MESSAGE, Kind.NOTICE, Kind.MESSAGE]
    assert (read_there.gaps, read_there.refused) == ((), 0)
    desk = handed.opened_by(MORI, ("m1", copy_one), ("m2", copy_two), ("m3", copy_three))
    assert desk.thread.letters[-3:] == read_there.letters


def test_a_note_stays_at_the_desk(handed: HandedOver) -> None:
    """Colleagues read it; the reporter's token does not open it."""
    sealed = write_note(SATO.author, handed.opened_by(SATO), "n1", Note("要確認"))
    letter = handed.opened_by(MORI, ("n1", sealed)).thread.letters[-1]
    assert read(Note, letter.envelope.body).text == "要確認"
    assert read_as_reporter(handed.keys, handed.card, [("n1", sealed)], handed.roster).refused == 1


def test_the_reporters_own_letters_do_not_open_with_the_token(handed: HandedOver) -> None:
    """Whoever finds the token reads the desk's answers, not the reporter's words."""
    sealed, card = write_to_desk(handed.keys, handed.card, "m1", Message("私の名は"))
    thread = read_as_reporter(handed.keys, card, [("m1", sealed)], handed.roster)
    assert (thread.letters, thread.refused) == ((), 1)


@pytest.mark.parametrize("identity", [{}, {"name": "山田"}], ids=["anonymous so far", "named before"])
def test_a_reporter_can_give_a_name_later(identity: dict[str, str]) -> None:
    """To those who may read it; the newest counts."""
    handed = hand_over(msgspec.structs.replace(CONTENT, identity=identity))
    sealed, card = write_identity(handed.keys, handed.card, "p1", Identity({"name": "鈴木"}))
    case = with_part(handed.case(), SealedPart("identity", "p1", sealed))
    opened = open_as_staff(SATO.reader, case, handed.roster)
    assert opened.identity is not None
    assert opened.identity.answers == {"name": "鈴木"}
    assert (opened.thread.gaps, card.version) == ((), 1)
    assert open_as_staff(MORI.reader, case, handed.roster).identity is None


def test_the_masked_version_is_written_for_those_who_may_read_it(handed: HandedOver) -> None:
    """Into its own compartment, on a chain of its own."""
    sealed = write_masked(SATO.author, handed.opened_by(SATO), "v1", Note("ある職員が"))
    case = with_part(handed.case(), SealedPart("masked", "v1", sealed))
    thread = open_as_staff(SATO.reader, case, handed.roster).thread
    assert thread.letters[-1].envelope.audience is Audience.MASKED
    assert open_as_staff(MORI.reader, case, handed.roster).thread.refused == 0


def test_nobody_writes_into_a_compartment_they_have_no_grant_for(handed: HandedOver) -> None:
    """There is no key to seal to."""
    opened = handed.opened_by(MORI)
    assert opened.grant(Compartment.MASKED) is None
    with pytest.raises(NotOpenedError):
        write_masked(MORI.author, opened, "v1", Note(""))
