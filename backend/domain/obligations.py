"""What is owed on a case, written as tables: what begins when it is received, who owes what, when it is due.

What moves begin and end stands with them in `lifecycle.py`; how long things may take is the organ's policy. A duty is
one thing owed on one case. It ends when it is done, decided but left unsaid on a listed ground, or pointless.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace

from backend.contract import CaseKind, Concern, Duty, Ending, Obligation, Office, Policy, Unit
from backend.domain.calendar import calendar_of
from backend.domain.policy import period_of, years_preserved

#: What is owed from the day of receipt on. No kind of case is without an end that somebody owes.
AT_RECEIPT: Final = {
    # 20 days: the Act, Art. 3, counts them from the report to the notice whether there will be an investigation.
    CaseKind.REPORT: (Obligation.DECIDE_ACCEPTANCE, Obligation.DECIDE_INVESTIGATION),
    CaseKind.SUPERVISOR: (Obligation.DECIDE_ACCEPTANCE, Obligation.DECIDE_INVESTIGATION),
    CaseKind.CONSULTATION: (Obligation.ANSWER_FEEDBACK, Obligation.FINISH),
    CaseKind.FEEDBACK: (Obligation.ANSWER_FEEDBACK, Obligation.FINISH),
    CaseKind.RELIEF: (Obligation.RELIEVE, Obligation.FINISH),
    # Roles and Responsibilities, 2[2] and Supplementary [1][2].
    CaseKind.APPROACH: (
        Obligation.READ_BACK,
        Obligation.RECONFIRM,
        Obligation.CONFIRM_BY_MINISTER,
        Obligation.FINISH,
    ),
}

#: What a reporter's concern begins (Guidelines 3(7), 4(1)).
BY_CONCERN: Final = {
    Concern.FEEDBACK: Obligation.ANSWER_FEEDBACK,
    Concern.RETALIATION: Obligation.RELIEVE,
    Concern.SEARCH: Obligation.RELIEVE,
    Concern.SILENCE: Obligation.RELIEVE,
    Concern.LEAK: Obligation.RELIEVE,
}

#: Concerns that whoever oversees hears of at once.
GRAVE: Final = frozenset(Concern) - {Concern.FEEDBACK}

#: Who owes what; all else is the desk's.
OWED_BY: Final = {
    Obligation.CHECK_INVESTIGATION: Office.EXECUTIVE,
    Obligation.REASSIGN: Office.EXECUTIVE,
    Obligation.DECIDE_DESTRUCTION: Office.EXECUTIVE,
}

#: What the mechanism does by itself when the day has come; nobody owes it by hand.
BY_ITSELF: Final = frozenset({Obligation.CHECK_IN})


def begin(
    duties: Sequence[Duty],
    obligation: Obligation,
    on: date,
    policy: Policy,
    *,
    received_on: date,
    kind: CaseKind,
    due: date | None = None,
) -> list[Duty]:
    """Begin what is owed from a day on: several duties where the policy counts several times, none where it is silent.

    `due` takes the place of the policy's period. Periods are those of the day of receipt.
    """
    dues = [due] if due else _dues(obligation, on, policy, received_on, kind)
    before = sum(duty.obligation is obligation for duty in duties)
    return [
        Duty(duty_id=f"{obligation}-{before + place}", obligation=obligation, begun_on=on, due_on=due_on)
        for place, due_on in enumerate(dues, 1)
    ]


def end(duties: Iterable[Duty], obligations: Collection[Obligation], on: date, how: Ending) -> list[Duty]:
    """End what is open of these obligations; only what changed is given back."""
    return [
        replace(duty, ended_on=on, ending=how)
        for duty in duties
        if duty.ended_on is None and duty.obligation in obligations
    ]


def put_off(duties: Iterable[Duty], obligation: Obligation, due_on: date) -> list[Duty]:
    """Let what is open of an obligation fall due on another day; only what changed is given back."""
    return [
        replace(duty, due_on=due_on, reminded_on=None, escalated_on=None, told_on=None)
        for duty in duties
        if duty.ended_on is None and duty.obligation is obligation
    ]


def merged(duties: Iterable[Duty], changed: Iterable[Duty]) -> tuple[Duty, ...]:
    """The duties of a case with those that changed in their place, and new ones behind."""
    return tuple(({duty.duty_id: duty for duty in duties} | {duty.duty_id: duty for duty in changed}).values())


def open_duties(duties: Iterable[Duty]) -> list[Duty]:
    """What is still owed, what falls due first on top."""
    return sorted((duty for duty in duties if duty.ended_on is None), key=lambda duty: (duty.due_on, duty.duty_id))


def next_owed(duties: Iterable[Duty]) -> Duty | None:
    """What the desk owes next."""
    mine = (d for d in open_duties(duties) if d.obligation not in OWED_BY and d.obligation not in BY_ITSELF)
    return next(mine, None)


def _dues(obligation: Obligation, on: date, policy: Policy, received_on: date, kind: CaseKind) -> list[date]:
    calendar = calendar_of(policy)
    if obligation is Obligation.DECIDE_DESTRUCTION:
        years = years_preserved(policy, kind)
        return [] if years is None else [calendar.after(on, 12 * years, Unit.MONTHS)]
    period = period_of(policy, obligation, received_on)
    return [calendar.after(on, count, period.unit) for count in period.counts] if period else []
