"""Where the writer lives, by what they say of themselves. Places as such name nobody: a report is full of them."""

from bot.screening.self_check.patterns import CAPITAL, one_of
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
_HOME = r"(?:住所|自宅|実家|住まい|住んでいるの|住んでいるところ)(?:は|が|:|の住所は)[、 ]?"
_ENDS = r"(?=$|[\d\-、。 \n()]|です|で|な|に|の|から)"
_DWELL = r"に(?:住んで|住み|暮らして|居住して)(?=い|お|ま|る)"

LIVING: tuple[Rule, ...] = (
    rule("address", rf"\b(?i:(?:i|i'm|i’m|we) (?:am |currently |still )?{_LIVE} (?:the )?){_PLACE}", quoted, case=True),
    rule("address", rf"\b(?i:(?:{_MINE})(?: the)? ){_PLACE}", quoted, case=True),
    rule("address", _HOME + _ADDRESS + _ENDS, of_another, quoted),
    rule("address", rf"(?:^|[はも、。\s])(?P<hit>[{_KANJI}]{{2,16}})(?:{_DWELL}|在住)", of_another, quoted),
)
