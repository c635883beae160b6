"""Whether the bot is ready, and figures about it: `/healthz` and `/metrics`. Counts only, reporter acts by day.

Alarms are for whoever operates it: somebody must look, but people can be served, so the bot is ready all the same. The
key that signs checkpoints is shown here, since whoever verifies one needs it from elsewhere than the case store.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping

import msgspec
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

Parts = Callable[[], Mapping[str, bool]]


def add_health(app: web.Application, parts: Parts, alarms: Parts) -> None:
    """Mount both. `/healthz` is 200 only when every part is ready; otherwise 503, naming the parts that are not.

    What is amiss by `alarms` (no, where somebody must look) is named too.
    """
    registry = CollectorRegistry()
    alarm = Gauge("madoguchi_bot_alarm", "Whether somebody must look at this", ["kind"], registry=registry)
    ready = Gauge("madoguchi_bot_ready", "Whether a part of the bot is ready", ["part"], registry=registry)

    async def healthz(_request: web.Request) -> web.Response:
        state = parts()
        missing = sorted(part for part, fine in state.items() if not fine)
        amiss = sorted(kind for kind, fine in alarms().items() if not fine)
        body = msgspec.json.encode({"ready": not missing, "missing": missing, "alarms": amiss})
        return web.Response(status=503 if missing else 200, body=body, content_type="application/json")

    async def metrics(_request: web.Request) -> web.Response:
        for part, fine in parts().items():
            ready.labels(part).set(fine)
        for kind, fine in alarms().items():
            alarm.labels(kind).set(not fine)
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/metrics", metrics)


def add_signer(app: web.Application, public: bytes) -> None:
    """Show the key that checkpoints are signed with, in base64, at `/public/checkpoint-key`."""

    async def key(_request: web.Request) -> web.Response:
        return web.Response(text=b64encode(public).decode() + "\n")

    app.router.add_get("/public/checkpoint-key", key)
