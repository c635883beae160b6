"""What would name the writer of a text, and what would not: the corpus, and the edges of the rules."""

import re

import pytest

from bot.conversation.findings import KINDS
from bot.screening.self_check.reading import NoReader, SudachiReader
from tests.support.self_identification import LANGUAGES, PARTS, Sample, looked, samples, score

READER = SudachiReader()
SAMPLES = samples()


def found(words: str) -> list[tuple[str, str]]:
    """What is shown of a text: the passage and its kind."""
    return [(words[passage.start : passage.end], passage.kind) for passage in looked(words, READER)]


def of(part: str, language: str) -> list[Sample]:
    """The texts of one part in one language."""
    return [each for each in SAMPLES if (each.part, each.language) == (part, language)]


def test_the_corpus_is_large_marked_and_full_of_others() -> None:
    """Forty texts a language at least; a third names others alone; every mark fits and has a known kind."""
    for language in LANGUAGES:
        texts = [each for each in SAMPLES if each.language == language]
        assert len(texts) >= 40
        assert sum(not each.marked for each in texts) * 3 >= len(texts)
    for each in SAMPLES:
        assert each.words.strip()
        assert "⟦" not in each.words
        for mark in each.marked:
            assert mark.kind in KINDS
            assert 0 <= mark.start < mark.end <= len(each.words)


def test_no_text_of_the_corpus_is_in_it_twice() -> None:
    """What is held out was not looked at before."""
    assert len({each.words for each in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("part", "least"), [("tuned", 0.97), ("held_out", 0.55)])
def test_most_of_what_names_the_writer_is_found(part: str, least: float, language: str) -> None:
    """The README states the measured figures; here is what they must not fall below."""
    assert part in PARTS
    assert score(of(part, language), READER).recall >= least


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_little_else_is_shown(part: str, language: str) -> None:
    """People are not asked about the names of those whom their report is about."""
    assert score(of(part, language), READER).precision >= 0.95


@pytest.mark.parametrize("text", ["連絡先は０９０−１２３４−５６７８です。", "ｶﾞｶﾞは ０９０ー１２３４ー５６７８ 、"])
def test_full_width_numbers_are_found_where_they_stand(text: str) -> None:
    """The passage is cut from the text as it was typed."""
    ((passage, kind),) = found(text)
    assert kind == "phone"
    assert re.fullmatch(r"０９０.１２３４.５６７８", passage)


def test_half_width_kana_do_not_shift_what_stands_behind_them() -> None:
    """Two signs become one, and one becomes four; the way back knows it."""
    assert found("ﾊﾞﾊﾞ㍿ﾊﾞは、私は山田太郎と申します。") == [("山田太郎", "name")]


@pytest.mark.parametrize(
    "text",
    [
        "課長の佐藤です、と電話で名乗っていました。",
        "上司は鈴木といいます。",
        "大阪です。",
        "私だけでなく、みんな困っています。",
        "田中は入庁3年目です。",
        "昨年入社した新人が泣いていました。",
        "口座番号は1234567です。会議は2024-10-12 10:00からです。",
        "I'm Afraid of him. I am Japanese. I am Mary's colleague.",
        "My name is not important. My name is on the list.",
        "This is Fraud. This is Tom's fault. Nobody here. Everyone here knows.",
        "I was not the only one who saw it.",
        "She left the papers on my desk.",
        "On Telegram: nothing yet.",
        "Everyone except me got a letter.",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    """Precision matters as much as recall: whoever is asked about nothing stops reading."""
    assert found(text) == []


def test_without_a_dictionary_the_other_rules_still_work() -> None:
    """A plain です then says nothing; words that only a name can follow do, and so does everything else."""
    words = "山田です。私は中村と申します。mail: me@example.org"
    passages = looked(words, NoReader())
    assert [words[each.start : each.end] for each in passages] == ["中村", "me@example.org"]


def test_a_long_text_is_looked_at_in_pieces_and_nothing_is_lost_between_them() -> None:
    """A name far behind, in the middle of a text without lines."""
    text = "課長の佐藤さんが、京都の業者と会っていました。" * 300 + "私は山田太郎と申します。" + "以上です。" * 500
    assert found(text) == [("山田太郎", "name")]


def test_a_text_without_any_end_is_cut_all_the_same() -> None:
    """No sentence, no line: the pieces are cut where they are full."""
    assert found("あ" * 5000 + " me@example.org") == [("me@example.org", "email")]


def test_signs_that_stand_for_a_sentence_and_broken_ones_are_read_over() -> None:
    """One sign becomes eighteen under NFKC; half of a pair is no sign at all."""
    assert found("\ufdfa\ud800 me@example.org \ufdfa") == [("me@example.org", "email")]
