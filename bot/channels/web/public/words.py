"""The words of the public pages, and how ranges, half-years, days and periods are said in each language."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from bot.conversation.catalog import LANGUAGES, Catalog
from bot.conversation.effects import Text
from bot.ports.publishing import Figure, HalfYear, Period


class PublicWords:
    """One language's words."""

    def __init__(self, catalog: Catalog, language: str) -> None:
        self._catalog = catalog
        self.language = language

    def say(self, key: str, **params: object) -> str:
        """Return a text. Raises `KeyError` for a key or parameter that is not there."""
        return self._catalog.text(self.language, Text(key, {name: str(value) for name, value in params.items()}))

    def item(self, series: str, code: str) -> str:
        """Return the name of what is counted; an organ's own code stands as it is."""
        key = f"item.{series}.{code}"
        return self.say(key) if key in self._catalog else code

    def channel(self, name: str) -> str:
        """Return the name of a way to reach the desk; one that we do not know stands as it is."""
        key = f"channel.{name}"
        return self.say(key) if key in self._catalog else name

    def range(self, figure: Figure, form: str = "") -> str:
        """Return a range in words; `form` is `short_` for narrow places."""
        if figure.most is None:
            return self.say(f"figures.{form}or_more", least=figure.least)
        if figure.least == 0:
            return self.say(f"figures.{form}fewer", count=figure.most + 1)
        return self.say(f"figures.{form}range", least=figure.least, most=figure.most)

    def half(self, half: HalfYear) -> str:
        """Return the name of a half-year."""
        first, last = half.first, half.last
        key = "half.within_year" if first.year == last.year else "half.across"
        months = {"first": self._month(first), "last": self._month(last)}
        years = {"year": first.year} if first.year == last.year else {"year": first.year, "last_year": last.year}
        return self.say(key, **months, **years)

    def short_half(self, half: HalfYear) -> str:
        """Return it where there is little room: its first month."""
        return self.say("half.short", first=self._month(half.first)[: self._room()], year=half.first.year)

    def day(self, day: date) -> str:
        """Return a day."""
        return self.say("half.day", day=day.day, month=self._month(day), year=day.year)

    def period(self, period: Period) -> str:
        """Return how long something may take; of several times, all."""
        said, *more = map(str, period.counts)
        for place, count in enumerate(more, 1):
            said = self.say("period.last" if place == len(more) else "period.several", before=said, last=count)
        return self.say(f"period.{period.unit}", count=said)

    def _month(self, day: date) -> str:
        return self.say(f"month.{day.month}")

    def _room(self) -> int | None:
        # A month's first three letters are its usual short form in English.
        return 3 if self.language == "en" else None


@cache
def load_words() -> dict[str, PublicWords]:
    """Read the words that come with the package, by language. Raises `CatalogFaultyError`."""
    folder = files("bot.channels.web.public") / "locales"
    catalog = Catalog({language: (folder / f"{language}.toml").read_text("utf-8") for language in LANGUAGES})
    return {language: PublicWords(catalog, language) for language in LANGUAGES}


def figures_in(half: HalfYear, series: str) -> Sequence[Figure]:
    """Return the figures of one table, in their order."""
    return [figure for figure in half.figures if figure.series == series]
