"""From what was given to what leaves: the notice as the reporter will read it, or the minute; and the move it is of.

Pure: an opened case in, a draft out. The bot words kinds, days and the codes that it knows in the reporter's language;
below stand the person's own words, or ready ones where there are none.
"""

from collections.abc import Mapping
from datetime import date

import msgspec

from backend.contract import Obligation, Policy
from backend.domain.lifecycle import moves_from, step_for
from backend.domain.notices import laws_in_force
from backend.domain.obligations import begin
from backend.domain.steps import Day
from bot.anonymity.letters import Minute, Notice
from bot.conversation.catalog import Catalog
from bot.conversation.effects import Text
from bot.conversation.notices import SIGNED, notice_texts
from madoguchi.foreign import quoted
from madoguchi.staff.deeds import DEEDS, Deed
from madoguchi.staff.giving import Given
from madoguchi.staff.opening import Sheet
from madoguchi.staff.reading import meaning
from madoguchi.words import LANGUAGES, NotDoneError, Words


class Draft(msgspec.Struct, frozen=True):
    """What is about to leave, or to be kept."""

    deed: Deed
    given: Given
    #: The day that goes with the move.
    on: date | None
    body: Notice | Minute


class NotHereError(NotDoneError):
    """The case is in a stage that does not know this; says which commands it knows."""

    def __init__(self, sheet: Sheet) -> None:
        line = sheet.file.line
        super().__init__("move.not_here", stage=f"@stage.{line.stage}")
        there = {step.move for step in moves_from(line.stage, line.kind)}
        self.commands = [deed.command for deed in DEEDS if deed.move in there]

    def told(self, words: Words) -> list[str]:
        """Return the refusal and what can be done."""
        return [*super().told(words), *(f"  {command}" for command in self.commands)]


def drafted(deed: Deed, given: Given, sheet: Sheet, policy: Policy, today: date) -> Draft:
    """Put together what leaves. Raises `NotDoneError` where the case does not allow it or something is missing."""
    line = sheet.file.line
    step = step_for(line.stage, deed.move, line.kind)
    if step is None:
        raise NotHereError(sheet)
    on = given.on or (_standard_end(sheet, policy, today) if step.day is Day.MAYBE_COMING else None)
    params = _params(deed, given, line.received_on if deed.says_receipt else on)
    if deed.is_minute or given.unsaid:
        kept = {"unsaid": given.unsaid} if given.unsaid else {}
        return Draft(deed, given, on, Minute(given.text, deed.notice or deed.move, params | kept | given.extras))
    return Draft(deed, given, on, Notice(deed.notice, params, _told(deed, given, language_of(sheet))))


def shown(body: Notice, sheet: Sheet, catalog: Catalog, policy: Policy | None = None) -> list[str]:
    """Return a notice as its reporter will read it, line by line; with what the law says beside it, by a policy."""
    in_force = laws_in_force(policy, sheet.file.line.received_on) if policy else {}
    return noticed(body, catalog, language_of(sheet), {topic: law.code for topic, law in in_force.items()})


def noticed(body: Notice, catalog: Catalog, language: str, laws: Mapping[str, str] | None = None) -> list[str]:
    """Return a notice as somebody who reads this language will read it."""
    texts = notice_texts(catalog, SIGNED, body.kind, body.params, laws or {})
    said = [line for text in texts for line in quoted(rendered(text, catalog, language))]
    return [*said, *(quoted(body.text) if body.text else ())]


def rendered(text: Text, catalog: Catalog, language: str) -> str:
    """Return a text of the reporter's catalogue."""
    return catalog.text(language, text)


def language_of(sheet: Sheet) -> str:
    """Return the language in which the reporter is written to."""
    language = sheet.case.facts.language
    return language if language in LANGUAGES else LANGUAGES[0]


def _standard_end(sheet: Sheet, policy: Policy, today: date) -> date:
    """By when handling ends if nobody says another day: said with the move, so that it is the day that was told."""
    line = sheet.file.line
    begun = begin((), Obligation.FINISH, today, policy, received_on=line.received_on, kind=line.kind)
    if not begun:
        raise NotDoneError("day.needed", option="expected")
    return begun[0].due_on


def _params(deed: Deed, given: Given, day: date | None) -> dict[str, str]:
    said = {"reason": given.code, deed.says_day or "on": day.isoformat() if day else None}
    return {name: value for name, value in said.items() if value}


def _told(deed: Deed, given: Given, language: str) -> str:
    """What stands below the standard words: own words, or ready ones. The bot words a reason that it knows."""
    words, wanted = Words(language), deed.step.reason
    told = given.text or words.known(f"ready.{deed.notice}") or ""
    if wanted and given.code and not told and meaning(wanted, given.code, words) is None:
        raise NotDoneError("move.own_code")
    return told
