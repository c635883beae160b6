"""What the command says, in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from backend.contract import Escalation, Fault, Move, Obligation, Stage
from backend.contract.improving import Audience, Improving
from backend.domain.chain import Act
from backend.profiles import profile, profile_names
from bot.anonymity.errors import RosterFault
from bot.anonymity.signing import Kind
from bot.conversation.style_checks import Wrong
from madoguchi.doctor.findings import Level
from madoguchi.organ.plan import SINGLE
from madoguchi.staff.client import DeskRefusedError
from madoguchi.staff.deeds import DEEDS
from madoguchi.words import LANGUAGES, NotDoneError, Words, language_of_environment, texts

ROOM = Path(__file__).resolve().parents[3] / "madoguchi"

#: What `organ apply` tells the differences of, one by one.
DIFFERENT = ("member", "desk", "text", "question", "category")

#: Keys that the code puts together from a kind.
MADE_UP = {
    *(f"stage.{stage}" for stage in Stage),
    *(f"escalation.{escalation}" for escalation in Escalation),
    *(f"roster.{fault}" for fault in RosterFault),
    *(f"letter.{kind}" for kind in (Kind.MESSAGE, Kind.NOTICE, Kind.NOTE)),
    *(f"key.{kind}" for kind in ("passphrase", "shape")),
    *(f"owes.{obligation}" for obligation in Obligation),
    *(f"act.{act}" for act in (*Act, *Move)),
    *(f"minute.{deed.move}" if deed.is_minute else f"notice.{deed.notice}" for deed in DEEDS),
    *(f"code.{codes.name}.{code}" for name in profile_names() for codes in profile(name).lists for code in codes.codes),
    *(f"code.category.{category}" for name in profile_names() for category in profile(name).categories),
    *(f"figures.{kind}" for kind in Improving),
    *(f"figures.audience.{audience}" for audience in Audience),
    *(f"organ.plan.{field}" for field in SINGLE),
    *(f"doctor.database.{ailment}" for ailment in ("not_reachable", "not_writable", "not_migrated", "not_made")),
    *(f"doctor.level.{level}" for level in Level),
    *(f"organ.plan.{kind}.{what}" for kind in DIFFERENT for what in ("new", "changed", "gone")),
    *(f"organ.fault.talk.{wrong}" for wrong in Wrong),
}


def placeholders(text: str) -> set[str]:
    """The names that a text wants filled."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def written_keys() -> Iterator[str]:
    """Every string in the room's code that looks like a key of the catalogue and belongs to one of its tables."""
    tables = {key.partition(".")[0] for key in texts("en")}
    for file in ROOM.rglob("*.py"):
        for key in re.findall(r'"@?([a-z]+(?:\.[a-z_]+)+)"', file.read_text()):
            if key.partition(".")[0] in tables and not key.endswith((".toml", ".json")):
                yield key


def test_both_languages_say_the_same_things() -> None:
    """No text is missing, blank, or wants other things filled in one of them."""
    japanese, english = texts("ja"), texts("en")
    assert japanese.keys() ^ english.keys() == set()
    assert [key for key in english if placeholders(japanese[key]) != placeholders(english[key])] == []
    assert [key for language in LANGUAGES for key, text in texts(language).items() if not text.strip()] == []


def test_every_key_that_the_code_names_has_a_text() -> None:
    """A refusal never fails for want of words."""
    assert {*written_keys(), *MADE_UP} - texts("en").keys() == set()


def test_the_log_says_of_a_case_that_was_handed_on_what_its_reporter_was_told() -> None:
    """They were shown another organ; nothing was given to it."""
    told = {language: texts(language)["act.hand_on"] for language in LANGUAGES}
    assert told == {"ja": "ほかの機関を案内した", "en": "pointed to another organ"}


def test_a_parameter_may_be_a_text_itself() -> None:
    """Words that merely begin with the sign stay as they are."""
    words = Words("en")
    assert words("organ.fault.wrong_kind", kind="@organ.fault.kind.table") == "must be a table"
    assert words("organ.fault.wrong_kind", kind="@sato") == "must be @sato"


@pytest.mark.parametrize(
    ("variable", "value", "language"),
    [("LANG", "ja_JP.UTF-8", "ja"), ("LANG", "de_DE.UTF-8", "en"), ("LC_ALL", "ja", "ja"), ("LANG", "", "en")],
)
def test_the_language_is_that_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, language: str
) -> None:
    """Japanese where the terminal is Japanese, English everywhere else."""
    for each in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(variable, value)
    assert language_of_environment() == language


def test_a_name_is_given_in_whatever_language_there_is() -> None:
    """A desk with a Japanese name only is called by that in English too."""
    assert [Words("en").name(names) for names in ({"ja": "窓口"}, {"en": "Desk", "ja": "窓口"}, {})] == [
        "窓口",
        "Desk",
        "",
    ]


def test_a_refusal_is_told_in_the_persons_language() -> None:
    """The exception itself holds a key and no sentence."""
    refused = NotDoneError("answer.blank")
    assert (str(refused), refused.told(Words("ja"))) == ("answer.blank", ["送るものがありません。本文が空です。"])


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_of_the_store_is_a_sentence_of_its_own(fault: Fault, language: str) -> None:
    """It says what to do; nobody is left with the name of a fault."""
    told = DeskRefusedError(fault).told(Words(language))
    others = [DeskRefusedError(other).told(Words(language)) for other in Fault if other is not fault]
    assert (told[0][-1] in ".。?", f"({fault})" in told[0], told in others) == (True, False, False)
