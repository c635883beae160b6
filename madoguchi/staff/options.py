"""The options of a move's command, put together from its row: typer reads them from a signature, so one is made.

Python's own words cannot name a parameter (`--from`), hence the stroke behind each name.
"""

from collections.abc import Callable, Iterator, Mapping
from inspect import Parameter, Signature
from typing import Annotated, Any, Final

import typer

from backend.contract import Move
from madoguchi.staff.deeds import Deed
from madoguchi.staff.seat import Number, Seat, Yes

Typed = Mapping[str, str | bool]
_Annotation = Any  # what typer reads types from: `Annotated[...]` is no type to a checker

_HELP: Final = {
    "day": "The day, such as 2027-01-31.",
    "code": "A code of your organ's list; any other is answered with the list.",
    "category": "What the case was about, for the figures; it is not kept with the case.",
    "text": "In your own words; - reads them from stdin.",
    "unsaid": "Do not tell the reporter, on this listed ground; --text then says why, for the desk.",
}


def command(deed: Deed, do: Callable[[Seat, Deed, str, Typed], None]) -> Callable[..., None]:
    """Make the command of a row."""

    def run(ctx: typer.Context, number: str, **typed: str | bool) -> None:
        do(ctx.obj, deed, number, {name.removesuffix("_"): value for name, value in typed.items()})

    signature = Signature(list(_parameters(deed)))
    run.__signature__ = signature  # type: ignore[attr-defined]
    run.__annotations__ = {name: one.annotation for name, one in signature.parameters.items()}
    run.__doc__ = deed.help
    return run


def _parameters(deed: Deed) -> Iterator[Parameter]:
    yield Parameter("ctx", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    yield Parameter("number", Parameter.POSITIONAL_OR_KEYWORD, annotation=Number)
    for name, told in _asked(deed):
        yield _option(name, Annotated[str, typer.Option(f"--{name}", help=told)], default="")
    for extra in deed.extras:
        kind, default = (bool, False) if extra.is_flag else (str, "")
        yield _option(extra.name, Annotated[kind, typer.Option(f"--{extra.name}", help=extra.help)], default=default)
    yield _option("yes", Yes, default=False)


def _asked(deed: Deed) -> Iterator[tuple[str, str]]:
    """What the move asks for, each under the name that the row has for it."""
    step = deed.step
    wanted = (
        ("day", deed.day, step.day is not None),
        ("code", deed.code, step.reason is not None),
        ("category", "category", deed.move is Move.CLOSE),
        ("text", "text", True),
        ("unsaid", "unsaid", bool(step.unsaid)),
    )
    return ((name, _HELP[what]) for what, name, is_wanted in wanted if is_wanted)


def _option(name: str, annotation: _Annotation, *, default: str | bool) -> Parameter:
    return Parameter(f"{name}_", Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
