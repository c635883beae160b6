"""Serves the route table over HTTP: checks who asks, reads what was sent, runs it, spells the answer.

Keeps no access log. What goes wrong is answered with a `Refusal` and nothing else; its kind and place are logged.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import msgspec
from aiohttp import web

from backend.config import Credential
from backend.contract import Fault, Record, Refusal
from backend.domain.case import Refused
from backend.domain.numbers import is_case_number
from backend.logs import where
from backend.ports import StoreUnavailableError
from backend.web import (
    assigning_api,
    checkpoints_api,
    entering_api,
    figures_api,
    improving_api,
    intake_api,
    oversight_api,
    policy_api,
    relay_api,
    retention_api,
    roster_api,
    secrecy_api,
    staff_api,
    survey_api,
    token_api,
)
from backend.web.door import Door
from backend.web.public import public_routes
from backend.web.routes import ROOT, Answer, Call, Created, Route, Services
from backend.web.shapes import is_half, is_id, is_well_shaped

#: All of the API.
ROUTES: Final[Sequence[Route]] = (
    *roster_api.ROUTES,
    *intake_api.ROUTES,
    *entering_api.ROUTES,
    *relay_api.ROUTES,
    *token_api.ROUTES,
    *staff_api.ROUTES,
    *secrecy_api.ROUTES,
    *assigning_api.ROUTES,
    *oversight_api.ROUTES,
    *retention_api.ROUTES,
    *checkpoints_api.ROUTES,
    *policy_api.ROUTES,
    *figures_api.ROUTES,
    *improving_api.ROUTES,
    *survey_api.ROUTES,
)

#: The status of each fault says who must act.
STATUS: Final = {
    Fault.UNREADABLE: 400,
    Fault.NOT_ALLOWED: 403,
    Fault.NOT_FOUND: 404,
    Fault.CHANGED_MEANWHILE: 409,
    Fault.OLDER_ROSTER: 409,
    Fault.TOO_LARGE: 413,
    Fault.NO_SUCH_MOVE: 422,
    Fault.REASON_NEEDED: 422,
    Fault.FILE_MISSING: 422,
    Fault.NOT_UNSAID: 422,
    Fault.DATE_NEEDED: 422,
    Fault.CATEGORY_NEEDED: 422,
    Fault.UNTRAINED: 403,
    Fault.RULES_UNREAD: 403,
    Fault.UNDECLARED: 403,
    Fault.KEY_NEEDED: 422,
    Fault.CONSENT_NEEDED: 422,
    Fault.WAITING: 409,
    Fault.ON_HOLD: 409,
    Fault.NOT_YET: 409,
    Fault.BUSY: 503,
}

#: A report of 100,000 characters with grants for a whole desk takes about 2 MiB; what is larger is put up as a file.
_MAX_JSON: Final = 16 * 2**20

_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

PATH_RULES: Final = {"half": is_half, "release_id": is_id, "file_id": is_id, "number": is_case_number}

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def make_app(services: Services, credentials: Sequence[Credential]) -> web.Application:
    """The application, ready to be served; whoever serves it must keep no access log."""
    door = Door(credentials, services.store)

    @web.middleware
    async def answer_faults(request: web.Request, handler: _Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException:
            # Only the router raises these: there is no such path, or not with this method.
            return _refuse(Fault.NOT_FOUND)
        except StoreUnavailableError as why:
            services.log.warning("store_unavailable", kind=type(why.__cause__).__name__, where=where(why))
            return _refuse(Fault.BUSY)
        except ConnectionError:
            raise
        except Exception as why:  # noqa: BLE001 - the last place in which anything can be caught before aiohttp logs it
            services.log.error("request_failed", kind=type(why).__name__, where=where(why))  # noqa: TRY400 - a traceback quotes content
            return _refuse(Fault.BUSY, 500)

    app = web.Application(middlewares=[answer_faults])
    app.add_routes(public_routes(services, ROUTES))
    app.add_routes(web.route(route.method, ROOT + route.path, _endpoint(services, door, route)) for route in ROUTES)
    return app


def _endpoint(services: Services, door: Door, route: Route) -> _Handler:
    read = _reader(route, services.max_file_bytes)

    async def endpoint(request: web.Request) -> web.StreamResponse:
        caller = await door.caller(request.headers.get("Authorization", ""))
        if caller is None:
            return _refuse(Fault.NOT_ALLOWED, 401)
        if caller.role not in route.roles or not caller.may(route.offices):
            return _refuse(Fault.NOT_ALLOWED)
        if not all(PATH_RULES[name](value) for name, value in request.match_info.items()):
            return _refuse(Fault.NOT_FOUND)
        sent = await read(request)
        if isinstance(sent, Refused):
            return _refuse(sent.fault)
        return _spell(await route.does(Call(services=services, caller=caller, path=request.match_info), sent))

    return endpoint


def _reader(route: Route, max_file_bytes: int) -> Callable[[web.Request], Awaitable[Any]]:
    """What reads the request that a route takes, or says why not."""
    kind = route.takes
    if kind is None:
        return _nothing
    if kind is bytes:
        return lambda request: _body(request, max_file_bytes)
    decoder = msgspec.json.Decoder(kind)

    async def record(request: web.Request) -> Record | Refused:
        body = await _body(request, _MAX_JSON)
        if isinstance(body, Refused):
            return body
        try:
            sent: Record = decoder.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return Refused(Fault.UNREADABLE)
        return sent if is_well_shaped(sent) else Refused(Fault.UNREADABLE)

    return record


async def _nothing(_: web.Request) -> None:
    return None


async def _body(request: web.Request, limit: int) -> bytes | Refused:
    """Read no more than so many bytes, whatever the sender said beforehand."""
    if (request.content_length or 0) > limit:
        return Refused(Fault.TOO_LARGE)
    body = bytearray()
    async for piece in request.content.iter_any():
        body += piece
        if len(body) > limit:
            return Refused(Fault.TOO_LARGE)
    return bytes(body)


def _spell(answer: Answer) -> web.Response:
    if answer is None:
        return web.Response(status=204, headers=_HEADERS)
    if isinstance(answer, Refused):
        return _refuse(answer.fault)
    if isinstance(answer, bytes):
        return web.Response(body=answer, content_type="application/octet-stream", headers=_HEADERS)
    if isinstance(answer, Created):
        return _json(answer.answer, 201)
    return _json(answer, 200)


def _json(record: Record, status: int) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(record), status=status, content_type="application/json", headers=_HEADERS
    )


def _refuse(fault: Fault, status: int | None = None) -> web.Response:
    answered = _json(Refusal(fault=fault), status or STATUS[fault])
    if fault is Fault.BUSY:
        answered.headers["Retry-After"] = "2"
    return answered
