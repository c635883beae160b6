"""The form: read from data, checked whole, all faults at once."""

import pytest

from bot.conversation.form import FormFaultyError, read_form
from bot.conversation.forms import REPORT, load_forms

GOOD = """
version = 1
[first_words]
question = "remarks"
answers = { way = "own" }
[[group]]
id = "way"
[[group.question]]
id = "way"
kind = "choice"
options = ["own", "asked"]
default = "own"
[[group]]
id = "rest"
when = { way = ["own"] }
[[group.question]]
id = "remarks"
kind = "text"
"""


def faults_of(source: str) -> list[str]:
    """What is wrong with a form."""
    with pytest.raises(FormFaultyError) as refused:
        read_form(source)
    return refused.value.faults


def test_the_form_of_a_report_has_no_fault() -> None:
    """It asks what O-13 lists: who, what, when, where, how known, evidence, who knows, reported elsewhere."""
    asked = {question.id for _, question in load_forms()[REPORT].questions()}
    assert {"who", "what", "when", "where", "how_known", "evidence", "others_know", "reported_elsewhere"} <= asked


def test_o10_and_o39_every_position_can_be_chosen() -> None:
    """O-10, O-39: staff, dispatched, seconded, former, contractor's, freelance, officer, citizen, or not said."""
    relation = next(question for _, question in load_forms()[REPORT].questions() if question.id == "relation")
    assert set(relation.options) == {
        "staff", "dispatched", "seconded", "former", "contractor", "freelance", "officer", "citizen", "rather_not_say",
    }  # fmt: skip


def test_every_question_of_a_report_can_be_skipped() -> None:
    """O-13: nothing has to be answered."""
    assert all(question.skippable for _, question in load_forms()[REPORT].questions())


def test_anonymous_comes_first_and_counts_when_nothing_is_said() -> None:
    """O-11: a name is asked only of those who choose to give it."""
    anonymity = next(question for _, question in load_forms()[REPORT].questions() if question.id == "anonymity")
    assert (anonymity.options[0], anonymity.default) == ("anonymous", "anonymous")


def test_a_good_form_is_read() -> None:
    """Groups, questions and conditions come out as they stand."""
    form = read_form(GOOD)
    assert [group.id for group in form.group] == ["way", "rest"]
    assert form.group[1].when == {"way": ("own",)}


def test_what_is_no_toml_is_refused() -> None:
    """The fault names the line."""
    assert faults_of("version =")[0].startswith("not TOML")


def test_every_misshapen_piece_is_named_at_once() -> None:
    """One conversion of the whole would stop at its first fault."""
    broken = (
        GOOD.replace('kind = "text"', 'kind = "essay"')
        .replace('default = "own"', "defualt = 1")
        .replace("= 1", "= 'x'", 1)
    )
    faults = faults_of(broken)
    assert [fault.split(":")[0] for fault in faults] == ["form", "group way", "group rest"]


@pytest.mark.parametrize("groups", ["group = 3", 'group = ["x"]', '[[group]]\nid = "a"\nquestion = 3'])
def test_tables_that_are_no_tables_are_refused(groups: str) -> None:
    """Nonsense in place of a list is a fault, not a crash."""
    assert faults_of(f'version = 1\nfirst_words = {{ question = "a" }}\n{groups}')


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "remarks"', 'id = "way"', "question way: this id is taken"),
        ('id = "rest"', 'id = "way"', "group way: this id is taken"),
        ('["own", "asked"]', '["own", "own"]', "question way: an option stands twice"),
        ('["own", "asked"]', '"people"', "question way: no list of options is called people"),
        ('default = "own"', 'default = "no"', "question way: no option no"),
        ('default = "own"', "says = { no = [] }", "question way: says: no option no"),
        ('kind = "choice"', 'kind = "text"', "question way: options do not fit the kind text"),
        ('{ way = ["own"] }', '{ way = ["no"] }', "group rest: when: way has no option no"),
        ('{ way = ["own"] }', '{ other = ["own"] }', "group rest: when: other is no earlier choice"),
        ('{ way = "own" }', '{ way = "no" }', "first_words: way has no option no"),
        ('question = "remarks"', 'question = "way"', "there is no question way for words"),
        ('id = "remarks"', 'id = "other"', "there is no question remarks for words"),
    ],
)
def test_a_contradiction_is_named(old: str, new: str, fault: str) -> None:
    """Ids, options and conditions must fit each other."""
    assert fault in faults_of(GOOD.replace(old, new))


def test_a_form_without_groups_or_with_an_empty_group_is_refused() -> None:
    """There must be something to ask."""
    head = 'version = 1\nfirst_words = { question = "remarks" }\n'
    assert "there is no group" in faults_of(head + "group = []")
    assert "group a: has no question" in faults_of(head + '[[group]]\nid = "a"\nquestion = []')


def test_only_one_question_takes_files() -> None:
    """A session holds one list of files."""
    files = '[[group.question]]\nid = "{}"\nkind = "files"\n'
    assert "more than one question of kind files" in faults_of(GOOD + files.format("a") + files.format("b"))
