"""Whether words ask a reporter who they are, by rows of patterns in both languages.

The law forbids to search for the reporter without just cause. This room only notices the usual ways to ask; it can be
talked around by whoever wants to, and that is why every letter is signed. It would rather hold a harmless sentence than
let a question pass, and lets those pass that say a reporter need not tell.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from backend.contract import CodeList, Policy
from backend.domain.policy import codes_of
from bot.anonymity.opening import OpenedCase
from madoguchi.words import NotDoneError, Words

_SENTENCE: Final = re.compile(r"[。.!?！？\n]+")

#: Ways to ask who somebody is, where they work, or where to reach them.
ASKS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bwho (?:are you|you are)\b",
        r"\b(?:your|full|real|actual) name\b",
        r"\bidentify yourself\b|\byour identity\b|\bintroduce yourself\b",
        r"\bwhich (?:department|section|division|team|office|unit|branch|desk)\b.*\byou\b",
        r"\byour (?:own )?(?:department|section|division|team|office|unit|branch|position|post|job title|rank)\b",
        r"\byour (?:employee|staff|personnel|phone|mobile|telephone) (?:number|id)\b",
        r"\byour (?:e-?mail|home|postal|contact)\b",
        r"\bwhere (?:do|did) you work\b|\bwho do you work for\b",
        r"お?名前|氏名|本名|実名",
        r"ご?所属|ご?部署|どちらの(?:課|部|係|室|局|職場)|何(?:課|部署?|係|室)(?:の|に|で|です)",
        r"どなた|どちら様|(?:あなた|貴方|貴殿)(?:は|が)?(?:誰|だれ|何者)",
        r"身元|名乗|素性",
        r"(?:職員|社員|従業員|電話|携帯)番号|ご?連絡先|メールアドレス|ご?住所",
        r"ご?役職(?:を|は|名)|ご?職名",
    )
)

#: Ways to say that a reporter need not tell.
NEED_NOT: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:need not|needn't|need no|not need|do not have to|don't have to|don't need|no need)\b",
        r"\bwithout (?:saying|telling|giving|your)\b",
        r"\b(?:do not|don't|will not|won't|never) (?:ask|want|tell|write|give)\b",
        r"必要は?(?:ありません|ございません|ない|なく)|不要|要りません",
        r"なくて(?:も)?(?:よ|良|い|構|かま|大丈夫|結構|差し支え)",
        r"(?:聞|訊|尋ね|伺|お伺い)(?:き|い|う)?(?:こと)?は?(?:しません|いたしません|致しません|ありません)",
        r"(?:書|言|教え|知らせ|伝え|明か)[^、]{0,4}ないで",
    )
)


def asks_who(text: str) -> bool:
    """Tell whether a text asks who its reader is."""
    return any(_asks(sentence) for sentence in _sentences(text))


class HeldInquiryError(NotDoneError):
    """The letter asks who the reporter is: it is written otherwise, or a just cause is given."""

    def __init__(self, policy: Policy) -> None:
        super().__init__("inquiry.held")
        self._codes = sorted(codes_of(policy, CodeList.INQUIRY))

    def told(self, words: Words) -> list[str]:
        """Return the refusal and the just causes."""
        rows = ((code, words.known(f"code.inquiry.{code}")) for code in self._codes)
        return [*super().told(words), *(f"  {code}: {meaning or code}" for code, meaning in rows)]


def is_held(case: OpenedCase, text: str) -> bool:
    """Tell whether words to a reporter are held: whom this member does not know, they do not ask.

    A member without a key to the identity asks as little as one whose reporter gave none.
    """
    return case.identity is None and asks_who(text)


def _sentences(text: str) -> Iterator[str]:
    # Full-width letters and typographic apostrophes are the same question.
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    yield from _SENTENCE.split(plain)


def _asks(sentence: str) -> bool:
    return any(row.search(sentence) for row in ASKS) and not any(row.search(sentence) for row in NEED_NOT)
