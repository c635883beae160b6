"""The backend over HTTP: the only room of the bot that knows the API.

Tries a few times, briefly, what may be repeated, and turns every failure into one of two: unreachable (try again) or
refused. Sends sealed bytes, ids and a locator; refuses to follow redirects, so that a credential never goes to another
host.
"""

from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Any, TypeVar

import aiohttp
import msgspec
import stamina

from backend import contract
from bot.anonymity.checkpoints import Checkpoint, Growth, Offer
from bot.anonymity.handover import SealedReport
from bot.ports.desk import (
    DeskInbox,
    DeskNotice,
    DeskPush,
    DeskReceipt,
    DeskRefusedError,
    DeskUnreachableError,
    ReporterLetter,
    TokenRenewal,
)
from bot.ports.publishing import Bulletin

_T = TypeVar("_T")

#: Answers that mean `later`: the store is down or busy, or a proxy in between says so.
LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
#: A body up to this many bytes is sent in one go.
PIECE = 2**16
_JSON = {"Content-Type": "application/json"}


class HttpCaseDesk:
    """`CaseDesk` over one pooled connection."""

    def __init__(self, http: aiohttp.ClientSession, base: str, credential: str) -> None:
        self._http = http
        self._base = f"{base}/api/v{contract.API_VERSION}"
        self._headers = {"Authorization": f"Bearer {credential}"}

    async def roster(self) -> bytes:
        return (await self._get("/roster", contract.RosterDocument)).document

    async def bulletin(self) -> Bulletin:
        return await self._get("/published", Bulletin)

    async def checkpoints(self) -> bytes:
        return await self._call("GET", "/checkpoints", None, {})

    async def answer_survey(self, code: str, scores: Mapping[str, int]) -> bool:
        try:
            await self._call("POST", "/survey/answers", contract.AnswerByCode(code=code, scores=_scores(scores)), _JSON)
        except DeskRefusedError:
            return False
        return True

    async def put_file(self, file_id: str, ciphertext: bytes) -> None:
        await self._call("PUT", f"/files/{file_id}", ciphertext, {"Content-Type": "application/octet-stream"})

    async def hand_over(self, report: SealedReport, file_ids: Collection[str]) -> DeskReceipt:
        body = submission_of(report, file_ids)
        receipt = _read(await self._call("POST", "/submissions", body, _JSON), contract.Receipt)
        return DeskReceipt(receipt.case_number, receipt.desk, receipt.received_on.isoformat())

    async def open_inbox(self, locator: bytes) -> DeskInbox | None:
        try:
            answer = await self._call("POST", "/inbox", contract.Locate(locator=locator), _JSON)
        except DeskRefusedError as refused:
            if refused.fault == contract.Fault.NOT_FOUND:
                return None
            raise DeskUnreachableError from refused
        return _inbox(_read(answer, contract.Inbox))

    async def write(self, locator: bytes, letter: ReporterLetter) -> None:
        await self._call("POST", "/inbox/letters", _letter(locator, letter), _JSON)

    async def renew_token(self, renewal: TokenRenewal) -> None:
        body = contract.RenewedToken(
            locator=renewal.locator,
            new_locator=renewal.new_locator,
            message_id=renewal.message_id,
            ciphertext=renewal.ciphertext,
            card=renewal.card,
            card_version=renewal.card_version,
            at_once=renewal.at_once,
        )
        await self._call("POST", "/inbox/renew", body, _JSON)

    async def set_told(self, locator: bytes, mailbox: str | None, card: bytes, card_version: int) -> None:
        body = contract.Told(locator=locator, mailbox=mailbox, card=card, card_version=card_version)
        await self._call("POST", "/inbox/told", body, _JSON)

    async def letters_read(self, locator: bytes, letters: int, notices: int = 0) -> None:
        body = contract.LettersRead(locator=locator, letters=letters, notices=notices)
        await self._call("POST", "/inbox/read", body, _JSON)

    async def answer_check_in(
        self, locator: bytes, notice_id: str, answer: str, letter: ReporterLetter | None = None
    ) -> None:
        body = contract.AnswerCheckIn(
            locator=locator,
            notice_id=notice_id,
            answer=contract.CheckInAnswer(answer),
            letter=None if letter is None else _letter(locator, letter, contract.Concern.RETALIATION),
        )
        await self._call("POST", "/inbox/check-in", body, _JSON)

    async def answer_as_reporter(self, locator: bytes, scores: Mapping[str, int]) -> None:
        body = contract.AnswerAsReporter(locator=locator, scores=_scores(scores))
        await self._call("POST", "/inbox/survey", body, _JSON)

    async def lease_pushes(self, within: int) -> tuple[DeskPush, ...]:
        answer = await self._call("POST", "/outbox/lease", contract.Lease(within=within), _JSON)
        leased = _read(answer, contract.Leased)
        return tuple(DeskPush(push.push_id, push.mailbox) for push in leased.pushes)

    async def delivered(self, push_ids: Collection[str], undeliverable: Collection[str]) -> None:
        body = contract.Delivered(push_ids=tuple(push_ids), undeliverable=tuple(undeliverable))
        await self._call("POST", "/outbox/delivered", body, _JSON)

    async def destroyed_mailboxes(self) -> tuple[str, ...]:
        return (await self._get("/mailboxes/destroyed", contract.Mailboxes)).mailboxes

    async def mailboxes_forgotten(self, mailboxes: Collection[str]) -> None:
        await self._call("POST", "/mailboxes/forgotten", contract.Mailboxes(mailboxes=tuple(mailboxes)), _JSON)

    async def offered_checkpoint(self) -> Offer | None:
        try:
            return _offer(await self._get("/checkpoints/offered", contract.CheckpointOffer))
        except DeskRefusedError as refused:
            if refused.fault == contract.Fault.NOT_FOUND:
                return None
            raise

    async def checkpoint_signed(self, serial: int, signer: bytes, signature: bytes) -> None:
        body = contract.CheckpointSignature(serial=serial, signer=signer, signature=signature)
        await self._call("POST", "/checkpoints/signed", body, _JSON)

    async def checkpoint_refused(self, serial: int) -> None:
        await self._call("POST", "/checkpoints/refused", contract.CheckpointRefusal(serial=serial), _JSON)

    async def _get(self, path: str, shape: type[_T]) -> _T:
        return _read(await self._call("GET", path, None, {}), shape)

    async def _call(self, method: str, path: str, body: Any, headers: dict[str, str]) -> bytes:  # noqa: ANN401 - any contract type
        data = body if body is None or isinstance(body, bytes) else msgspec.json.encode(body)
        async for attempt in stamina.retry_context(
            on=DeskUnreachableError, attempts=3, timeout=5, wait_initial=0.05, wait_jitter=0.1
        ):
            with attempt:
                return await self._once(method, path, data, headers)
        raise AssertionError  # pragma: no cover - stamina either returns or raises

    async def _once(self, method: str, path: str, data: bytes | None, headers: dict[str, str]) -> bytes:
        # A large file is read in pieces, or it would hold up every other talk while it is written out.
        body = BytesIO(data) if data is not None and len(data) > PIECE else data
        try:
            async with self._http.request(
                method, self._base + path, data=body, headers={**self._headers, **headers}, allow_redirects=False
            ) as answer:
                content = await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise DeskUnreachableError from error
        if answer.status in LATER:
            raise DeskUnreachableError
        if not answer.ok:
            raise DeskRefusedError(_fault(content))
        return content


def _read(content: bytes, shape: type[_T]) -> _T:
    try:
        return msgspec.json.decode(content, type=shape)
    except msgspec.DecodeError as error:
        raise DeskUnreachableError from error


def _fault(content: bytes) -> str:
    try:
        return msgspec.json.decode(content, type=contract.Refusal).fault.value
    except msgspec.DecodeError:
        return contract.Fault.UNREADABLE.value


def submission_of(report: SealedReport, file_ids: Collection[str]) -> contract.Submission:
    """Give the API's form of a sealed report, with the files that were put up for it."""
    return contract.Submission(
        submission_id=report.submission,
        desk=report.desk or "",
        locator=report.locator,
        card=report.card,
        parts=tuple(
            contract.SealedPart(
                part_id=part.part_id, compartment=contract.Compartment(part.compartment), ciphertext=part.ciphertext
            )
            for part in report.parts
        ),
        grants=tuple(
            contract.SealedGrant(
                holder=grant.holder, compartment=contract.Compartment(grant.compartment), ciphertext=grant.ciphertext
            )
            for grant in report.grants
        ),
        file_ids=tuple(file_ids),
        escalation=contract.Escalation(report.escalation),
        overseer=report.overseer,
        stand_in=report.stand_in,
        at_once=report.at_once,
        kind=contract.CaseKind(report.kind),
        counsel=report.counsel,
    )


def _letter(locator: bytes, letter: ReporterLetter, concern: contract.Concern | None = None) -> contract.FromReporter:
    said = contract.Concern(letter.concern) if letter.concern else None
    return contract.FromReporter(
        locator=locator,
        message_id=letter.message_id,
        ciphertext=letter.ciphertext,
        card=letter.card,
        card_version=letter.card_version,
        file_ids=letter.file_ids,
        at_once=letter.at_once,
        concern=concern or said,
        compartment=contract.Compartment(letter.compartment),
    )


def _scores(scores: Mapping[str, int]) -> tuple[contract.Score, ...]:
    return tuple(contract.Score(question=question, score=score) for question, score in scores.items())


def _inbox(inbox: contract.Inbox) -> DeskInbox:
    return DeskInbox(
        case_number=inbox.case_number,
        submission=inbox.submission_id,
        stage=inbox.stage.value,
        desk=inbox.desk,
        received_on=inbox.received_on,
        card=inbox.card,
        card_version=inbox.card_version,
        letters=tuple((letter.message_id, letter.ciphertext) for letter in inbox.letters),
        told=inbox.told,
        announcing=inbox.announcing,
        days={letter.message_id: letter.on for letter in inbox.letters},
        notices=tuple(
            DeskNotice(notice.notice_id, notice.kind.value, notice.on, notice.params, notice.answered)
            for notice in inbox.notices
        ),
        laws={topic.value: code for topic, code in inbox.laws.items()},
        kind=inbox.kind.value,
        letters_read=inbox.letters_read,
        notices_read=inbox.notices_read,
        today=inbox.today,
        asks_survey=inbox.asks_survey,
    )


def _offer(offer: contract.CheckpointOffer) -> Offer:
    return Offer(
        _checkpoint(offer.checkpoint),
        offer.padding,
        _checkpoint(offer.last) if offer.last else None,
        offer.last_padding,
        tuple(Growth(log.tip.chain, log.tip.length, log.tip.head, log.tip.trail, log.added) for log in offer.chains),
    )


def _checkpoint(sent: contract.Checkpoint) -> Checkpoint:
    return Checkpoint(sent.organ, sent.serial, sent.day, sent.size, sent.root, sent.previous)
