"""The flow table and the form as drawings, so that a person can look at what the machine does.

Made from the same rows, never by hand. What can happen in most states is drawn once, from "anywhere"; what only shows
the same screen again is left out.
"""

from itertools import pairwise

from bot.conversation.flow import FLOW
from bot.conversation.form import Form, Group
from bot.conversation.rows import Row, Then
from bot.conversation.session import State
from bot.conversation.states import ALL

#: From this many states on, a row is drawn once: arrows from everywhere would hide the rest.
_MOST = 6
_ANYWHERE, _LEFT = "anywhere", "where it was left"

#: Where a deed leads that moves the talk by itself.
_LEADS: dict[Then, tuple[str, ...]] = {
    Then.ANSWER: (State.ASKING, State.CHECKING),
    Then.FILL: (State.ASKING, State.CHECKING),
    Then.GO_ON: (State.ASKING,),
    Then.PASS_OVER: (State.ASKING, State.CHECKING),
    Then.FINISH: (State.CHECKING,),
    Then.STEP_BACK: (State.ASKING, State.CHECKING),
    Then.EDIT: (State.ASKING,),
    Then.REWRITE_ANSWER: (State.ASKING,),
    Then.CHECK_AGAIN: (State.SEARCHING,),
    Then.LEAVE_OUT: (State.CHECKING,),
    Then.LEAVE_ALL: (State.CHECKING,),
    Then.RETURN: (_LEFT,),
    Then.GO_HOME: (_LEFT,),
}


def as_mermaid() -> str:
    """Draw the flow table as a Mermaid state diagram."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in FLOW:
        for start in _starts(row):
            for end in _ends(row, start):
                arrows.setdefault((start, end), []).append(_label(row))
    names = dict.fromkeys(name for pair in arrows for name in pair)
    states = [f'    state "{name}" as {_id(name)}' for name in names if " " in name]
    drawn = [f"    {_id(start)} --> {_id(end)}: {_joined(labels)}" for (start, end), labels in arrows.items()]
    return "\n".join(["stateDiagram-v2", *states, f"    [*] --> {State.NEW}", *drawn])


def form_as_mermaid(form: Form) -> str:
    """Draw the groups of a form as a Mermaid flowchart, with what must have been answered for a group to be asked."""
    shown = [group for group in form.group if any(question.kind != "flag" for question in group.question)]
    boxes = [f'    {group.id}["{_box(group)}"]' for group in shown]
    arrows = [f"    {before.id} --> {_condition(after)}{after.id}" for before, after in pairwise(shown)]
    return "\n".join(["flowchart TD", *boxes, *arrows, f"    {shown[-1].id} --> {State.CHECKING}"])


def _starts(row: Row) -> tuple[str, ...]:
    if row.states == ALL and row.to is None:
        return ()
    return (_ANYWHERE,) if len(row.states) > _MOST else row.states


def _ends(row: Row, start: str) -> tuple[str, ...]:
    if row.to is not None:
        return (row.to,)
    leads = [end for then in row.then for end in _LEADS.get(then, ())]
    last = leads[-1:] if Then.GO_ON in row.then else leads
    return tuple(end for end in last if end != start)


def _label(row: Row) -> str:
    given = f" [{', '.join(row.only_if)}]" if row.only_if else ""
    return ", ".join(row.on) + given


def _joined(labels: list[str]) -> str:
    return " or ".join(dict.fromkeys(labels))


def _id(name: str) -> str:
    return name.replace(" ", "_")


def _box(group: Group) -> str:
    asked = ", ".join(question.id for question in group.question if question.kind != "flag")
    times = (
        f" (up to {group.repeat} times)" if group.repeat > 1 else f" (once for each {group.along})" * bool(group.along)
    )
    return asked + times


def _condition(group: Group) -> str:
    when = "; ".join(f"{asked} is {' or '.join(values)}" for asked, values in group.when.items())
    return f'|"if {when}"| ' if when else ""
