"""Draws the life of a case into docs/case-life.md: `python -m tests.house.draw_life` from the root."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from backend.contract import CaseKind, CodeList, Edition, Obligation, Policy, Stage
from backend.domain.lifecycle import ENDED, LIFECYCLE, PHASES
from backend.domain.obligations import AT_RECEIPT, BY_CONCERN, BY_ITSELF, OWED_BY
from backend.domain.steps import Day, Letter, Step
from backend.profiles import profile, profile_names
from madoguchi.staff.deeds import DEEDS
from madoguchi.words import texts
from tests.support.repository import ROOT

DOCUMENT = Path("docs/case-life.md")

#: From this many stages on, a move is drawn once.
_MOST = 4
_ANYWHERE = "while_handling_goes_on"

_HEAD = """# The life of a case

Drawn from the tables `backend/domain/lifecycle.py` and `backend/domain/obligations.py` and from the policy profiles,
never by hand: `python -m tests.house.draw_life` draws it again. The Guidelines meant are those for national
administrative organs' handling of reports.
"""

_STAGES = """\
Acts that leave a case where it is are not drawn; they stand in the table below. Destruction is no move: once the period
of preservation is over, whoever oversees the case confirms it, and it leaves head and receipt of the log behind.
"""

_MOVES = """\
Whoever moves a case holds a key to the compartment *facts*, is trained, knows the rules, and has said for this part of
the handling that they have no conflict. A reason is a code of one of the organ's lists. A move can wait for approval
where the organ wants that. A notice is left out only with a code of the lists named: `exception` for the reasons of the
Guidelines 3(1)ii, `ground` for those of 3(2) and 3(4)i; the code stands in the log.
"""

_OBLIGATIONS = """\
A period counts from the day on which the obligation begins, in the edition that was in force when the report was
received. One that ends on a day on which the organ is closed ends on the open day before. Several counts mean several
times.
"""

_DAYS = {
    None: "",
    Day.ANY: "any",
    Day.COMING: "to come",
    Day.NOT_COMING: "today or before",
    Day.MAYBE_COMING: "to come; else the standard period",
}


#: What begins and ends with acts that are no moves.
_OTHER_ACTS = {
    Obligation.ACKNOWLEDGE: ("an entry by hand", ""),
    Obligation.CHECK_INVESTIGATION: ("", "the executive's check"),
    Obligation.CHECK_IN: ("", "its day"),
    Obligation.RENEW_KEYS: ("a key that is taken away", "fresh keys"),
    Obligation.REASSIGN: ("a desk with nobody left", "another desk"),
    Obligation.DECIDE_DESTRUCTION: ("", "destruction, or transfer to an archive"),
}


def drawn() -> str:
    """The document as it should be."""
    parts = (
        _HEAD,
        "## Stages\n",
        _STAGES,
        f"```mermaid\n{as_mermaid()}\n```\n",
        _table(("stage", "part of handling for which a conflict is declared", "handling"), _stage_rows()),
        "## Moves\n",
        _MOVES,
        _table(("move", "in", "leads to", "asks for", "told", "ends", "begins", "makes pointless"), _move_rows()),
        "## Obligations\n",
        _OBLIGATIONS,
        _table(
            ("obligation", "begins with", "ends with", "owed by", *(f"`{name}`" for name in profile_names())),
            _obligation_rows(),
        ),
    )
    return "\n".join(parts)


def as_mermaid() -> str:
    """The stages as a Mermaid state diagram."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in LIFECYCLE:
        for start in _starts(step):
            if step.to:
                arrows.setdefault((start, step.to), []).append(_arrow(step))
    drawn_arrows = [f"    {start} --> {end}: {', '.join(labels)}" for (start, end), labels in arrows.items()]
    anywhere = [f'    state "{_spoken(_ANYWHERE)}" as {_ANYWHERE}'] if any(_ANYWHERE in pair for pair in arrows) else []
    return "\n".join(["stateDiagram-v2", *anywhere, f"    [*] --> {Stage.RECEIVED}", *drawn_arrows])


def _starts(step: Step) -> Iterable[str]:
    return (_ANYWHERE,) if len(step.stages) > _MOST else (stage for stage in Stage if stage in step.stages)


def _arrow(step: Step) -> str:
    kinds = _kinds(step)
    return f"{step.move} [{kinds}]" if kinds else step.move


def _stage_rows() -> Iterator[tuple[str, ...]]:
    for stage in Stage:
        yield (
            f"`{stage}` {_text(f'stage.{stage}')}",
            PHASES[stage].replace("_", " "),
            "over" if stage in ENDED else "goes on",
        )


def _move_rows() -> Iterator[tuple[str, ...]]:
    for step in LIFECYCLE:
        yield (
            f"`{step.move}`{_command(step)}",
            _places(step),
            f"`{step.to}`" if step.to else f"becomes a {step.becomes}" if step.becomes else "",
            _asked(step),
            _told(step),
            _codes(step.ends),
            _codes(step.begins),
            _codes(step.lapses),
        )


def _command(step: Step) -> str:
    return next((f"<br>`staff {deed.command}`" for deed in DEEDS if deed.move is step.move), "")


def _places(step: Step) -> str:
    living = frozenset(Stage) - {Stage.DESTROYED}
    where = "any stage" if step.stages == living else _codes(stage for stage in Stage if stage in step.stages)
    kinds = _kinds(step)
    return f"{where} ({kinds})" if kinds else where


def _kinds(step: Step) -> str:
    return ", ".join(kind for kind in CaseKind if kind in step.kinds) if step.kinds != frozenset(CaseKind) else ""


def _asked(step: Step) -> str:
    reason = f"reason of `{step.reason}`" if step.reason else ""
    day = f"day: {_DAYS[step.day]}" if step.day else ""
    after = f"first: {_codes(step.after)}" if step.after else ""
    return "; ".join(filter(None, (reason, day, after)))


def _told(step: Step) -> str:
    if step.letter is Letter.MINUTE:
        return "stays at the desk"
    if not step.unsaid:
        return "always"
    return f"unless {' or '.join(f'`{name}`' for name in CodeList if name in step.unsaid)}"


def _obligation_rows() -> Iterator[tuple[str, ...]]:
    for obligation in Obligation:
        yield (
            f"`{obligation}` {_text(f'owes.{obligation}')}",
            _beginnings(obligation),
            _endings(obligation),
            "the mechanism" if obligation in BY_ITSELF else str(OWED_BY.get(obligation, "desk")),
            *(_period(profile(name), obligation) for name in profile_names()),
        )


def _beginnings(obligation: Obligation) -> str:
    kinds = [kind for kind, owed in AT_RECEIPT.items() if obligation in owed]
    concerns = [concern for concern, owed in BY_CONCERN.items() if owed is obligation]
    moves = dict.fromkeys(step.move for step in LIFECYCLE if obligation in step.begins)
    parts = (
        f"receipt of: {', '.join(kinds)}" if kinds else "",
        f"concern: {', '.join(concerns)}" if concerns else "",
        _codes(moves),
        _OTHER_ACTS.get(obligation, ("", ""))[0],
    )
    return "; ".join(filter(None, parts))


def _endings(obligation: Obligation) -> str:
    moves = dict.fromkeys(step.move for step in LIFECYCLE if obligation in step.ends)
    return "; ".join(filter(None, (_codes(moves), _OTHER_ACTS.get(obligation, ("", ""))[1])))


def _period(policy: Policy, obligation: Obligation) -> str:
    if obligation is Obligation.DECIDE_DESTRUCTION:
        return ", ".join(f"{row.kind} {row.years} years" for row in policy.preservation)
    return "; ".join(dict.fromkeys(filter(None, (_counts(edition, obligation) for edition in policy.editions))))


def _counts(edition: Edition, obligation: Obligation) -> str:
    row = next((row for row in edition.periods if row.obligation is obligation), None)
    return f"{', '.join(map(str, row.counts))} {_spoken(row.unit)}" if row else ""


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _spoken(code: str) -> str:
    return code.replace("_", " ")


def _text(key: str) -> str:
    return texts("en")[key]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    (ROOT / DOCUMENT).write_text(drawn())
