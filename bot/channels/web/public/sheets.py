"""Published figures for programs: as a table (CSV) and as data (JSON). The same ranges as on the page, and no others.

Every cell is made of our own codes, numbers and words: none begins with a sign that a spreadsheet would compute.
"""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

import msgspec

from bot.channels.web.public.words import PublicWords
from bot.ports.publishing import HalfYear

_HEADER = ("half", "first_day", "last_day", "published_on", "table", "code", "name", "least", "most")


def as_csv(halves: Sequence[HalfYear], words: PublicWords) -> bytes:
    """All figures, a line each; `most` is empty where there is no upper end. UTF-8 with a mark, as Excel asks for."""
    out = StringIO()
    sheet = csv.writer(out)
    sheet.writerow(_HEADER)
    for half in halves:
        sheet.writerows(_lines(half, words))
    return out.getvalue().encode("utf-8-sig")


def as_json(halves: Sequence[HalfYear]) -> bytes:
    """All figures as they were published."""
    return msgspec.json.format(msgspec.json.encode({"halves": halves}), indent=2)


def _lines(half: HalfYear, words: PublicWords) -> Iterator[tuple[object, ...]]:
    when = (half.half, half.first, half.last, half.published_on)
    for figure in half.figures:
        name = words.item(figure.series, figure.code)
        yield (*when, figure.series, figure.code, name, figure.least, figure.most)
    for days in half.days:
        name = words.say(f"figures.days_{days.span}")
        yield (*when, "days_median", days.span, name, days.median, days.median)
        yield (*when, "days_longest", days.span, name, "", days.longest)
    for rating in half.ratings:
        name = f"{words.say(f'respondent.{rating.respondent}')}: {words.say(f'question.{rating.question}')}"
        yield (*when, "survey_answers", f"{rating.respondent}/{rating.question}", name, rating.least, rating.most)
        yield (*when, "survey_median", f"{rating.respondent}/{rating.question}", name, rating.median, rating.median)
