"""The one door to grants: what comes back is what was sealed, what lies there is noise without the case's key."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import text

from backend import commands
from backend.contract import Compartment, SealedGrant
from backend.domain.erasure import Place, unwrapped
from backend.ports import CaseStore, StoreUnavailableError, Work
from tests.support.ended_cases import CANARY, canaries
from tests.support.reports import circumstances, publication, submission
from tests.support.secrecy import at_ease

ORGAN = "ministry"
AT = circumstances()


def lying(work: Work) -> Sequence[Any]:
    """The rows of grants as they lie there."""
    connection = work.cases._rows._connection  # type: ignore[attr-defined]  # noqa: SLF001 - as a thief would look
    found: Sequence[Any] = connection.execute(text("SELECT * FROM grants")).all()
    return found


def forget_key(work: Work, number: str) -> None:
    """Let a case name a key that is not there, as after a restored backup."""
    work.cases._rows._connection.execute(  # type: ignore[attr-defined]  # noqa: SLF001 - no command does this
        text("UPDATE cases SET erasure_id = 'lost' WHERE number = :number"), {"number": number}
    )


def make_plain(work: Work) -> None:
    """Let all cases be as they were before there were erasure keys."""
    connection = work.cases._rows._connection  # type: ignore[attr-defined]  # noqa: SLF001 - no command does this
    connection.execute(text("UPDATE cases SET erasure_id = NULL"))
    connection.execute(text("UPDATE grants SET ciphertext = :plain"), {"plain": CANARY})


async def handed_over(store: CaseStore, name: str = "first") -> str:
    """The number of a case whose grants are canaries."""
    sent = canaries(name)
    sent = submission(name, grants=sent.grants, parts=sent.parts)
    outcome = await store.write(ORGAN, lambda work: commands.submit(work, AT, sent))
    assert isinstance(outcome, tuple)
    await at_ease(store, outcome[0].case_number, "sato")
    return outcome[0].case_number


async def of(store: CaseStore, number: str, who: str = "sato", organ: str = ORGAN) -> Sequence[SealedGrant]:
    """What a holder gets."""
    return await store.read(organ, lambda work: work.grants.grants_of(number, who))


def grant(holder: str, compartment: Compartment, ciphertext: bytes) -> SealedGrant:
    """One grant."""
    return SealedGrant(holder=holder, compartment=compartment, ciphertext=ciphertext)


async def test_grants_come_back_as_they_were_sealed(store: CaseStore) -> None:
    """To their holder, by the door and with the opened case; to nobody else, and not to another organ."""
    await store.write(ORGAN, lambda work: commands.publish_roster(work, AT, publication()))
    number = await handed_over(store)
    assert set(await of(store, number)) == set(canaries().grants)
    opened = await store.write(ORGAN, lambda work: commands.open_case(work, AT, "sato", number))
    assert set(opened.grants) == set(canaries().grants)  # type: ignore[union-attr]
    assert await of(store, number, "suzuki") == []
    assert await of(store, number, organ="agency") == []


async def test_what_lies_there_is_noise(store: CaseStore) -> None:
    """No byte of a grant stands in the cases' database, and no two grants lie under the same stream."""
    number = await handed_over(store)
    rows = await store.read(ORGAN, lying)
    assert len(rows) == len(Compartment)
    assert not any(CANARY in bytes(row.ciphertext) for row in rows)
    nonces = {bytes(row.ciphertext)[:16] for row in rows}
    assert len(nonces) == len(rows)
    first = Place(ORGAN, number, rows[0].holder, rows[0].compartment)
    assert CANARY not in unwrapped(bytes(32), first, bytes(rows[0].ciphertext))


async def test_a_grant_that_is_given_anew_takes_the_place_of_the_one_before(store: CaseStore) -> None:
    """And lies under another stream: the same grant kept twice never looks alike."""
    number = await handed_over(store)
    before = {bytes(row.ciphertext) for row in await store.read(ORGAN, lying)}
    again = canaries().grants
    await store.write(ORGAN, lambda work: work.grants.add_grants(number, again))
    assert set(await of(store, number)) == set(again)
    assert not before & {bytes(row.ciphertext) for row in await store.read(ORGAN, lying)}
    newer = grant("sato", Compartment.FACTS, b"newer")
    await store.write(ORGAN, lambda work: work.grants.add_grants(number, [newer]))
    assert newer in await of(store, number)
    assert len(await of(store, number)) == len(Compartment)


async def test_a_case_is_widened_and_narrowed(store: CaseStore) -> None:
    """Suzuki gets one compartment and loses it; of all that sato had, one goes, then the rest."""
    number = await handed_over(store)
    given = grant("suzuki", Compartment.MASKED, b"for suzuki")
    await store.write(ORGAN, lambda work: work.grants.add_grants(number, [given]))
    assert await of(store, number, "suzuki") == [given]
    dropped = await store.write(ORGAN, lambda work: work.grants.drop_grants(number, "suzuki"))
    assert (dropped, await of(store, number, "suzuki")) == (1, [])
    one = await store.write(ORGAN, lambda work: work.grants.drop_grants(number, "sato", Compartment.IDENTITY))
    assert (one, {each.compartment for each in await of(store, number)}) == (
        1,
        {Compartment.FACTS, Compartment.MASKED},
    )
    assert await store.write("agency", lambda work: work.grants.drop_grants(number, "sato")) == 0
    assert await store.write(ORGAN, lambda work: work.grants.drop_grants(number, "sato")) == 2


async def test_without_its_key_a_case_gives_no_grant_and_takes_none(store: CaseStore) -> None:
    """Noise is never handed out as if it were a grant, and nothing is laid under a key that is not there."""
    number = await handed_over(store)
    await store.write(ORGAN, lambda work: forget_key(work, number))
    assert await of(store, number) == []
    with pytest.raises(StoreUnavailableError):
        await store.write(ORGAN, lambda work: work.grants.add_grants(number, canaries().grants))


async def test_grants_from_before_there_were_keys_are_brought_under_them(store: CaseStore) -> None:
    """They are read as they are until then; afterwards no byte of them lies there any more."""
    numbers = [await handed_over(store, f"report-{n}") for n in range(3)]
    await store.write(ORGAN, make_plain)
    assert {each.ciphertext for each in await of(store, numbers[0])} == {CANARY}
    assert await store.write(ORGAN, lambda work: work.grants.adopt_some()) == 3
    assert await store.write(ORGAN, lambda work: work.grants.adopt_some()) == 0
    assert not any(CANARY in bytes(row.ciphertext) for row in await store.read(ORGAN, lying))
    for number in numbers:
        assert [each.ciphertext for each in await of(store, number)] == [CANARY] * len(Compartment)


async def test_a_report_that_is_repeated_takes_no_second_key(store: CaseStore) -> None:
    """Whoever sends the same a hundred times wears nothing out."""
    number = await handed_over(store)
    for _ in range(3):
        assert await handed_over(store) == number
    assert set(await of(store, number)) == set(canaries().grants)
