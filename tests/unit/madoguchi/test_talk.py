"""What an organ sets of the talk: texts, questions and kinds of matter, and every fault with its file and line."""

from pathlib import Path

import pytest

from bot.conversation.house_style import HouseStyle
from madoguchi.organ.fields import Fields, PlacedFault
from madoguchi.organ.sources import Source, read_source
from madoguchi.organ.talk import read_talk

QUESTION = """
[[talk.questions]]
flow = "report"
after = "evidence"
id = "budget"
kind = "choice"
options = ["known", "unknown"]
[talk.questions.words.ja]
prompt = "予算の費目は分かりますか。"
label = "費目"
options = { known = "分かる", unknown = "分からない" }
[talk.questions.words.en]
prompt = "Do you know the budget line?"
label = "Budget line"
options = { known = "Yes", unknown = "No" }
"""

CATEGORY = """
[[talk.categories]]
code = "subsidies"
words = { ja = "補助金の不適切な扱い", en = "Improper handling of subsidies" }
"""

TEXT = """
[talk.texts.ja]
"figures.where" = "公表の数字はこちらです。{public}"
[talk.texts.en]
figures.where = "Figures: {public}"
"""


def read(folder: Path, text: str) -> tuple[HouseStyle, tuple[PlacedFault, ...]]:
    """Read the talk of an `organ.toml`."""
    file = folder / "organ.toml"
    file.write_text(text, encoding="utf-8")
    source = read_source(file)
    assert isinstance(source, Source)
    fields = Fields(source.table)
    style, faults = read_talk(source, fields)
    return style, (*source.faults_of(fields), *faults)


def faults(folder: Path, text: str) -> list[tuple[str, int, str]]:
    """File, line and kind of every fault."""
    found = read(folder, text)[1]
    return [(each.file.name, each.line, each.key.removeprefix("organ.fault.").removeprefix("talk.")) for each in found]


def test_an_organ_that_sets_nothing_has_the_talk_as_it_comes(tmp_path: Path) -> None:
    """No table, no folder, no fault."""
    assert read(tmp_path, "") == (HouseStyle(), ())


def test_texts_questions_and_kinds_of_matter_stand_in_the_one_file(tmp_path: Path) -> None:
    """Keys may be quoted whole, or written with dots."""
    style, found = read(tmp_path, QUESTION + CATEGORY + TEXT)
    assert found == ()
    assert style.texts["en"] == {"figures.where": "Figures: {public}"}
    assert (style.questions[0].id, style.questions[0].words["ja"].options["known"]) == ("budget", "分かる")
    assert style.categories[0].words["en"] == "Improper handling of subsidies"


def test_or_in_a_folder_beside_it_for_those_with_many(tmp_path: Path) -> None:
    """Texts by language in the shape of the product's own, and the questions in a file of theirs."""
    folder = tmp_path / "talk"
    folder.mkdir()
    (folder / "ja.toml").write_text('[figures]\nwhere = "{public}"\n', encoding="utf-8")
    (folder / "en.toml").write_text('[figures]\nwhere = "{public}"\n', encoding="utf-8")
    (folder / "questions.toml").write_text((QUESTION + CATEGORY).replace("talk.", ""), encoding="utf-8")
    style, found = read(tmp_path, "")
    assert found == ()
    assert (len(style.texts["ja"]), len(style.questions), len(style.categories)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("old", "new", "line", "kind"),
    [
        ('flow = "report"', 'flow = "reports"', 3, "unknown_flow"),
        ('after = "evidence"', 'after = "proof"', 4, "unknown_group"),
        ('id = "budget"', 'id = "story"', 5, "id_taken"),
        ('id = "budget"', 'id = "menu"', 5, "id_taken"),
        ('id = "budget"', 'id = "Budget!"', 5, "bad_id"),
        ('kind = "choice"', 'kind = "line"', 7, "options_surplus"),
        ('kind = "choice"', 'kind = "slider"', 6, "not_one_of"),
        ('"known", "unknown"]', '"known", "known"]', 7, "option_twice"),
        ('"known", "unknown"]', '"known", "un known"]', 7, "bad_id"),
        ('options = ["known", "unknown"]\n', "", 2, "options_missing"),
        ('options = ["known", "unknown"]', 'options = ["known"]', 11, "option_unknown"),
        ('known = "分かる", ', "", 11, "option_wordless"),
        ('label = "Budget line"', "", 12, "missing"),
        ('label = "Budget line"', 'label = " "', 14, "blank"),
        ('label = "Budget line"', f'label = "{"x" * 121}"', 14, "too_long"),
        ("Do you know the budget line?", "Do you know {organ}?", 13, "braces"),
        ('label = "費目"', 'label = "費目"\nhint = "費目名で"', 13, "language_missing"),
        ('["known", "unknown"]', str([f"v{number}" for number in range(31)]), 7, "too_many"),
        ("Do you know the budget line?", "Do you know {?", 13, "braces"),
        ("words.en", "words.fr", 12, "language_unknown"),
        ('id = "budget"', 'id = "budget"\nwhen = { story = ["x"] }', 6, "condition"),
        ('id = "budget"', 'id = "budget"\nwhen = { category = ["law"] }', 6, "condition"),
        ('id = "budget"', 'id = "budget"\nwhen = { relation = ["king"] }', 6, "condition_value"),
        ('id = "budget"', 'id = "budget"\nskippable = false', 6, "must_skip"),
        ('id = "budget"', 'id = "budget"\nskippable = "no"', 6, "wrong_kind"),
        ('id = "budget"', 'id = "budget"\ncompartment = "identity"', 7, "nameless"),
        ('id = "budget"', 'id = "budget"\ncolour = "red"', 6, "unknown_key"),
    ],
)
def test_each_fault_of_a_question_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, kind: str
) -> None:
    """One slip of the pen, and the line on which it stands."""
    assert ("organ.toml", line, kind) in faults(tmp_path, QUESTION.replace(old, new, 1))


def test_a_question_that_is_not_there_in_a_language_is_named(tmp_path: Path) -> None:
    """Nobody is asked in words of another language."""
    cut = QUESTION[: QUESTION.index("[talk.questions.words.en]")]
    assert faults(tmp_path, cut) == [("organ.toml", 8, "language_missing")]


def test_two_questions_of_one_name_are_refused(tmp_path: Path) -> None:
    """The second would hide the first."""
    assert faults(tmp_path, QUESTION + QUESTION) == [("organ.toml", 20, "id_taken")]


def test_a_question_may_follow_another_of_the_organs_own_and_depend_on_it(tmp_path: Path) -> None:
    """Below the first, and only where it was answered so."""
    second = QUESTION.replace('after = "evidence"', 'after = "budget"').replace('id = "budget"', 'id = "line"')
    asked = second.replace('kind = "choice"', 'when = { budget = ["known"] }\nkind = "choice"')
    assert faults(tmp_path, QUESTION + asked) == []
    assert faults(tmp_path, asked + QUESTION) == [("organ.toml", 4, "unknown_group")]


def test_what_shows_who_somebody_is_is_asked_of_those_who_gave_their_name(tmp_path: Path) -> None:
    """Before they were asked whether to be named, nobody can be."""
    words = QUESTION.replace(
        'kind = "choice"\noptions = ["known", "unknown"]', 'kind = "line"\ncompartment = "identity"'
    )
    lines = [line for line in words.splitlines() if not line.startswith("options")]
    late = "\n".join(lines)
    assert faults(tmp_path, late) == []
    assert faults(tmp_path, late.replace('"evidence"', '"exposure"')) == [("organ.toml", 4, "nobody_named")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"figures.where"', '"figures.were"', [(3, "unknown_text_like"), (5, "language_missing")]),
        ('"figures.where"', '"zzz"', [(3, "unknown_text"), (5, "language_missing")]),
        (
            '"figures.where"',
            '"exposure.web.platform"',
            [(3, "fixed_text"), (3, "braces"), (3, "language_missing"), (5, "language_missing")],
        ),
        ("{public}", "{addresses}", [(3, "placeholders")]),
        ("{public}", "{public!r}", [(3, "placeholders")]),
        ("{public}", "{public:>99999999}", [(3, "placeholders")]),
        ("{public}", "{public.__class__}", [(3, "placeholders")]),
        ("{public}", "{public", [(3, "braces")]),
        ("[talk.texts.ja]", "[talk.texts.fr]", [(2, "language_unknown"), (5, "language_missing")]),
        ('"公表の数字はこちらです。{public}"', '"figures.where"', [(3, "placeholders")]),
        ('"公表の数字はこちらです。{public}"', "1", [(3, "wrong_kind")]),
    ],
)
def test_each_fault_of_a_text_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, expected: list[tuple[int, str]]
) -> None:
    """What a text fills in stays what it was, and each language has it."""
    found = faults(tmp_path, TEXT.replace(old, new, 1))
    assert sorted(found) == sorted(("organ.toml", line, kind) for line, kind in expected)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ('"subsidies"', '"law"', "id_taken"),
        ('"subsidies"', '"Subsidies"', "bad_id"),
        (', en = "Improper handling of subsidies"', "", "language_missing"),
        ("補助金の不適切な扱い", "{organ}", "braces"),
    ],
)
def test_each_fault_of_a_kind_of_matter_is_told_with_its_line(tmp_path: Path, old: str, new: str, kind: str) -> None:
    """A code of its own, and words in each language."""
    assert [found[2] for found in faults(tmp_path, CATEGORY.replace(old, new))] == [kind]


def test_faults_of_all_files_are_told_at_once_each_with_its_own_name(tmp_path: Path) -> None:
    """Also where one of them is no TOML at all, and where one is none of ours."""
    folder = tmp_path / "talk"
    folder.mkdir()
    (folder / "ja.toml").write_text('\n[figures]\nwhere = "{public}"\nwho = "x"\n', encoding="utf-8")
    (folder / "en.toml").write_text("[figures\n", encoding="utf-8")
    (folder / "questions.toml").write_text(QUESTION.replace("talk.", "").replace('"evidence"', '"x"'), encoding="utf-8")
    (folder / "fr.toml").write_text("", encoding="utf-8")
    found = faults(tmp_path, TEXT)
    assert ("en.toml", 1, "not_toml") in found
    assert ("ja.toml", 3, "twice") in found
    assert ("ja.toml", 4, "unknown_text_like") in found
    assert ("questions.toml", 4, "unknown_group") in found
    assert ("fr.toml", 1, "not_one_of") in found


def test_thirty_kinds_of_matter_are_enough(tmp_path: Path) -> None:
    """A list that nobody reads to its end helps nobody."""
    many = "".join(CATEGORY.replace('"subsidies"', f'"subsidies{number}"') for number in range(31))
    assert [kind for _, _, kind in faults(tmp_path, many)] == ["too_many"]


def test_a_question_may_depend_on_any_answer_to_words(tmp_path: Path) -> None:
    """An asterisk: whatever was written."""
    asked = QUESTION.replace('kind = "choice"', 'when = { evidence = ["*"] }\nkind = "choice"')
    assert faults(tmp_path, asked) == []


def test_a_question_may_depend_on_the_desk_which_the_organ_names_itself(tmp_path: Path) -> None:
    """Which desks there are is no matter of the form."""
    asked = QUESTION.replace('after = "evidence"', 'after = "desk"').replace(
        'kind = "choice"', 'when = { desk = ["naibu"] }\nkind = "choice"'
    )
    assert faults(tmp_path, asked) == []


def test_a_text_that_is_no_text_is_told_once(tmp_path: Path) -> None:
    """What should be a table of languages may be anything."""
    assert faults(tmp_path, 'talk = "x"\n') == [("organ.toml", 1, "wrong_kind")]
    assert faults(tmp_path, '[talk]\nquestions = [1]\ncolour = "red"\n') == [
        ("organ.toml", 2, "wrong_kind"),
        ("organ.toml", 3, "unknown_key"),
    ]


def test_twenty_questions_are_enough(tmp_path: Path) -> None:
    """Whoever is frightened answers a few."""
    many = "".join(QUESTION.replace('id = "budget"', f'id = "budget{number}"') for number in range(21))
    assert [kind for _, _, kind in faults(tmp_path, many)] == ["too_many"]


def test_the_example_in_the_guide_is_read_without_a_fault(tmp_path: Path) -> None:
    """Whoever copies it into `organ.toml` has no surprise."""
    guide = (Path(__file__).resolve().parents[3] / "docs/install.md").read_text("utf-8")
    below = guide.partition("### What it asks and says in the talk\n")[2]
    style, found = read(tmp_path, below.partition("```toml\n")[2].partition("```")[0])
    assert found == ()
    assert (len(style.texts), len(style.questions), len(style.categories)) == (2, 1, 1)
