"""Where the writer lives, by what they say of themselves. Places as such name nobody: a report is full of them."""

import re

from bot.screening.self_check.patterns import CAPITAL, one_of
from bot.screening.self_check.piece import Piece
from bot.screening.self_check.rule import Rule, of_another, quoted, rule

_NUMBER = r"\d{1,5}[A-Za-z]?"
#: A run of capitalised words and numbers: `Flat 3, 22 Mill Lane, Harwich`.
_PLACE = rf"(?P<hit>(?:{_NUMBER} )?{CAPITAL}(?:,? (?:{CAPITAL}|{_NUMBER})){{0,8}})"
_LIVE = rf"{one_of('live living reside stay staying')} {one_of('at in on near close_to next_to')}"
_MINE = r"my (?:home )?(?:address|home|house|flat|place)(?: is|:)(?: in| at| on)?|(?:write|send \w{1,12}) to me at"
#: As far as an address goes on: kanji, kana of names, numbers and their dashes.
_KANJI = "一-龠々ヶノケァ-ヴー"
_ADDRESS = (
    rf"(?P<hit>(?:〒?\d{{3}}-?\d{{4}} ?)?[{_KANJI}]{{2,20}}"
    rf"(?:[\d\-−丁目番地号 {_KANJI}]{{1,30}}\d{{1,4}}(?:号室?)?)?)"
)
_CITY = r"(?:[一-龠]{2,3}[都道府県])?[一-龠々ヶケノァ-ヴー]{1,6}[市区町村郡]"
#: As it stands on an envelope: as far as a house.
_ENVELOPE = rf"(?P<hit>{_CITY}[\d\-−丁目番地条号の {_KANJI}]{{2,30}}\d{{1,4}}(?:号室?)?)"
_TO_ME = r"(?:write|send|post|mail|letters?)\b[^.\n]{0,20}? (?:to|at) "
_HOME = r"(?:住所|自宅|実家|住まい|住んでいるの|住んでいるところ)(?:は|が|:|の住所は)[、 ]?"
_ENDS = r"(?=$|[\d\-、。 \n()]|です|で|な|に|の|から)"
_DWELL = r"に(?:住んで|住み|暮らして|居住して)(?=い|お|ま|る)"
_SITE = re.compile(r"(?:所在地|現場|工場|倉庫|会場|店舗?|施設|場所|建物|土地|物件)[^、。]{0,3}$")


def _is_a_site(piece: Piece, start: int, _end: int) -> bool:
    return bool(_SITE.search(piece.before(start)))


LIVING: tuple[Rule, ...] = (
    rule("address", _ENVELOPE, of_another, quoted, _is_a_site),
    rule("address", rf"\b(?i:{_TO_ME})(?=(?:[A-Z]\w{{1,10}} )?\d){_PLACE}", of_another, quoted, case=True),
    rule("address", rf"\b(?i:(?:i|i'm|i’m|we) (?:am |currently |still )?{_LIVE} (?:the )?){_PLACE}", quoted, case=True),
    rule("address", rf"\b(?i:(?:{_MINE})(?: the)? ){_PLACE}", quoted, case=True),
    rule("address", _HOME + _ADDRESS + _ENDS, of_another, quoted),
    rule("address", rf"(?:^|[はも、。\s])(?P<hit>[{_KANJI}]{{2,16}})(?:{_DWELL}|在住)", of_another, quoted),
)
