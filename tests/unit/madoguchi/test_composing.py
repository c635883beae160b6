"""What leaves when a case moves: the notice as its reporter will read it, or the minute that stays."""

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest

from backend.contract import CaseKind, Move, Stage
from backend.domain.lifecycle import LIFECYCLE
from backend.profiles import profile, profile_names
from bot.anonymity.letters import Minute, Notice
from bot.conversation.catalog import load_catalog
from madoguchi.staff.composing import Draft, drafted, shown
from madoguchi.staff.deeds import DEEDS, Deed
from madoguchi.staff.giving import Given
from madoguchi.staff.opening import Sheet
from madoguchi.words import NotDoneError, Words
from tests.support.sealed_organ import CONTENT, SATO, TODAY, hand_over
from tests.support.sheets import LINE, sheet

DAY = date(2026, 12, 24)
CATALOG = load_catalog()
#: Each kind of notice and what the bot is given to word it with.
PARAMS = {
    "acknowledged": {"on"},
    "accepted": {"expected_on"},
    "not_accepted": {"reason"},
    "investigation": {"on"},
    "no_investigation": {"reason"},
    "progress": set(),
    "result": {"reason"},
    "measures": {"on"},
    "period_changed": {"expected_on"},
    "closed": set(),
    "reviewed": {"reason"},
    "taken_up_again": {"reason"},
    "handed_on": {"reason"},
    "joined": {"reason"},
    "became_report": set(),
    "concern_answered": set(),
    "feedback_answered": set(),
    "consent_asked": set(),
}


def at(stage: Stage, kind: CaseKind = CaseKind.REPORT, language: str = "en") -> Sheet:
    """A case that stands there, of a reporter who reads this language."""
    over = hand_over(msgspec.structs.replace(CONTENT, language=language))
    return sheet(over.opened_by(SATO), over, msgspec.structs.replace(LINE, stage=stage, kind=kind))


def deed(move: Move) -> Deed:
    """The row of a move."""
    return next(one for one in DEEDS if one.move is move)


def draft(move: Move, given: Given, of: Sheet) -> Draft:
    """What leaves with a move."""
    return drafted(deed(move), given, of, profile(), TODAY)


def everywhere() -> Iterator[tuple[Deed, Draft]]:
    """Each command where it is possible, with all that it could be given."""
    for one in DEEDS:
        step = one.step
        code = next((rows.codes[0] for rows in profile().lists if rows.name is step.reason), None)
        given = Given(text="Words.", on=DAY if step.day else None, code=code)
        yield one, draft(one.move, given, at(min(step.stages), min(step.kinds)))


def test_every_move_has_one_command_and_every_command_a_move() -> None:
    """The two tables name the same moves."""
    moves = [one.move for one in DEEDS]
    assert len(moves) == len(set(moves)) == len({one.command for one in DEEDS})
    assert {step.move for step in LIFECYCLE} == set(moves)


def test_rows_of_one_move_ask_for_the_same_things() -> None:
    """A command looks up one of them for its options, so it must not matter which."""
    for one in DEEDS:
        asked = {(step.letter, step.unsaid, step.reason, step.day) for step in LIFECYCLE if step.move is one.move}
        assert len(asked) == 1, one.command


def test_each_notice_has_the_parameters_that_the_bot_words_it_with() -> None:
    """No more and no less: what is missing could not be worded, and what is too much would be sealed for nothing."""
    made = {one.notice: set(made.body.params) for one, made in everywhere() if isinstance(made.body, Notice)}
    assert made == PARAMS


def test_every_minute_stays_at_the_desk() -> None:
    """It is of the kind of its move."""
    made = {made.body.kind for one, made in everywhere() if isinstance(made.body, Minute)}
    assert made == {one.move for one in DEEDS if one.is_minute}


def test_acceptance_promises_the_standard_period_unless_another_day_is_said() -> None:
    """The day goes with the move, so that what is told and what is owed are one."""
    standard, said = (
        draft(Move.ACCEPT, Given(), at(Stage.RECEIVED)),
        draft(Move.ACCEPT, Given(on=DAY), at(Stage.RECEIVED)),
    )
    assert (standard.on, standard.body.params) == (date(2027, 2, 19), {"expected_on": "2027-02-19"})
    assert (said.on, said.body.params) == (DAY, {"expected_on": "2026-12-24"})


def test_an_organ_without_a_standard_period_is_asked_for_a_day() -> None:
    """Nothing is promised that nobody has set."""
    policy = profile()
    silent = msgspec.structs.replace(policy, editions=(msgspec.structs.replace(policy.editions[0], periods=()),))
    with pytest.raises(NotDoneError) as why:
        drafted(deed(Move.ACCEPT), Given(), at(Stage.RECEIVED), silent, TODAY)
    assert "--expected" in why.value.told(Words("en"))[0]


def test_a_reason_is_told_by_its_meaning_in_the_reporters_language_above_own_words() -> None:
    """The code alone would tell a reporter nothing; the bot words all codes of the profiles."""
    of = at(Stage.RECEIVED, language="ja")
    made = draft(Move.DECLINE, Given(text="場所を教えてください。", code="no_facts"), of)
    assert isinstance(made.body, Notice)
    lines = shown(made.body, of, CATALOG)
    assert "理由" in lines[1]
    assert lines[2] == "  │ 場所を教えてください。"
    lists = {one.step.reason for one in DEEDS if one.notice and one.notice not in ("handed_on", "joined")}
    codes = {code for name in profile_names() for one in profile(name).lists if one.name in lists for code in one.codes}
    assert {code for code in codes if f"reason.{code}" not in CATALOG} == set()


def test_a_notice_without_own_words_is_still_a_whole_one() -> None:
    """Ready words in the reporter's language stand in, or what the bot says by itself is enough."""
    english = draft(Move.PROGRESS, Given(), at(Stage.INVESTIGATING))
    assert english.body.text.startswith("The investigation is still going on.")
    japanese = draft(Move.PROGRESS, Given(), at(Stage.INVESTIGATING, language="ja"))
    assert japanese.body.text.startswith("調査を続けています。")
    found = draft(Move.CONCLUDE, Given(code="violation"), at(Stage.INVESTIGATING))
    assert found.body.text == ""


def test_a_code_that_only_the_organ_knows_is_explained_in_own_words() -> None:
    """Without them the reporter would get a notice that says nothing."""
    with pytest.raises(NotDoneError) as why:
        draft(Move.CONCLUDE, Given(code="own-7"), at(Stage.INVESTIGATING))
    assert "Tell the reporter in --text" in why.value.told(Words("en"))[0]


def test_a_notice_that_is_left_out_is_a_minute_with_its_ground() -> None:
    """So the desk keeps what was decided and why it was not told."""
    made = draft(
        Move.CONCLUDE, Given(text="A trial runs.", code="violation", unsaid="secrets"), at(Stage.INVESTIGATING)
    )
    assert isinstance(made.body, Minute)
    assert (made.body.kind, made.body.text) == ("result", "A trial runs.")
    assert made.body.params == {"reason": "violation", "unsaid": "secrets"}


def test_what_a_stage_does_not_know_is_answered_with_what_it_knows() -> None:
    """Nobody is left guessing which command comes first."""
    with pytest.raises(NotDoneError) as why:
        draft(Move.CONCLUDE, Given(code="violation"), at(Stage.RECEIVED))
    told = why.value.told(Words("en"))
    assert "received" in told[0]
    assert {"  accept", "  decline", "  record measure"} <= set(told)
    assert "  conclude" not in told


def test_every_kind_of_notice_is_worded_by_the_bot() -> None:
    """Nobody reads "a notice from the desk" where the desk has said something."""
    assert {kind for kind in PARAMS if f"notice.{kind}" not in CATALOG} == set()


def test_the_end_of_handling_is_shown_with_what_the_law_gives_the_reporter() -> None:
    """Relief systems are told at the end (Guidelines 4(3)), so whoever ends handling sees that they are."""
    of = at(Stage.CONCLUDED)
    made = draft(Move.CLOSE, Given(category="funds"), of)
    assert isinstance(made.body, Notice)
    bare, whole = shown(made.body, of, CATALOG), shown(made.body, of, CATALOG, profile())
    assert len(whole) > len(bare)


def test_a_notice_is_shown_as_its_reporter_will_read_it() -> None:
    """In the reporter's language, whatever the person at the desk reads."""
    of = at(Stage.RECEIVED, language="ja")
    made = draft(Move.ACCEPT, Given(text="担当します。"), of)
    assert isinstance(made.body, Notice)
    lines = shown(made.body, of, CATALOG)
    assert "受理" in lines[0]
    assert lines[-1] == "  │ 担当します。"
