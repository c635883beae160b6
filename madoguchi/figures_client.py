"""Figures, the survey and released information, as members of the organ ask the case store for them and bring them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar
from urllib.parse import quote

import msgspec

from backend.contract.figures import Counted
from backend.contract.improving import FiguresBook, Improvement, Session
from backend.contract.materials import Materials
from backend.contract.releases import ApproveRelease, DraftRelease, Published, Release
from backend.contract.surveys import AnswerAsStaff, OfferSurvey, SurveyCodes
from madoguchi.staff.client import told_plainly
from madoguchi.wire import Wire, open_wire

_T = TypeVar("_T")


class FiguresClient:
    """One method a route."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def published(self) -> Published:
        """Return what the public may know."""
        return await self._ask(Published, "GET", "/published")

    async def book(self) -> FiguresBook:
        """Return figures, drafts, improvements and awareness sessions."""
        return await self._ask(FiguresBook, "GET", "/figures")

    async def publish(self) -> None:
        """Publish the half-years that are over."""
        await self._send("POST", "/figures/publish")

    async def exact(self, half: str) -> Counted:
        """Return the exact counts of a half-year; the store records who asked."""
        return await self._ask(Counted, "POST", f"/figures/{quote(half, safe='')}/exact")

    async def materials(self) -> Materials:
        """Return the materials on the cases that this member may hand on."""
        return await self._ask(Materials, "GET", "/materials")

    async def draft(self, draft: DraftRelease) -> Release:
        """Keep a draft."""
        return await self._ask(Release, "POST", "/releases", draft)

    async def approve(self, release: Release) -> Release:
        """Release a draft as it was read."""
        path = f"/releases/{quote(release.release_id, safe='')}/approve"
        return await self._ask(Release, "POST", path, ApproveRelease(version=release.version))

    async def record(self, made: Improvement | Session) -> None:
        """Record a finding, an improvement or an awareness session."""
        await self._send("POST", "/improvements" if isinstance(made, Improvement) else "/awareness", made)

    async def answer(self, answers: AnswerAsStaff) -> None:
        """Answer the survey."""
        await self._send("POST", "/survey", answers)

    async def offer(self, offer: OfferSurvey) -> tuple[str, ...]:
        """Return codes with which others answer it."""
        return (await self._ask(SurveyCodes, "POST", "/survey/codes", offer)).codes

    async def _ask(self, shape: type[_T], method: str, path: str, body: msgspec.Struct | None = None) -> _T:
        with told_plainly():
            return await self._wire.ask(shape, method, path, body)

    async def _send(self, method: str, path: str, body: msgspec.Struct | None = None) -> None:
        with told_plainly():
            await self._wire.send(method, path, body)


@asynccontextmanager
async def open_figures(address: str, credential: str) -> AsyncIterator[FiguresClient]:
    """Open a connection with a member's credential."""
    async with open_wire(address, credential) as wire:
        yield FiguresClient(wire)
