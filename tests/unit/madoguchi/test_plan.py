"""What applying `organ.toml` would change."""

from datetime import date, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from backend.contract import Publication, Rules
from backend.profiles import profile
from bot.anonymity.roster import Desk, Roster, Seat
from bot.anonymity.sealing import Compartment, public_key
from madoguchi.organ.card import OrganCard
from madoguchi.organ.document import OrganDocument
from madoguchi.organ.plan import Base, people_of, plan
from madoguchi.words import NotDoneError, Words
from tests.support.sealed_organ import ENDO, MORI, RECOVERERS, SATO, Person

TODAY = date(2026, 11, 21)
CARD = OrganCard(
    organ="ministry",
    name={"ja": "省", "en": "Ministry"},
    pins=(bytes(32),),
    threshold=1,
    recovery_public=public_key(RECOVERERS.sealing_seed),
    recovery_credential=bytes(32),
)

#: Before anything was published.
NOTHING = Base()


def document(*people: Person, organ: str = "ministry", categories: tuple[str, ...] = ("law",)) -> OrganDocument:
    """A document in which the first person sits at the only desk."""
    return OrganDocument(
        organ=organ,
        name={"ja": "省", "en": "Ministry"},
        valid_days=180,
        members=tuple(person.member() for person in people),
        credentials=tuple(bytes([number]) * 32 for number, _ in enumerate(people)),
        desks=(Desk("main", {"ja": "窓口"}, "internal", [Seat(people[0].staff_id, [Compartment.FACTS])]),),
        integrated_desk="main",
        fallback_desk=None,
        approach_desk=None,
        executive=None,
        deputy=None,
        policy=replace(profile(), categories=categories),
        rules=Rules(version=1, text={"en": "Nobody searches for a reporter."}),
        member_departments=tuple("" for _ in people),
        departments=(),
        recovery_holders=(),
        safer={},
    )


def base(roster: Roster | None, source: OrganDocument) -> Base:
    """What is published once `source` was applied as `roster`."""
    published = Publication(
        serial=1, document=b"", desks=(), people=people_of(source), policy=source.policy, rules=source.rules
    )
    return Base(roster, published)


def applied(source: OrganDocument, before: Base = NOTHING) -> Roster:
    """The roster that a document leads to."""
    return plan(source, CARD, before, TODAY).roster


def changes(after: OrganDocument, before: OrganDocument, days: int = 0) -> list[str]:
    """The keys of the lines of the difference, so many days later."""
    done = base(applied(before), before)
    return [
        change.key.removeprefix("organ.plan.") for change in plan(after, CARD, done, TODAY + timedelta(days)).changes
    ]


def test_the_first_roster_is_number_one_and_runs_as_long_as_the_document_says() -> None:
    """Its recovery key is the one on the organ's card."""
    roster = applied(document(SATO))
    assert (roster.serial, roster.issued, roster.expires) == (1, TODAY, TODAY + timedelta(days=180))
    assert roster.recovery_public == CARD.recovery_public


def test_applying_the_same_again_changes_nothing() -> None:
    """So it can be run as often as one likes."""
    assert changes(document(SATO, MORI), document(SATO, MORI)) == []


def test_every_change_has_its_line() -> None:
    """Who comes, who goes, and what else is different is shown before it is signed."""
    after = msgspec.structs.replace(document(MORI, ENDO, categories=("funds",)), executive="endo")
    assert changes(after, document(SATO, MORI)) == [
        "member.new", "member.gone", "desk.changed", "executive", "policy.changed", "credential", "credential",
    ]  # fmt: skip


def test_every_line_can_be_said_in_both_languages() -> None:
    """No placeholder of the catalogue is left over."""
    first = plan(document(SATO), CARD, Base(is_served=False), TODAY).changes
    said = [Words(language)(change.key, **change.params) for language in ("ja", "en") for change in first]
    assert len(said) == 2 * len(first) > 8


def test_whoever_leaves_stays_known_for_their_old_letters() -> None:
    """They are no member any more, but what they signed still verifies."""
    before = document(SATO, MORI)
    roster = applied(document(SATO), base(applied(before), before))
    assert ([one.staff_id for one in roster.members], [one.staff_id for one in roster.former]) == (["sato"], ["mori"])


def test_whoever_comes_back_is_a_member_again() -> None:
    """And no former one beside it."""
    both, alone = document(SATO, MORI), document(SATO)
    left = applied(alone, base(applied(both), both))
    back = applied(both, base(left, alone))
    assert (len(back.members), back.former, back.serial) == (2, [], 3)


def test_new_keys_under_an_old_id_are_refused() -> None:
    """Letters signed with the old key would no longer verify for anyone."""
    before = document(SATO)
    imposter = msgspec.structs.replace(SATO.member(), signing_public=MORI.member().signing_public)
    after = msgspec.structs.replace(before, members=(imposter,))
    with pytest.raises(NotDoneError) as refused:
        plan(after, CARD, base(applied(before), before), TODAY)
    assert refused.value.key == "organ.changed_keys"


def test_another_organs_document_is_refused() -> None:
    """Keys of one organ sign nothing of another."""
    with pytest.raises(NotDoneError) as refused:
        plan(document(SATO, organ="other"), CARD, Base(), TODAY)
    assert refused.value.key == "organ.other_organ"


def test_a_roster_that_runs_out_soon_is_renewed() -> None:
    """Although nothing else is different."""
    assert changes(document(SATO), document(SATO), days=149) == []
    assert changes(document(SATO), document(SATO), days=151) == ["renewed"]


def test_a_store_that_lost_the_roster_is_given_a_newer_one() -> None:
    """A number that was signed once is not used for anything else."""
    source = document(SATO)
    lost = msgspec.structs.replace(base(applied(source), source), is_served=False)
    again = plan(source, CARD, lost, TODAY)
    assert ([change.key for change in again.changes], again.roster.serial) == (["organ.plan.not_served"], 2)


def test_a_guessed_reading_is_shown_once_for_somebody_to_correct() -> None:
    """It is shown when it is new; a reading from the file needs no line of its own."""
    read = document(SATO)
    read = replace(read, members=(replace(read.members[0], reading="さとう"),))
    guess = replace(read, guessed=frozenset({"sato"}))
    assert changes(guess, document(SATO)) == ["member.changed", "reading_guessed"]
    assert changes(guess, guess) == []
    assert changes(read, document(SATO)) == ["member.changed"]
    line = plan(guess, CARD, base(applied(document(SATO)), document(SATO)), TODAY).changes[-1]
    for language in ("ja", "en"):
        assert "さとう" in Words(language)(line.key, **line.params)
