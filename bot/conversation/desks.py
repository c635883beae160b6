"""What is said of the desks before and after one is chosen: what each is, who works there, who could read this draft.

Of a desk at which the answers keep everybody out, only that is said. Who is given a key in the end is decided by
whoever seals; that training ended yesterday is not known here.
"""

from bot.conversation.course import applies
from bot.conversation.effects import Line, Say, Text
from bot.conversation.exclusions import KEEP_FROM
from bot.conversation.house import DESK, House
from bot.conversation.organ import DeskOffer, in_language
from bot.conversation.session import Session

#: The notice that lists the desks, and the one for the desks that are no longer offered.
NOTICE = "desks"
EMPTIED = "desks.emptied"
_LIST = "above.desks"
#: How a desk of each kind is shown; who reads there, and that nobody does.
KINDS = {"internal": "desks.internal", "branch": "desks.branch", "external": "desks.external"}
_READ_BY = {"internal": "readers.some", "branch": "readers.some", "external": "readers.counsel"}
_NOBODY = "readers.nobody"
_LABEL = "readers.label"
TEXTS = (EMPTIED, "desks.further", *KINDS.values(), *_READ_BY.values(), _NOBODY, _LABEL)


def desk_notice(house: House, session: Session) -> tuple[Say, ...]:
    """List the desks that can be chosen, each with its kind and its people; say first which ones cannot be, and why."""
    left = house.desks_left(session)
    gone = [in_language(desk.name, session.language) for desk in house.desks if desk not in left]
    said: tuple[Say, ...] = ()
    if gone and left:
        said = (Say(house.text(session, EMPTIED, desks=house.listed(gone, session.language)), "warning"),)
    listed = "\n".join(_shown(house, session, desk, KINDS[desk.kind]) for desk in left if desk.staff)
    return (*said, Say(house.text(session, _LIST, desks=listed), "notice")) if listed else said


def who_reads(house: House, session: Session) -> tuple[Line, ...]:
    """Give the line of the summary that names everyone who could read the draft; none where no desk gets it."""
    desk = house.desk(house.desk_of(session))
    group = house.book(session).group_of.get(DESK)
    if desk is None or not desk.staff or group is None or not applies(house, session, group):
        return ()
    key = _READ_BY[desk.kind] if house.readers_left(session, desk) else _NOBODY
    changed_by = DESK if house.asks(session, house.book(session).question[DESK]) else KEEP_FROM
    return (Line(changed_by, house.text(session, _LABEL), _shown(house, session, desk, key)),)


def _shown(house: House, session: Session, desk: DeskOffer, key: str) -> str:
    """Word a line about a desk: all who work there as its kind, and only whoever is left as its readers."""
    people = desk.staff if key == KINDS[desk.kind] else house.readers_left(session, desk)
    names = [in_language(person.name, session.language) for person in people]
    desk_name = in_language(desk.name, session.language)
    wanted = {"desk": desk_name, "names": house.listed(names, session.language)}
    params = {name: words for name, words in wanted.items() if name in house.catalog.placeholders(key)}
    return house.catalog.text(session.language, Text(key, params))
