"""Whether the bot is ready, and figures about it: `/healthz` and `/metrics`. Counts only, reporter acts by day."""

from collections.abc import Callable, Mapping

import msgspec
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

Parts = Callable[[], Mapping[str, bool]]


def add_health(app: web.Application, parts: Parts) -> None:
    """Mount both. `/healthz` is 200 only when every part is ready; otherwise 503, naming the parts that are not."""
    registry = CollectorRegistry()
    ready = Gauge("madoguchi_bot_ready", "Whether a part of the bot is ready", ["part"], registry=registry)

    async def healthz(_request: web.Request) -> web.Response:
        state = parts()
        missing = sorted(part for part, fine in state.items() if not fine)
        body = msgspec.json.encode({"ready": not missing, "missing": missing})
        return web.Response(status=503 if missing else 200, body=body, content_type="application/json")

    async def metrics(_request: web.Request) -> web.Response:
        for part, fine in parts().items():
            ready.labels(part).set(fine)
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/metrics", metrics)
