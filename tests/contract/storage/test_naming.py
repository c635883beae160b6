"""A reporter says later who they are: it lies beside the first parts, for those who hold that key and nobody else."""

import pytest
from msgspec.structs import replace

from backend import commands
from backend.batches import release_some
from backend.contract import CaseFile, Compartment, Concern, Fault, FromReporter, SealedGrant
from backend.domain.case import Refused
from backend.domain.chain import Act, broken_at, genesis
from backend.ports import CaseStore
from tests.support.reports import circumstances, from_reporter, from_staff, publication, submission
from tests.support.secrecy import at_ease

ORGAN = "ministry"
AT = circumstances()
HELD = replace(AT, holds=True)


@pytest.fixture
async def number(store: CaseStore) -> str:
    """A case of which sato may open all and suzuki the facts alone."""
    facts = SealedGrant(holder="suzuki", compartment=Compartment.FACTS, ciphertext=b"suzuki facts")
    sent = submission()
    await store.write(ORGAN, lambda work: commands.publish_roster(work, AT, publication()))
    outcome = await store.write(
        ORGAN, lambda work: commands.submit(work, AT, replace(sent, grants=(*sent.grants, facts)))
    )
    assert isinstance(outcome, tuple)
    for who in ("sato", "suzuki"):
        await at_ease(store, outcome[0].case_number, who)
    return outcome[0].case_number


def naming(message_id: str = "who", card_version: int = 1, **more: object) -> FromReporter:
    """What a reporter says about who they are."""
    return from_reporter("first", message_id, card_version, compartment=Compartment.IDENTITY, **more)


async def hear(store: CaseStore, sent: FromReporter, *, holds: bool = False) -> Refused | None:
    """The reporter says something."""
    at = HELD if holds else AT
    return await store.write(ORGAN, lambda work: commands.write_as_reporter(work, at, sent))


async def opened(store: CaseStore, number: str, who: str = "sato") -> CaseFile:
    """A member opens the case."""
    found = await store.write(ORGAN, lambda work: commands.open_case(work, AT, who, number))
    assert isinstance(found, CaseFile)
    return found


async def test_only_who_holds_the_identity_key_is_given_the_name(store: CaseStore, number: str) -> None:
    """It is a part of its compartment and no letter: whoever has the facts alone finds nothing of it but the log."""
    assert await hear(store, naming()) is None
    knows, works = await opened(store, number), await opened(store, number, "suzuki")
    assert [part.part_id for part in knows.parts] == ["facts", "identity", "who"]
    assert [part.part_id for part in works.parts] == ["facts"]
    assert knows.letters == works.letters == ()
    assert (works.seen, works.line.awaits_answer) == (0, True)


async def test_the_log_says_that_the_reporter_named_themselves(store: CaseStore, number: str) -> None:
    """One entry, in an unbroken chain."""
    await hear(store, naming())
    log = (await opened(store, number)).log
    assert [(link.act, link.actor) for link in log if link.act == Act.NAMED] == [(Act.NAMED, "reporter")]
    assert broken_at(log, genesis(ORGAN, "first"), log[-1].entry_hash) is None


async def test_a_name_said_twice_is_kept_once(store: CaseStore, number: str) -> None:
    """After an unclear outcome the same is sent again, before and after staff see it."""
    for holds in (True, True, False):
        assert await hear(store, naming(ciphertext=b"sealed anew"), holds=holds) is None
    await store.write(ORGAN, release_some)
    assert await hear(store, naming()) is None
    assert [part.ciphertext for part in (await opened(store, number)).parts if part.part_id == "who"] == [
        b"sealed anew"
    ]


async def test_a_name_waits_for_the_batch_like_any_letter(store: CaseStore, number: str) -> None:
    """Until the clock strikes neither the part nor its entry is there; then both are, in the order of writing."""
    await hear(store, naming(), holds=True)
    await hear(store, from_reporter("first", "r2", 2), holds=True)
    before = await opened(store, number)
    assert (len(before.parts), before.line.letters) == (2, 0)
    await store.write(ORGAN, release_some)
    after = await opened(store, number)
    assert (len(after.parts), [letter.message_id for letter in after.letters]) == (3, ["r2"])
    said = [link.act for link in after.log if link.actor == "reporter"]
    assert said == [Act.RECEIVED, Act.NAMED, Act.WROTE]


async def test_a_name_leaves_its_card_behind(store: CaseStore, number: str) -> None:
    """Two devices cannot say it over each other."""
    await hear(store, naming())
    assert await hear(store, naming("again", 1)) == Refused(Fault.CHANGED_MEANWHILE)
    assert await hear(store, naming("again", 2)) is None
    assert len((await opened(store, number)).parts) == 4


@pytest.mark.usefixtures("number")
@pytest.mark.parametrize(
    "sent",
    [
        naming(file_ids=("f1",)),
        naming(concern=Concern.RETALIATION),
        from_reporter("first", "masked", compartment=Compartment.MASKED),
    ],
)
async def test_nothing_else_is_taken_for_a_name(store: CaseStore, sent: FromReporter) -> None:
    """A name has no files, is no concern, and no reporter writes to the masked compartment."""
    assert await hear(store, sent) == Refused(Fault.UNREADABLE)


async def test_an_answer_goes_on_where_it_was(store: CaseStore, number: str) -> None:
    """A name takes no place in the thread: staff do not have to look again before they answer."""
    await hear(store, naming())
    answer = from_staff("s1", seen=0)
    assert await store.write(ORGAN, lambda work: commands.write_as_staff(work, AT, "sato", number, answer)) is None
    assert (await opened(store, number)).line.awaits_answer is False
