"""The acknowledgement of receipt for somebody who did not come by a chat (Guidelines 3(1)iii): what stands on it.

In the sender's language, from the roster, the organ's periods and the receipt. It holds the token, so whoever holds it
must treat it as a key; it says so to its reader. How it looks on paper or in a mail is said in the rooms beside.
"""

from collections.abc import Iterator
from datetime import date

from backend.contract import CaseKind, Obligation, Policy, Receipt, Unit
from backend.domain.obligations import begin
from backend.domain.policy import period_of
from bot.anonymity.hidden import Hidden
from bot.anonymity.references import ReferenceToken
from bot.anonymity.roster import Desk, Roster
from bot.conversation.catalog import Catalog
from bot.conversation.effects import Text
from bot.conversation.lawful import lawful_texts
from bot.conversation.promises import laws_ahead, laws_on
from madoguchi.organ.promising import laws_of
from madoguchi.staff.entering import Kind
from madoguchi.words import Words

#: What the talk says of how reporters are protected is said here too, in the same words.
_ON_PAPER = ("renew", "destroy", "refused")
_MAILED = ("renew_mailed", "destroy_mailed", "refused_mailed")
_PROTECTION = ("explanation.treatment", "explanation.law", "explanation.secrecy")


class Circle(Hidden, frozen=True):
    """Where the acknowledgement comes from: what the organ has published, and in which words."""

    roster: Roster
    policy: Policy
    catalog: Catalog
    words: Words
    today: date


class Acknowledgement(Hidden, frozen=True, kw_only=True):
    """All words of the page, in order."""

    language: str
    title: str
    organ: str
    desk: str
    issued: str
    received: tuple[str, str]
    number: str
    token: str
    #: The same token in twelve words of the sender's language.
    token_words: tuple[str, ...]
    #: Where the talk is; empty where the organ names no address.
    web: str
    #: By name: headings and what stands beside number and token.
    labels: dict[str, str]
    #: On paper, and in a mail.
    steps: tuple[str, ...]
    mailed_steps: tuple[str, ...]
    coming: tuple[str, ...]
    protection: tuple[str, ...]
    contact: str


#: The headings of the page.
LABELS = (
    "number",
    "number_what",
    "token",
    "token_words",
    "token_what",
    "steps",
    "coming",
    "protection",
    "contact",
    "web",
)


def acknowledgement(kind: Kind, token: ReferenceToken, receipt: Receipt, circle: Circle) -> Acknowledgement:
    """Word the acknowledgement of a case."""
    words, roster = circle.words, circle.roster
    desk = next((one for one in roster.desks if one.desk_id == receipt.desk), None)
    web = roster.safer.get("web", "")
    received = words(f"acknowledgement.received.{kind}", day=_day(receipt.received_on, words))
    return Acknowledgement(
        language=words.language,
        title=words("acknowledgement.title"),
        organ=words.name(roster.name),
        desk=words.name(desk.name) if desk else "",
        issued=_day(circle.today, words),
        received=(received, words("acknowledgement.thanks")),
        number=receipt.case_number,
        token=token.text,
        token_words=token.words(words.language),
        web=web,
        labels={name: words(f"acknowledgement.label.{name}") for name in LABELS},
        steps=tuple(words(f"acknowledgement.step.{step}") for step in (_where(web), *_ON_PAPER)),
        mailed_steps=tuple(words(f"acknowledgement.step.{step}") for step in (f"{_where(web)}_mailed", *_MAILED)),
        coming=tuple(_coming(receipt.received_on, circle)),
        protection=tuple(_protection(receipt.received_on, circle)),
        contact=" · ".join(_ways(desk, words)) or words("acknowledgement.in_person"),
    )


def _where(web: str) -> str:
    return "open" if web else "open_somewhere"


def _coming(received_on: date, circle: Circle) -> Iterator[str]:
    for obligation in (Obligation.DECIDE_ACCEPTANCE, Obligation.DECIDE_INVESTIGATION):
        owed = begin((), obligation, received_on, circle.policy, received_on=received_on, kind=CaseKind.REPORT)
        if owed:
            yield circle.words(f"acknowledgement.coming.{obligation}", day=_day(owed[0].due_on, circle.words))
    standard = period_of(circle.policy, Obligation.FINISH, received_on)
    if standard:
        how_long = circle.words(f"acknowledgement.unit.{Unit(standard.unit)}", count=standard.counts[0])
        yield circle.words("acknowledgement.coming.finish", how_long=how_long)


def _protection(received_on: date, circle: Circle) -> Iterator[str]:
    """Say what the law says of a report of that day."""
    laws, day = laws_of(circle.policy), received_on.isoformat()
    lawful = lawful_texts(circle.catalog, laws_on(laws, day), laws_ahead(laws, day))
    return (circle.catalog.text(circle.words.language, Text(lawful.get(key, key))) for key in _PROTECTION)


def _ways(desk: Desk | None, words: Words) -> Iterator[str]:
    if desk is not None and desk.phone:
        yield desk.phone
    if desk is not None and desk.contact:
        yield words.name(desk.contact)


def _day(day: date, words: Words) -> str:
    month = words(f"acknowledgement.month.m{day.month}")
    return words("acknowledgement.day", year=day.year, month=month, day=day.day)
