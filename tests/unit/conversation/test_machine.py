"""What the machine checks before it starts, and what its table promises."""

from importlib.resources import files

import pytest

from bot.conversation.catalog import Catalog
from bot.conversation.deeds import CONDITIONS, DEEDS
from bot.conversation.drawing import as_mermaid, form_as_mermaid
from bot.conversation.effects import Say
from bot.conversation.events import Chose, Command
from bot.conversation.flow import FLOW
from bot.conversation.form import FormFaultyError, read_form
from bot.conversation.forms import REPORT, load_forms
from bot.conversation.machine import Machine
from bot.conversation.organ import DeskOffer
from bot.conversation.rows import Given, On, Then
from bot.conversation.session import Session, State
from tests.support.talk import CATALOG, DESKS, ORGAN, Talk
from tests.unit.conversation.test_form import GOOD


def test_every_deed_and_condition_of_the_table_exists() -> None:
    """A name in the vocabulary without a line of its own would only fail when someone needs it."""
    assert set(DEEDS) == set(Then)
    assert set(CONDITIONS) == set(Given)


def test_every_word_of_the_vocabulary_is_used() -> None:
    """A deed or a condition that no row names is dead."""
    assert {then for row in FLOW for then in row.then} == set(Then)
    assert {given for row in FLOW for given in row.only_if} == set(Given)


@pytest.mark.parametrize("state", State)
def test_every_event_has_a_row_without_conditions_in_every_state(state: State) -> None:
    """So there is always one that fits."""
    for on in On:
        rows = [row for row in FLOW if state in row.states and on in row.on]
        assert any(not row.only_if for row in rows), on


def test_no_row_is_hidden_behind_another() -> None:
    """A row below one without conditions for the same states and events could never count."""
    seen: set[tuple[State, On]] = set()
    for row in FLOW:
        covered = {(state, on) for state in row.states for on in row.on}
        assert covered - seen, row
        if not row.only_if:
            seen |= covered


def test_a_catalogue_without_the_texts_that_are_needed_stops_the_start() -> None:
    """Every missing text is named at once."""
    empty = Catalog(
        {
            "ja": '[organ]\nunnamed = "甲"\n[danger]\nno_contact = "乙"',
            "en": '[organ]\nunnamed = "a"\n[danger]\nno_contact = "b"',
        }
    )
    with pytest.raises(FormFaultyError) as refused:
        Machine(load_forms(), empty, DESKS, ORGAN)
    assert "text question.story.prompt is missing" in refused.value.faults
    assert "text command.back is missing" in refused.value.faults
    assert len(refused.value.faults) > 100


def test_a_form_whose_texts_are_missing_stops_the_start() -> None:
    """Notices, options and texts that follow an option are looked for as well."""
    form = read_form(
        GOOD.replace('id = "rest"', 'id = "rest"\nnotice = "beware"').replace(
            'default = "own"', 'says = { own = ["hear.this"] }'
        )
    )
    with pytest.raises(FormFaultyError) as refused:
        Machine({REPORT: form}, CATALOG, (), ORGAN)
    assert set(refused.value.faults) >= {
        "text above.beware is missing", "text hear.this is missing", "text option.way.asked is missing",
    }  # fmt: skip


def test_names_of_the_talk_itself_cannot_be_taken() -> None:
    """Neither by a question nor by a desk."""
    form = read_form(GOOD.replace('"rest"', '"summary"'))
    with pytest.raises(FormFaultyError) as refused:
        Machine({REPORT: form}, CATALOG, (DeskOffer("back", "internal", {}),), ORGAN)
    assert {"summary is a name of the talk itself", "desk back: this id is taken"} <= set(refused.value.faults)


def test_an_organs_own_form_with_a_notice_is_asked() -> None:
    """Another form is data, and so are its texts: the notice stands above its group."""
    texts = {
        language: _source(language)
        .replace("[question.way]", '[question.way]\nlabel = "x"')
        .replace("[above]", '[above]\nbeware = "!"')
        for language in ("ja", "en")
    }
    form = read_form(GOOD.replace('id = "rest"', 'id = "rest"\nnotice = "beware"').replace('"asked"', '"questions"'))
    talk = Talk(engine=Machine({REPORT: form}, Catalog(texts), (), ORGAN))
    talk.session, _ = talk.engine.step(talk.session, Chose("menu", "report"))
    _, effects = talk.engine.step(talk.session, Chose("way", "own"))
    assert isinstance(effects[0], Say)
    assert effects[0].text.key == "above.beware"


def _source(language: str) -> str:
    return (files("bot.conversation") / "locales" / f"{language}.toml").read_text("utf-8")


def test_the_drawing_shows_every_state() -> None:
    """Whatever state the table knows can be found in the drawing."""
    drawing = as_mermaid()
    assert all(state in drawing for state in State)


def test_the_drawing_of_the_form_shows_every_question_and_condition() -> None:
    """Groups in order, with what must have been answered."""
    drawing = form_as_mermaid(load_forms()[REPORT])
    assert all(question.id in drawing for _, question in load_forms()[REPORT].questions())
    assert "if anonymity is named" in drawing


def test_a_language_that_nobody_speaks_gets_all_of_them() -> None:
    """Whatever a channel guessed, the person can read what is said; nothing is remembered for it."""
    talk = Talk(Session(channel="web", language="tlh")).orders(Command.HELP)
    assert talk.said == ["help.words", "help.menu"]
