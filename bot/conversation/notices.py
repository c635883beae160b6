"""Which texts say a notice: a sentence for its kind, one for each of its days and codes, what the law says beside it.

Two families: what staff sign when they move a case (`notice`), and what the mechanism tells by the clock (`standard`).
A sentence that the catalogue lacks is left out, for desks and case stores may be newer than this bot; an organ's own
code has no words here and stands in the desk's own.
"""

from collections.abc import Iterator, Mapping

from bot.conversation.catalog import Catalog
from bot.conversation.days import day_params
from bot.conversation.effects import Text

SIGNED, STANDARD = "notice", "standard"

#: What a notice may carry, in the order in which it is said.
_DAYS = ("decide_on", "investigate_on", "answer_on", "on", "expected_on")
_COUNTS = ("days",)
#: On which topics the law stands beside a notice.
_LAWS = {
    (SIGNED, "closed"): ("relief", "presumption"),
    (STANDARD, "received"): ("presumption",),
    (STANDARD, "check_in"): ("relief", "presumption"),
    (STANDARD, "undecided"): ("elsewhere",),
}


def notice_texts(
    catalog: Catalog, family: str, kind: str, params: Mapping[str, str], laws: Mapping[str, str]
) -> tuple[Text, ...]:
    """Give what a notice says, sentence by sentence, the first of them for its kind.

    `laws` are the codes of what the law says for the case, by topic.
    """
    key = f"{family}.{kind}"
    first = Text(key, _first_params(catalog, key, params) or {}) if key in catalog else None
    if first is None or not catalog.placeholders(key) <= first.params.keys():
        first = Text(f"{family}.other")
    return (first, *_beside(catalog, family, kind, params), *_law(catalog, (family, kind), laws))


def _first_params(catalog: Catalog, key: str, params: Mapping[str, str]) -> dict[str, str]:
    wanted = catalog.placeholders(key)
    said: dict[str, str] = {}
    for name in (*_DAYS, *_COUNTS):
        if name in wanted and name in params:
            said |= day_params(name, params[name])
    return said


def _beside(catalog: Catalog, family: str, kind: str, params: Mapping[str, str]) -> Iterator[Text]:
    said: set[str] = set()
    for name in _DAYS:
        key = f"{family}_with.{kind}.{name}"
        # A day that two parameters name is said once.
        if key in catalog and name in params and params[name] not in said:
            said.add(params[name])
            yield Text(key, day_params(name, params[name]))
    key = f"{family}_with.{kind}.{params.get('unit', '')}"
    if key in catalog and "count" in params:
        yield Text(key, {"count": params["count"]})
    reason, key = f"reason.{params.get('reason', '')}", f"{family}_with.{kind}.reason"
    if key in catalog and reason in catalog:
        yield Text(key, {"reason": f"@{reason}"})


def _law(catalog: Catalog, notice: tuple[str, str], laws: Mapping[str, str]) -> Iterator[Text]:
    for topic in _LAWS.get(notice, ()):
        key = f"law.{laws.get(topic, '')}"
        if key in catalog:
            yield Text(key)
