"""What a request may hold beyond its types."""

import re
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from msgspec.structs import replace

from backend.contract import (
    Compartment,
    Delivered,
    Locate,
    Person,
    Record,
    SealedGrant,
    SealedPart,
)
from backend.profiles import profile
from backend.web.app import PATH_RULES, ROUTES
from backend.web.shapes import RULES, is_well_shaped
from tests.support.reports import from_reporter, from_staff, locator, move, publication, submission, told

WELL_SHAPED = (
    submission(),
    submission(desk="", holders=("recovery",), overseer="mori", file_ids=("f1", "f2")),
    from_reporter(),
    from_staff(),
    from_staff(note=True),
    move(reason="not_in_scope"),
    told(None),
    told("mailbox-1"),
    publication(),
    publication(tokens={"recovery": "t"}),
    Delivered(push_ids=("p1",), undeliverable=("p2",)),
)
PART = SealedPart(part_id="facts", compartment=Compartment.FACTS, ciphertext=b"sealed")
GRANT = SealedGrant(holder="sato", compartment=Compartment.FACTS, ciphertext=b"seed")

MISSHAPEN: tuple[Record, ...] = (
    Locate(locator=b""),
    Locate(locator=locator("first")[:31]),
    Locate(locator=locator("first") + b"x"),
    submission(submission_id=""),
    submission(submission_id="x" * 65),
    submission(submission_id="UPPER"),
    submission(submission_id="日本"),
    submission(submission_id="a\n"),
    submission(desk="no such desk"),
    submission(overseer=""),
    submission(card=b""),
    submission(parts=()),
    submission(grants=()),
    submission(parts=(PART, PART)),
    submission(grants=(GRANT, GRANT)),
    submission(parts=(replace(PART, ciphertext=b""),)),
    submission(grants=(replace(GRANT, holder="Sato"),)),
    submission(file_ids=("f1", "f1")),
    submission(file_ids=("../f1",)),
    submission(file_ids=tuple(f"f{n}" for n in range(5000))),
    from_reporter(card_version=-1),
    from_reporter(card_version=2**53),
    from_staff("m 1"),
    move(letter=replace(from_staff(), for_desk=b"")),
    move(reason="x" * 65),
    replace(publication(), serial=-1),
    replace(publication(), policy=replace(profile(), categories=("two words",))),
    replace(publication(), policy=replace(profile(), time_zone="Nowhere/At_All")),
    replace(publication(), policy=replace(profile(), country="ZZ")),
    replace(publication(), policy=replace(profile(), yearly_closures=("13-01",))),
    replace(publication(), policy=replace(profile(), editions=())),
    replace(publication(), people=(Person(staff_id="sato", credential_hash=b"short"),)),
    publication(tokens={"reporter": "t"}),
)


@pytest.mark.parametrize("sent", WELL_SHAPED, ids=range(len(WELL_SHAPED)))
def test_what_clients_send_passes(sent: Record) -> None:
    """Every kind of request has a shape that goes through."""
    assert is_well_shaped(sent)


@pytest.mark.parametrize("sent", MISSHAPEN, ids=range(len(MISSHAPEN)))
def test_what_is_too_long_too_short_doubled_or_misspelt_is_refused(sent: Record) -> None:
    """However deep inside the request it stands."""
    assert not is_well_shaped(sent)


def parts_of(hint: object) -> tuple[Any, ...]:
    """The types that a field may have, but for none."""
    return tuple(kind for kind in get_args(hint) if kind is not type(None)) if isinstance(hint, UnionType) else (hint,)


def unruled(kind: type[Record]) -> set[str]:
    """Fields of a request whose content no rule limits."""
    found: set[str] = set()
    for name, hint in get_type_hints(kind).items():
        for part in parts_of(hint):
            inside = get_args(part)[0] if get_origin(part) is tuple else part
            if isinstance(inside, type) and issubclass(inside, Record):
                found |= unruled(inside)
            if (part in {str, bytes, int} or get_origin(part) is tuple) and name not in RULES:
                found.add(f"{kind.__name__}.{name}")
    return found


def test_every_field_of_every_request_has_a_rule() -> None:
    """A field that is added to the contract cannot be forgotten here."""
    requests = [route.takes for route in ROUTES if route.takes not in (None, bytes)]
    assert len(requests) >= 7
    assert [unruled(kind) for kind in requests if kind] == [set()] * len(requests)


def test_parameters_in_paths_all_have_a_rule() -> None:
    """What stands in a path is checked like what stands in a body."""
    named = {name for route in ROUTES for name in re.findall(r"\{(\w+)\}", route.path)}
    assert named == set(PATH_RULES)
