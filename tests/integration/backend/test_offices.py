"""What each office may call: every route of the table, asked by somebody who holds one office and nothing else."""

import pytest
from msgspec.structs import replace

from backend.contract import Fault, Office, Role
from backend.domain.people import Caller
from backend.web.app import ROUTES
from backend.web.routes import MEMBERS, READERS, Route
from tests.support.backend_server import Server
from tests.support.overseen import organ

#: Somebody for each office, by whom they are known.
HOLDERS = {
    Office.STAFF: "sato",
    Office.EXECUTIVE: "tanaka",
    Office.DEPUTY: "ito",
    Office.AUDITOR: "mori",
    Office.ADMINISTRATOR: "ando",
}
STAFF_ROUTES = [route for route in ROUTES if Role.STAFF in route.roles]

#: All that the auditor may call; a route that is added here is one more thing they may know.
AUDITED = {
    ("GET", "/roster"),
    ("GET", "/policy"),
    ("GET", "/checkpoints"),
    ("GET", "/published"),
    ("GET", "/figures"),
    ("GET", "/materials"),
    ("GET", "/oversight/logs"),
    ("GET", "/cases/{number}/log"),
}


def path_of(route: Route) -> str:
    """A path that leads to the route; there is nothing behind it."""
    return route.path.replace("{number}", "2026-7K3QF9").replace("{half}", "2026-1").replace("{", "").replace("}", "")


@pytest.mark.parametrize("office", Office)
async def test_every_route_is_open_to_its_offices_and_closed_to_all_others(server: Server, office: Office) -> None:
    """Whether there is a case is not even asked; an administrator is let in nowhere, and an auditor into few places."""
    publisher = server.client("ministry publisher")
    assert (await publisher.ask("PUT", "/roster", organ(serial=2))).status == 204
    somebody = server.client(f"token of {HOLDERS[office]}")
    for route in STAFF_ROUTES:
        answer = await somebody.ask(route.method, path_of(route), b"{}" if route.takes else None)
        is_closed = office not in route.offices
        asked = f"{office} {route.method} {route.path}"
        assert (answer.status == 403 and answer.fault is Fault.NOT_ALLOWED) or not is_closed, asked
        # Beyond the door it is 403 only where this very member may not, never because of the office alone.
        assert is_closed or answer.status in {200, 201, 204, 400, 403, 404, 409, 422}, asked


def test_an_administrator_may_call_no_route_of_members() -> None:
    """The table lets nobody in who sets the organ up."""
    assert not any(Office.ADMINISTRATOR in route.offices for route in ROUTES)


def test_an_auditor_may_call_what_is_listed_and_nothing_else() -> None:
    """Logs, figures, and what everybody knows."""
    assert {(r.method, r.path) for r in STAFF_ROUTES if Office.AUDITOR in r.offices} == AUDITED


def test_only_overseers_call_what_overseers_do() -> None:
    """Nobody at a desk approves, checks or looks over other desks."""
    acts = [route for route in ROUTES if route.path.startswith("/oversight/cases") or route.path == "/oversight"]
    assert len(acts) > 4
    assert all(route.offices == {Office.EXECUTIVE, Office.DEPUTY} for route in acts)
    assert MEMBERS < READERS


async def test_an_administrator_who_holds_other_offices_is_let_in_nowhere(server: Server) -> None:
    """Whoever gives out keys and offices does not give themselves a view of cases."""
    offices = (Office.ADMINISTRATOR, Office.STAFF, Office.EXECUTIVE)
    people = tuple(replace(one, offices=offices) if one.staff_id == "ando" else one for one in organ().people)
    publisher = server.client("ministry publisher")
    assert (await publisher.ask("PUT", "/roster", organ(serial=2, people=people))).status == 204
    somebody = server.client("token of ando")
    for route in STAFF_ROUTES:
        answer = await somebody.ask(route.method, path_of(route), b"{}" if route.takes else None)
        assert answer.status == 403, route.path


def test_the_recovery_key_is_let_in_as_staff_are() -> None:
    """Two who come with it hold no office: what they may open, keys decide. Nobody else without an office is let in."""
    recovery = Caller(role=Role.STAFF, organ="ministry", staff_id="recovery")
    assert recovery.may(MEMBERS)
    assert not recovery.may(frozenset({Office.EXECUTIVE}))
    assert not Caller(role=Role.STAFF, organ="ministry", staff_id="nobody").may(READERS)
