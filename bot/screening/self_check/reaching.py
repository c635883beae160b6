"""How the writer could be reached or looked up: addresses of mail, telephone and staff numbers, names in services.

What belongs to somebody else by the words before it is passed over, and so are addresses and numbers that are nobody's
own, such as `info@` or a free line.
"""

import re

from bot.screening.self_check.patterns import one_of
from bot.screening.self_check.piece import Piece
from bot.screening.self_check.rule import Rule, of_another, rule

#: The signs that people and keyboards put between the groups of a number, NFKC done.
_DASH = r"\-‐‑‒–—―−ーｰ"
_FEWEST = 3

_SHARED = re.compile(
    one_of(
        "info office head.office headoffice contact support help helpdesk hr sales admin all staff noreply no-reply",
        "soumu jinji webmaster postmaster press hotline enquiries inquiry",
    )
    + "@",
    re.IGNORECASE,
)
_PAPER = re.compile(
    one_of("伝票 契約 入札 図面 受付 管理 整理 文書 注文 案件 請求 請求書 案内 製造 型番")
    + r"[^、。\s]{0,4}(?:番号|No\.?)?[はがも:= ]{0,3}$|\b"
    + one_of("invoice order case contract file ticket reference ref account bid serial part form document")
    + r"(?: (?:number|no\.?|id))?(?: is| was)?[:#= ]{0,3}$",
    re.IGNORECASE,
)


def _is_shared(piece: Piece, start: int, end: int) -> bool:
    return bool(_SHARED.match(piece.words, start, end))


def _is_of_a_paper(piece: Piece, start: int, _end: int) -> bool:
    return bool(_PAPER.search(piece.before(start)[-24:]))


def _is_no_telephone(piece: Piece, start: int, end: int) -> bool:
    """Tell by the count of digits and the first ones: E.164, and the numbering plans of Japan and Britain."""
    number = piece.words[start:end]
    digits = re.sub(r"\D", "", number)
    if number.startswith("+"):
        return not 8 <= len(digits) <= 15  # noqa: PLR2004 - E.164 allows 15; shorter than 8 is a sum of money
    if digits.startswith(("0120", "0800", "0570")):
        return True
    lengths = (11,) if re.match(r"0[5789]0", digits) else (10, 11)
    return len(digits) not in lengths


def _has_few_digits(piece: Piece, start: int, end: int) -> bool:
    return sum(sign.isdigit() for sign in piece.words[start:end]) < _FEWEST


_IS = r"(?:[はがも:=#、]|です|\bis\b|\bare\b|\bas\b|\bwas\b| ){1,4}"
_STAFF_JA = one_of(
    "職員 職員証 社員 社員証 従業員 教職員 組合員 会員 学籍 学生 学生証 スタッフ バッジ 個人 マイナンバー",
    "保険証 免許証",
)
_STAFF_EN = r"\b" + one_of(
    "employee staff personnel payroll badge worker works service clock student member membership warrant pass"
)
_NUMBER = _IS + r"(?P<hit>[a-z]{0,3}-?\d[\da-z\-]{2,14})"
_SERVICE = (
    "(?:(?<![a-z0-9])"
    + one_of(
        "line telegram twitter instagram insta discord whatsapp facebook skype threads bluesky mastodon slack wechat",
        "kakao tiktok x",
    )
    + "(?![a-z0-9])|"
    + one_of("ライン テレグラム ツイッター インスタ インスタグラム ディスコード カカオ フェイスブック スカイプ")
    + ")の?(?: ?"
    + one_of("id アカウント ユーザー名 account handle name username")
    + ")?"
)
_HANDLE = r"[a-z0-9_][a-z0-9_.\-]{1,30}[a-z0-9_]"
_ME = r"(?:\bi am|\bi'm|\bme at|\bme:?|\bmy (?:handle|account|username|id)(?: is|:)|私のアカウントは|私のidは)"

_EMAIL = r"(?<![a-z0-9_.+%\-@])[a-z0-9_.+%\-]{1,64}@[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){1,6}"
_ABROAD = rf"(?<![0-9a-z.,/{_DASH}])\+\d[\d() .{_DASH}]{{6,20}}\d(?![0-9a-z])"
_AT_HOME = rf"(?<![0-9a-z.,/+{_DASH}])\(?0\d[\d() {_DASH}]{{6,14}}\d(?![\d{_DASH}a-z])"
_AMERICAN = r"(?<![0-9a-z.,/+\-])(?:\(\d{3}\) ?|\d{3}[\-. ])\d{3}[\-. ]\d{4}(?![0-9a-z\-])"
_EXTENSION = rf"(?:私の|自分の|\bmy )(?:内線|extension|ext\.?)(?:番号|number)?{_IS}(?P<hit>\d{{3,6}})(?!\d)"

REACHING: tuple[Rule, ...] = (
    rule("email", _EMAIL, of_another, _is_shared),
    rule("phone", _ABROAD, of_another, _is_no_telephone),
    rule("phone", _AT_HOME, of_another, _is_of_a_paper, _is_no_telephone),
    rule("phone", _AMERICAN, of_another, _is_of_a_paper, _is_no_telephone),
    rule("phone", _EXTENSION),
    rule("number", rf"{_STAFF_JA}の?(?:番号|コード|id|no\.?|ナンバー)?{_NUMBER}", of_another, _has_few_digits),
    rule("number", rf"{_STAFF_EN}(?: (?:number|no\.?|num|id|code))?{_NUMBER}", of_another, _has_few_digits),
    rule("handle", rf"{_SERVICE}[^@\n。]{{0,12}}?(?P<hit>@{_HANDLE})", of_another),
    # Behind a colon an ordinary word may stand: `On Telegram: nothing yet`.
    rule("handle", rf"{_SERVICE}(?:[はが] ?|: ?(?=[a-z]{{0,30}}[\d_.\-]\w))(?P<hit>{_HANDLE})", of_another),
    rule("handle", rf"\bmy {_SERVICE}(?: is|:) (?P<hit>@?{_HANDLE})"),
    rule("handle", rf"{_ME} ?(?P<hit>@{_HANDLE})(?!\.\w)"),
)
