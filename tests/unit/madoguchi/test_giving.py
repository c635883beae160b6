"""What a person gives with a command is checked before any case is opened."""

from datetime import date, timedelta

import msgspec
import pytest

from backend.contract import Move
from backend.profiles import profile
from madoguchi.staff.deeds import DEEDS, Deed, meant
from madoguchi.staff.giving import Given, given
from madoguchi.words import NotDoneError, Words
from tests.support.sealed_organ import TODAY

POLICY = profile()
TOMORROW = TODAY + timedelta(days=1)


def deed(move: Move) -> Deed:
    """The row of a move."""
    return next(one for one in DEEDS if one.move is move)


def given_for(move: Move, /, **typed: str | bool) -> Given:
    """What was typed, as it counts today."""
    return given(deed(move), typed, POLICY, TODAY)


def refused(move: Move, language: str = "en", /, **typed: str | bool) -> str:
    """What the person reads instead."""
    with pytest.raises(NotDoneError) as why:
        given_for(move, **typed)
    return "\n".join(why.value.told(Words(language)))


@pytest.mark.parametrize(
    ("move", "typed", "becomes"),
    [
        (Move.ACCEPT, {}, Given()),
        (Move.ACCEPT, {"expected": "2027-01-29"}, Given(on=date(2027, 1, 29))),
        (Move.DECLINE, {"reason": " no_facts ", "text": "No."}, Given(text="No.", code="no_facts")),
        (Move.INVESTIGATE, {"start": "2026-11-20"}, Given(on=date(2026, 11, 20))),
        (Move.CONCLUDE, {"finding": "violation"}, Given(code="violation")),
        (Move.TAKE_MEASURES, {"text": "Paid back."}, Given(text="Paid back.", on=TODAY)),
        (Move.CLOSE, {"category": "funds"}, Given(category="funds")),
        (Move.PROGRESS, {"unsaid": "secrets", "text": "A witness."}, Given(text="A witness.", unsaid="secrets")),
    ],
)
def test_what_was_given_counts_as_its_move_asks(move: Move, typed: dict[str, str], becomes: Given) -> None:
    """Codes lose the blanks around them; what is told as done was done today where no day is given."""
    assert given_for(move, **typed) == becomes


def test_an_unknown_code_is_answered_with_the_known_ones_and_what_they_mean() -> None:
    """In the person's language; whoever gave none is shown them too."""
    english = refused(Move.DECLINE, reason="whim", text="No.")
    assert english.startswith("Your organ does not list whim. Give one of these with --reason:\n")
    assert "\n  no_facts: Nothing in it could be looked into, even after asking." in english
    japanese = refused(Move.CONCLUDE, "ja")
    assert japanese.startswith("コードが要ります。次のどれかを --finding で指定してください:\n")
    assert "\n  violation: 法令違反が認められました。" in japanese


def test_a_code_that_only_the_organ_knows_stands_for_itself() -> None:
    """It has no meaning here, and is listed and taken all the same."""
    lists = tuple(msgspec.structs.replace(one, codes=(*one.codes, "own-7")) for one in POLICY.lists)
    policy = msgspec.structs.replace(POLICY, lists=lists)
    assert given(deed(Move.DECLINE), {"reason": "own-7", "text": "No."}, policy, TODAY).code == "own-7"
    with pytest.raises(NotDoneError) as why:
        given(deed(Move.DECLINE), {"reason": "own-8", "text": "No."}, policy, TODAY)
    assert "  own-7: own-7" in why.value.told(Words("en"))


def test_a_notice_is_left_out_on_grounds_that_are_listed_for_it() -> None:
    """Acceptance knows no ground for withholding, only the exceptions; a result knows both; each wants its why."""
    assert "hinders_work" not in refused(Move.ACCEPT, unsaid="whim", text="Why.")
    listed = refused(Move.CONCLUDE, finding="violation", unsaid="whim", text="Why.")
    assert [code for code in ("hinders_work: ", "declined: ") if code not in listed] == []
    assert "why this ground holds here" in refused(Move.ACCEPT, unsaid="anonymous", text=" ")


def test_a_case_ends_with_a_category_where_the_organ_has_any() -> None:
    """Where it has none, none is asked for."""
    assert "\n  funds: public funds" in refused(Move.CLOSE)
    bare = msgspec.structs.replace(POLICY, categories=())
    assert given(deed(Move.CLOSE), {"category": ""}, bare, TODAY).category is None


@pytest.mark.parametrize(
    ("move", "typed", "words"),
    [
        (Move.INVESTIGATE, {}, "A day is needed. Give it with --start"),
        (Move.INVESTIGATE, {"start": "soon"}, "This is no day."),
        (Move.ACCEPT, {"expected": TODAY.isoformat()}, "give a day after today with --expected"),
        (Move.CHANGE_PERIOD, {"until": "2020-01-01", "text": "Why."}, "give a day after today with --until"),
        (Move.TAKE_MEASURES, {"on": TOMORROW.isoformat(), "text": "Done."}, "give today or an earlier day with --on"),
    ],
)
def test_days_lie_where_they_must(move: Move, typed: dict[str, str], words: str) -> None:
    """What is promised lies ahead, what was done lies behind."""
    typed = {"text": "", **typed}
    assert words in refused(move, **typed)


@pytest.mark.parametrize("move", [Move.DECLINE, Move.CHANGE_PERIOD, Move.ANSWER_CONCERN, Move.ASK_CONSENT])
def test_blank_words_are_none(move: Move) -> None:
    """Where the notice says nothing by itself, own words are asked for."""
    typed = {"text": " \n　", "reason": "no_facts", "until": TOMORROW.isoformat()}
    assert "the text is empty" in refused(move, **typed)


def test_a_refused_consent_is_another_move_than_a_given_one() -> None:
    """The flag makes the difference, so that the store can tell one from the other."""
    consent = deed(Move.RECORD_CONSENT)
    assert meant(consent, {"refused": True, "text": "No."}).move is Move.RECORD_NO_CONSENT
    assert meant(consent, {"refused": False, "text": "Yes."}) is consent
    assert meant(deed(Move.CLOSE), {"yes": True}).move is Move.CLOSE


def test_a_minute_says_what_belongs_to_it() -> None:
    """A measure has somebody responsible; cooperation has one who asks or one who is asked, not both."""
    typed: dict[str, str | bool] = {"on": "2027-03-31", "text": "New rule.", "owner": " Ito "}
    assert given_for(Move.RECORD_MEASURE, **typed).extras == {"owner": "Ito"}
    assert "--owner" in refused(Move.RECORD_MEASURE, **{**typed, "owner": " "})
    asked: dict[str, str | bool] = {"text": "They ask for the ledger.", "from": "Audit", "answered": True}
    assert given_for(Move.RECORD_COOPERATION, **asked).extras == {"from": "Audit", "answered": "yes"}
    assert "--from / --to" in refused(Move.RECORD_COOPERATION, **asked, to="Audit")
    assert "--text is empty" in refused(Move.RECORD_ACTION, text="")
