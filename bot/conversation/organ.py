"""What the talk knows of the organ it speaks for: its name, its desks, the people there, and whom to call.

Public facts only, as they stand in the roster and the settings. No keys, and nothing about any case.
"""

from msgspec import Struct, field

from bot.conversation.house_style import OwnRules
from bot.conversation.promises import USUAL, Promise

#: Words by language code.
InLanguages = dict[str, str]


class Person(Struct, frozen=True):
    """Somebody who could read a report."""

    staff_id: str
    name: InLanguages
    #: How the name is read, in kana, family name first; empty where it is not known.
    reading: str = ""


class DeskOffer(Struct, frozen=True):
    """A desk as it is offered to the reporter."""

    desk_id: str
    #: internal | external | branch
    kind: str
    name: InLanguages
    #: Who works there.
    staff: tuple[Person, ...] = ()
    #: Those of them who are given what a report says; all of them where nobody is named.
    readers: tuple[str, ...] = ()


class OrganCard(Struct, frozen=True):
    """The organ as it is shown to the reporter."""

    name: InLanguages
    #: Address of the safer web page.
    web: str
    #: Whom to call at the organ when in danger.
    danger: InLanguages
    #: Address of the page that lists the official addresses.
    addresses: str
    #: Address of the page with the published figures.
    public: str = ""
    #: What is promised for a report of today, by obligation.
    promises: dict[str, Promise] = field(default_factory=lambda: dict(USUAL))
    #: Codes of what the law says today, and of what it is going to say next, by topic.
    laws: dict[str, str] = {}
    laws_ahead: dict[str, str] = {}
    rules: OwnRules = OwnRules()
    #: Hours for which a draft is kept after its writer last did something.
    draft_hours: int = 24
    #: Desk for those who do not know which; empty means the first one offered.
    integrated_desk: str = ""
    #: Desk for records of approaches; empty means that whoever records one chooses.
    approach_desk: str = ""
    #: Executive and deputy: they can be kept out like the staff of a desk.
    leaders: tuple[Person, ...] = ()


def in_language(words: InLanguages, language: str) -> str:
    """Choose the words for a language, else any that there are; while the language is unknown, all of them."""
    if not language:
        return " / ".join(dict.fromkeys(words.values()))
    return words.get(language) or next(iter(words.values()), "")
