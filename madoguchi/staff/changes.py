"""What changed on a case while somebody was about to act on it, told to whoever came second."""

from backend.contract import LogEntry
from backend.domain.chain import Act
from bot.anonymity.roster import Roster
from madoguchi.foreign import one_line
from madoguchi.staff.opening import Sheet
from madoguchi.staff.reading import person
from madoguchi.words import NotDoneError, Words

#: What whoever looks at a case leaves in its log; nothing of the case changes by it.
_LOOKING = frozenset({Act.OPENED, Act.DECLARED, Act.ATTEMPTED})


class ChangedMeanwhileError(NotDoneError):
    """Somebody else acted first, or the reporter wrote: says where the case stands, and what came last from whom."""

    def __init__(self, key: str, sheet: Sheet) -> None:
        line = sheet.file.line
        super().__init__(key, number=line.case_number)
        self._sheet = sheet

    def told(self, words: Words) -> list[str]:
        """Return the refusal and what has changed."""
        line = self._sheet.file.line
        stage = words("changed.stage", stage=f"@stage.{line.stage}")
        last = last_act(self._sheet.file.log)
        return [*super().told(words), stage, *([act_words(last, self._sheet.roster, words)] if last else [])]


def last_act(log: tuple[LogEntry, ...]) -> LogEntry | None:
    """Return the newest entry that changed something: looking at a case does not."""
    return next((entry for entry in reversed(log) if entry.act not in _LOOKING), None)


def act_words(entry: LogEntry, roster: Roster, words: Words) -> str:
    """Return one entry of a log as a line."""
    act = words.known(f"act.{entry.act}") or one_line(entry.act)
    who = words.known(f"actor.{entry.actor}") or person(roster, entry.actor, words)
    return words("changed.act", day=entry.on, who=who, act=act)
