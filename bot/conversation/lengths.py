"""How long something may take, as it is said: twenty days, ten working days, one, three and twelve months."""

from bot.conversation.catalog import Catalog
from bot.conversation.effects import Text
from bot.conversation.promises import PROMISED, Promise

_UNITS = ("days", "business_days", "months")
#: What this needs of the catalogue.
LENGTHS = frozenset(
    f"length.{name}" for name in ("unset", "several", "last", *_UNITS, *(f"one_{unit}" for unit in _UNITS))
)


def lengths(catalog: Catalog, language: str, promises: dict[str, Promise]) -> dict[str, str]:
    """Give the words for everything that can be promised, by obligation; vague ones for what is not promised.

    A catalogue that lacks the words gives none: the machine refuses to start with it.
    """
    if not catalog.keys() >= LENGTHS:
        return {}
    return {name: length(catalog, language, promises.get(name)) for name in PROMISED}


def length(catalog: Catalog, language: str, promise: Promise | None) -> str:
    """Give the words for one period; of several times, all."""
    if promise is None or not promise.counts:
        return catalog.text(language, Text("length.unset"))
    said, *more = map(str, promise.counts)
    for place, count in enumerate(more, 1):
        key = "length.last" if place == len(more) else "length.several"
        said = catalog.text(language, Text(key, {"before": said, "last": count}))
    unit = f"length.one_{promise.unit}" if promise.counts == (1,) else f"length.{promise.unit}"
    return catalog.text(language, Text(unit, {"count": said}))
