"""What anyone may ask: whether the store is ready, figures by whole days, and how the API is to be used."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from backend.ports import StoreUnavailableError, Work
from backend.queries.checkpoints import published_checkpoints
from backend.web.openapi import describe
from backend.web.routes import ROOT, Route, Services

_FIGURES_TYPE: Final = "text/plain; version=1.0.0; charset=utf-8"


def public_routes(services: Services, routes: Sequence[Route]) -> Sequence[web.RouteDef]:
    """The routes that need no credential."""
    document = msgspec.json.encode(describe(routes))
    figures = _Figures(services)
    registry = CollectorRegistry()
    registry.register(figures)

    async def healthz(_: web.Request) -> web.Response:
        ailments = await services.store.ailments()
        body = msgspec.json.encode({"ready": not ailments, "parts": ailments})
        return web.Response(body=body, content_type="application/json", status=503 if ailments else 200)

    async def metrics(_: web.Request) -> web.Response:
        await figures.count_parked()
        return web.Response(body=generate_latest(registry), headers={"Content-Type": _FIGURES_TYPE})

    async def openapi(_: web.Request) -> web.Response:
        return web.Response(body=document, content_type="application/json")

    async def checkpoints(request: web.Request) -> web.Response:
        organ = request.match_info["organ"]
        if organ not in services.organs:
            raise web.HTTPNotFound
        signed = await services.store.read(organ, published_checkpoints)
        return web.Response(body=msgspec.json.encode(signed), content_type="application/json")

    return (
        web.get("/healthz", healthz),
        web.get("/metrics", metrics),
        web.get(f"{ROOT}/openapi.json", openapi),
        web.get(f"{ROOT}/public/{{organ}}/checkpoints", checkpoints),
    )


class _Figures(Collector):
    """Sums up to the end of yesterday, and what rests until somebody looks at it."""

    def __init__(self, services: Services) -> None:
        self._services: Final = services
        self._parked: int | None = None

    async def count_parked(self) -> None:
        """Look how many pushes rest; unknown while the store is away."""
        try:
            self._parked = sum([await self._services.store.read(organ, _parked) for organ in self._services.organs])
        except StoreUnavailableError:
            self._parked = None

    def collect(self) -> Iterator[Metric]:
        sums = self._services.tally.until_yesterday(self._services.circumstances().today)
        acts = CounterMetricFamily(
            "madoguchi_reporter_acts", "Acts of reporters since start, up to the end of yesterday", labels=["act"]
        )
        for act, count in sorted(sums.items()):
            acts.add_metric([act], count)
        yield acts
        if self._parked is not None:
            yield GaugeMetricFamily(
                "madoguchi_pushes_parked", "Announcements that were tried too often and rest", value=self._parked
            )


def _parked(work: Work) -> int:
    return work.outbox.parked()
