"""What the talk knows of the organ it speaks for: its name, its desks, the people there, and whom to call.

Public facts only, as they stand in the roster and the settings. No keys, and nothing about any case.
"""

from msgspec import Struct

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
    #: Days until it must be said whether the report is accepted.
    accept_days: int = 20
    #: Standard days from acceptance to the end.
    period_days: int = 90
    #: Desk for those who do not know which; empty means the first one offered.
    integrated_desk: str = ""
    #: Executive and deputy: they can be kept out like the staff of a desk.
    leaders: tuple[Person, ...] = ()


def in_language(words: InLanguages, language: str) -> str:
    """Choose the words for a language, else any that there are; while the language is unknown, all of them."""
    if not language:
        return " / ".join(dict.fromkeys(words.values()))
    return words.get(language) or next(iter(words.values()), "")
