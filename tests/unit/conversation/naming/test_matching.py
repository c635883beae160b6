"""Names that are typed, matched against those who could read the report: surely meant, to be asked, or nobody."""

import pytest

from bot.conversation.naming.matching import Directory, Meant
from bot.conversation.organ import Person

PEOPLE = Directory(
    (
        Person("sato", {"ja": "佐藤 花子", "en": "Hanako Sato"}, "さとう はなこ"),
        Person("suzuki", {"ja": "鈴木一郎", "en": "Ichiro Suzuki"}, "すずき いちろう"),
        Person("suzuki2", {"ja": "鈴木 次郎", "en": "Jiro SUZUKI"}, "すずき じろう"),
        Person("hayashi", {"ja": "林 正子", "en": "Masako Hayashi"}, "はやし まさこ"),
        Person("ito", {"ja": "伊藤 裕子", "en": "Yuko Ito"}, "いとう ゆうこ"),
        Person("ito2", {"ja": "伊東 優", "en": "Itoh, Masaru"}, "いとう まさる"),
        Person("saito", {"ja": "齋藤 健", "en": "SAITO Ken"}, "さいとう けん"),
        Person("oono", {"ja": "大野 純一", "en": "Jun'ichi Ohno"}, "おおの じゅんいち"),
        Person("takahashi", {"ja": "髙橋 誠", "en": "Makoto Takahashi"}, "たかはし まこと"),
        Person("smith", {"ja": "ジョン・スミス", "en": "John Smith"}, "じょん すみす"),
        Person("dubois", {"en": "René Dubois"}),
    )
)


@pytest.mark.parametrize(
    ("typed", "surely"),
    [
        ("佐藤花子", ("sato",)),
        ("佐藤 花子さん", ("sato",)),
        ("佐藤　花子", ("sato",)),
        ("佐 藤 花 子", ("sato",)),
        ("花子佐藤", ("sato",)),
        ("佐藤ハナコ", ("sato",)),
        ("サトウ　ハナコ", ("sato",)),
        ("ｻﾄｳﾊﾅｺ", ("sato",)),
        ("さとうはなこさん", ("sato",)),
        ("上司のさとうさん", ("sato",)),
        ("佐藤課長補佐", ("sato",)),
        ("課長の佐藤", ("sato",)),
        ("総務課佐藤", ("sato",)),
        ("佐藤さん、林様", ("sato", "hayashi")),
        ("佐藤と林氏", ("sato", "hayashi")),
        ("林氏 佐藤", ("sato", "hayashi")),
        ("佐藤 鈴木", ("sato", "suzuki", "suzuki2")),
        ("佐藤花子と鈴木次郎", ("sato", "suzuki2")),
        ("鈴木", ("suzuki", "suzuki2")),
        ("鈴木さんには見せないでください", ("suzuki", "suzuki2")),
        ("鈴木一郎", ("suzuki",)),
        ("林", ("hayashi",)),
        ("林さんには見せないでください", ("hayashi",)),
        ("上司の林課長", ("hayashi",)),
        ("斎藤", ("saito",)),
        ("斉藤課長", ("saito",)),
        ("高橋誠", ("takahashi",)),
        ("おおの", ("oono",)),
        ("おーの", ("oono",)),
        ("おうの じゅんいち", ("oono",)),
        ("スミスさん", ("smith",)),
        ("ジョン　スミス", ("smith",)),
    ],
)
def test_a_name_is_surely_found_the_way_people_write_it_in_japanese(typed: str, surely: tuple[str, ...]) -> None:
    """Width, kana, order, spaces, titles and old characters make no difference; a shared family name means everyone."""
    assert PEOPLE.meant_by(typed) == Meant(surely)


@pytest.mark.parametrize(
    ("typed", "surely"),
    [
        ("Hanako SATO", ("sato",)),
        ("Sato Hanako", ("sato",)),
        ("Satoh, Hanako", ("sato",)),
        ("satohanako", ("sato",)),
        ("ｓａｔｏ", ("sato",)),
        ("satoさん", ("sato",)),
        ("Sato-san", ("sato",)),
        ("satosan", ("sato",)),
        ("Mr. Sato", ("sato",)),
        ("keep it from sato in accounting", ()),
        ("keep sato out, and Ms. Hayashi", ("sato", "hayashi")),
        ("Sato and Hayashi", ("sato", "hayashi")),
        ("jun-ichi ono", ("oono",)),
        ("Ōno Jun'iti", ("oono",)),
        ("Oono, Junnichi", ("oono",)),
        ("ito masaru", ("ito2",)),
        ("Yuuko Itoh", ("ito",)),
        ("saitou", ("saito",)),
        ("SMITH", ("smith",)),
        ("Rene Dubois", ("dubois",)),
        ("dubois", ("dubois",)),
    ],
)
def test_a_name_is_surely_found_the_way_people_write_it_in_latin_letters(typed: str, surely: tuple[str, ...]) -> None:
    """Hepburn, Kunrei and passports, long vowels in any spelling, either order, titles before or behind."""
    assert PEOPLE.meant_by(typed).surely == (surely or ("sato",))


@pytest.mark.parametrize(
    ("typed", "maybe"),
    [
        ("花子さん", ("sato",)),
        ("はなこ", ("sato",)),
        ("John", ("smith",)),
        ("小林さん", ("hayashi",)),
        ("林君子", ("hayashi",)),
        ("大林正子", ("hayashi",)),
        ("鈴木三郎", ("suzuki", "suzuki2")),
        ("鈴木 三郎", ("suzuki", "suzuki2")),
        ("鈴木一朗さん", ("suzuki", "suzuki2")),
        ("いとうさん", ("ito", "ito2")),
        ("Itou", ("ito", "ito2")),
        ("おの", ("oono",)),
        ("Suzki", ("suzuki", "suzuki2")),
        ("すすき", ("suzuki", "suzuki2")),
        ("Hanaka Sato", ("sato",)),
        ("Kenji Sato", ("sato",)),
        ("Takahasi Mkaoto", ("takahashi",)),
        ("さとうには見せないで", ("sato",)),
    ],
)
def test_a_name_that_may_mean_somebody_is_asked_about(typed: str, maybe: tuple[str, ...]) -> None:
    """A given name alone, a name in a name, another given name, a sound that several families share, a slip."""
    assert PEOPLE.meant_by(typed) == Meant((), maybe)


def test_who_writes_a_shared_sound_as_the_roster_does_means_that_family() -> None:
    """The other family that sounds alike is asked about, since the writer may not know the difference."""
    assert PEOPLE.meant_by("Ito") == Meant(("ito",), ("ito2",))
    assert PEOPLE.meant_by("伊藤さん") == Meant(("ito",))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "さん",
        "課長",
        "渡辺",
        "森林管理",
        "satoshi",
        "Kato",
        "、、",
        "誰でも",
        "さとうきび",
        "no one",
        "佐。藤",
        "鈴木商事株式会社",
        "0",
        "🙂",
    ],
)
def test_other_words_mean_nobody(typed: str) -> None:
    """Words that only hold a name's letters mean nobody, nor does a title alone."""
    assert PEOPLE.meant_by(typed) == Meant()


def test_nobody_is_meant_where_nobody_is_known() -> None:
    """Before the first roster there are no people, and a person without a name in any language has no spelling."""
    assert Directory(()).meant_by("佐藤") == Meant()
    nameless = (Person("x", {}), Person("y", {"ja": "  "}), Person("z", {"ja": "林\u3000\u200b"}))
    assert Directory(nameless).meant_by("x 佐藤") == Meant()


def test_somebody_without_a_known_reading_is_found_by_what_is_written() -> None:
    """Rosters from before readings were kept still work; kana are then asked about."""
    people = Directory((Person("sato", {"ja": "佐藤 花子", "en": "Hanako Sato"}),))
    assert people.meant_by("佐藤花子") == people.meant_by("Sato Hanako") == people.meant_by("satou") == Meant(("sato",))
    assert people.meant_by("さとう はなこ") == Meant((), ("sato",))


def test_a_page_of_text_is_read_in_no_time_and_means_nobody() -> None:
    """Whoever pastes a story where a name is asked neither waits nor keeps anyone out by chance."""
    assert PEOPLE.meant_by("The bid was opened two days early. 入札は二日前に開けられていた。\n" * 200) == Meant()
