"""A new token takes an old one's place at once or not at all, and nothing of the old one stays behind."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from backend import commands, queries
from backend.batches import release_some
from backend.contract import CaseFile, Fault, Inbox, Locate, RenewedToken, StaffInbox
from backend.domain.case import Refused
from backend.ports import CaseStore
from tests.support.reports import circumstances, from_reporter, from_staff, locator, publication, submission
from tests.support.secrecy import at_ease

ORGAN = "ministry"
AT = circumstances()
HOLDING = replace(AT, holds=True)


def renewal(old: str = "first", new: str = "second", card_version: int = 1, **more: object) -> RenewedToken:
    """A new token for the case that goes by a name."""
    given: dict[str, object] = {
        "locator": locator(old),
        "new_locator": locator(new),
        "message_id": f"renewal-{new}",
        "ciphertext": b"new keys",
        "card": b"card under " + new.encode(),
        "card_version": card_version,
    }
    return RenewedToken(**(given | more))  # type: ignore[arg-type]


@pytest.fixture
async def number(store: CaseStore) -> str:
    """The number of a case that is granted to sato."""
    await store.write(ORGAN, lambda work: commands.publish_roster(work, AT, publication()))
    outcome = await store.write(ORGAN, lambda work: commands.submit(work, AT, submission()))
    assert isinstance(outcome, tuple)
    await at_ease(store, outcome[0].case_number, "sato")
    return outcome[0].case_number


async def renews(store: CaseStore, sent: RenewedToken, organ: str = ORGAN) -> Refused | None:
    """The reporter takes a new token."""
    return await store.write(organ, lambda work: commands.renew_token(work, AT, sent))


async def behind(store: CaseStore, name: str, organ: str = ORGAN) -> Inbox | Refused:
    """What a token opens."""
    return await store.read(organ, lambda work: queries.inbox_of_locator(work, AT.today, Locate(locator=locator(name))))


async def line(store: CaseStore) -> tuple[int, bool]:
    """How many letters staff see, and whether they are asked for an answer."""
    inbox = await store.read(ORGAN, lambda work: queries.staff_inbox(work, "sato"))
    assert isinstance(inbox, StaffInbox)
    return inbox.cases[0].letters, inbox.cases[0].awaits_answer


async def test_a_new_token_takes_the_place_of_the_old_one(store: CaseStore, number: str) -> None:
    """It opens the case with the new card; the old one is answered like one that never existed."""
    assert await renews(store, renewal()) is None
    inbox = await behind(store, "second")
    assert isinstance(inbox, Inbox)
    assert (inbox.case_number, inbox.card, inbox.card_version) == (number, b"card under second", 2)
    assert await behind(store, "first") == await behind(store, "no such")
    assert await renews(store, renewal("first", "third")) == Refused(Fault.NOT_FOUND)


async def test_the_same_again_changes_nothing(store: CaseStore, number: str) -> None:
    """Whoever is not sure whether it arrived sends it again, with the same letter or another."""
    await renews(store, renewal())
    assert await renews(store, renewal()) is None
    assert await renews(store, renewal(message_id="another", card_version=7)) is None
    inbox = await behind(store, "second")
    assert isinstance(inbox, Inbox)
    assert (inbox.case_number, inbox.card_version) == (number, 2)
    assert await line(store) == (1, True)


async def test_staff_are_told_of_the_new_keys_and_owe_no_answer(store: CaseStore, number: str) -> None:
    """The letter stands in the thread and in the log, under a word of its own."""
    note = from_staff("a1")
    assert await store.write(ORGAN, lambda work: commands.write_as_staff(work, AT, "sato", number, note)) is None
    assert await line(store) == (1, False)
    await renews(store, renewal())
    assert await line(store) == (2, False)
    case = await store.write(ORGAN, lambda work: commands.open_case(work, AT, "sato", number))
    assert isinstance(case, CaseFile)
    assert case.letters[-1].ciphertext == b"new keys"
    assert [entry.act for entry in case.log] == ["received", "wrote", "renewed", "opened"]


@pytest.mark.usefixtures("number")
async def test_staff_see_it_with_the_next_batch_only(store: CaseStore) -> None:
    """The hour, and not the minute, in which somebody was at a keyboard."""
    await store.write(ORGAN, lambda work: commands.renew_token(work, HOLDING, renewal()))
    assert isinstance(await behind(store, "second"), Inbox)
    assert await line(store) == (0, True)
    await store.write(ORGAN, release_some)
    assert await line(store) == (1, True)


async def test_a_reporter_in_danger_is_not_made_to_wait(store: CaseStore, number: str) -> None:
    """As with every letter of such a case; what was held goes along, in its order."""
    await store.write(ORGAN, lambda work: commands.write_as_reporter(work, HOLDING, from_reporter()))
    sent = renewal(card_version=2, at_once=True)
    await store.write(ORGAN, lambda work: commands.renew_token(work, HOLDING, sent))
    case = await store.write(ORGAN, lambda work: commands.open_case(work, AT, "sato", number))
    assert isinstance(case, CaseFile)
    assert [letter.ciphertext for letter in case.letters] == [b"from reporter r1", b"new keys"]


@pytest.mark.usefixtures("number")
@pytest.mark.parametrize("change", [{"card_version": 2}, {"message_id": "r1"}, {"new": "other"}], ids=str)
async def test_a_renewal_over_something_newer_is_refused_and_changes_nothing(
    store: CaseStore, change: dict[str, object]
) -> None:
    """Another device wrote meanwhile, or the id is taken, or the locator leads to another case already."""
    if "message_id" in change:
        await store.write(ORGAN, lambda work: commands.write_as_reporter(work, AT, from_reporter()))
        change = {**change, "card_version": 2}
    if "new" in change:
        await store.write(ORGAN, lambda work: commands.submit(work, AT, submission("other")))
    refused = await renews(store, renewal(**change))  # type: ignore[arg-type]
    # A locator that leads somewhere is taken for a repeat: 256 bits are nobody else's by chance.
    assert refused == (None if "new" in change else Refused(Fault.CHANGED_MEANWHILE))
    assert isinstance(await behind(store, "first"), Inbox)


@pytest.mark.usefixtures("number")
async def test_an_attack_from_another_organ_finds_no_token(store: CaseStore) -> None:
    """Even with the locator in hand."""
    assert await renews(store, renewal(), "other") == Refused(Fault.NOT_FOUND)
    assert isinstance(await behind(store, "first"), Inbox)


@pytest.mark.usefixtures("number")
@pytest.mark.parametrize("kind", ["sqlite"])
async def test_the_old_locator_is_in_no_byte_of_the_files(store: CaseStore, tmp_path: Path) -> None:
    """Whoever kept the old token cannot find out from a stolen disk which case it was."""
    await renews(store, renewal())
    await store.scrub()
    assert contain(tmp_path, locator("second"))
    assert not contain(tmp_path, locator("first"))


def contain(folder: Path, sought: bytes) -> bool:
    """Whether any file there holds these bytes."""
    return any(sought in file.read_bytes() for file in folder.rglob("*") if file.is_file())
