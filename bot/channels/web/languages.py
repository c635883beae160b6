"""Guesses a language from what the browser asks for; Japanese or English, else English."""

from bot.conversation.catalog import LANGUAGES

#: For whoever reads neither; also for a header that cannot be read.
OTHERWISE = "en"


def preferred(header: str) -> str:
    """Return the language an Accept-Language header likes best (RFC 9110 §12.5.4); the first named of equals."""
    wanted = sorted(map(_weighed, header.split(",")), key=lambda one: -one[1])
    return next((language for language, weight in wanted if language in LANGUAGES and weight > 0), OTHERWISE)


def _weighed(item: str) -> tuple[str, float]:
    tag, _, params = item.partition(";")
    _, _, weight = params.partition("q=")
    try:
        return tag.strip().lower().partition("-")[0], float(weight) if weight.strip() else 1.0
    except ValueError:
        return "", 0.0
