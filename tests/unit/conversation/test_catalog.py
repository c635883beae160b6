"""The catalogues: complete, alike in both languages, and never guessing."""

import pytest

from bot.conversation.catalog import Catalog, CatalogFaultyError, load_catalog
from bot.conversation.effects import Text
from bot.conversation.events import Command

BOTH = {
    "ja": 'a = "甲 {x}"\n[b]\nc = "丙"\n[words]\nback = ["戻る"]',
    "en": 'a = "A {x}"\n[b]\nc = "C"\n[words]\nback = ["back"]',
}


def test_both_catalogues_are_complete() -> None:
    """Every key stands in both languages, with the same placeholders."""
    assert load_catalog().languages == ("ja", "en")


def test_a_parameter_can_be_a_key_itself() -> None:
    """`@key` is replaced by the text under the key, in the same language."""
    catalog = Catalog(BOTH)
    assert catalog.text("ja", Text("a", {"x": "@b.c"})) == "甲 丙"
    assert catalog.text("en", Text("a", {"x": "@b.c"})) == "A C"


def test_words_of_a_person_are_never_taken_for_a_key_or_a_placeholder() -> None:
    """A file may be called `@home` or `{x}`."""
    catalog = Catalog(BOTH)
    assert catalog.text("en", Text("a", {"x": "@home"})) == "A @home"
    assert catalog.text("en", Text("a", {"x": "{x}"})) == "A {x}"


def test_without_a_language_all_are_given() -> None:
    """Before the language is known, a text stands in every language."""
    assert Catalog(BOTH).text("", Text("b.c")) == "丙\nC"


def test_a_missing_key_stops_the_start_and_all_faults_are_named() -> None:
    """Missing, empty and differing texts are listed together."""
    with pytest.raises(CatalogFaultyError) as refused:
        Catalog({"ja": 'a = "{x}"\nb = ""', "en": 'a = "{y}"\nc = "C"'})
    assert refused.value.faults == [
        "en: b is missing",
        "ja: c is missing",
        "ja: b is empty",
        "a: placeholders differ between languages",
    ]


def test_a_catalogue_that_is_no_toml_stops_the_start() -> None:
    """The language is named."""
    with pytest.raises(CatalogFaultyError) as refused:
        Catalog({"ja": "a =", "en": 'a = "A"'})
    assert refused.value.faults[0].startswith("ja: not TOML")


def test_an_unknown_text_is_a_fault_not_an_empty_line() -> None:
    """A key that nobody wrote raises instead of showing nothing."""
    with pytest.raises(KeyError):
        Catalog(BOTH).text("ja", Text("nothing"))


def test_plain_words_lead_to_commands_in_each_language() -> None:
    """Every command can be typed as a plain word in both languages, and by its own name."""
    catalog = load_catalog()
    for language in catalog.languages:
        words = catalog.words(language)
        assert set(words.values()) == {command.value for command in Command}
        assert all(words[f"/{command}"] == command for command in Command)
        assert {words[word] for word in words if not word.startswith("/")} == set(words.values())


def test_labels_are_found_in_every_language() -> None:
    """Someone may type the label they saw before switching the language."""
    catalog = load_catalog()
    assert catalog.labels("option.way.own") == {"自分の言葉で自由に書く", "in my own words"}
    assert catalog.labels("option.way.own") is catalog.labels("option.way.own")


@pytest.mark.parametrize(
    "key", ["explanation.treatment", "explanation.secrecy", "explanation.data", "explanation.next"]
)
def test_o13_the_explanation_says_what_the_guidelines_ask(key: str) -> None:
    """O-13: no disadvantageous treatment, secrecy, personal information, what happens next."""
    assert key in load_catalog()
