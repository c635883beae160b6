"""What a reporter's letter may be meant to do beside saying something: the words that stand in it, sealed.

Fields of letters that wait somewhere bear these words: they may be added to, none renamed or removed.
"""

from enum import StrEnum


class Purpose(StrEnum):
    """A purpose. Where a letter has none it says something and no more."""

    #: An earlier letter of the reporter's own is taken back; the desk shows it struck through.
    WITHDRAW_STATEMENT = "withdraw_statement"
    #: The whole matter is taken back; the desk is told, and the record stays.
    WITHDRAW_REPORT = "withdraw_report"
    #: What was asked or said shall be handled as a report.
    BECOME_REPORT = "become_report"
    FEEDBACK = "feedback"
    RETALIATION = "retaliation"
    SEARCH = "search"
    SILENCE = "silence"
    LEAK = "leak"


#: Purposes that stand in clear too: they decide who must hear of the letter, and begin what is owed for it.
CONCERNS = frozenset((Purpose.FEEDBACK, Purpose.RETALIATION, Purpose.SEARCH, Purpose.SILENCE, Purpose.LEAK))

#: Wishes about what was said before. They say nothing themselves that could be taken back.
WISHES = frozenset((Purpose.WITHDRAW_STATEMENT, Purpose.WITHDRAW_REPORT, Purpose.BECOME_REPORT))
