"""What comes in from Slack, delivered the way nobody hopes for."""

import asyncio
import json
import logging

import pytest

from bot.channels.slack import visits
from bot.conversation.events import Filled
from bot.conversation.session import Answer
from bot.ports.talking import Happened, View
from tests.integration.slack.conftest import SCREEN, Hook
from tests.support.slack_deliverer import FORM
from tests.support.slack_peer import REPORTER, TEAM
from tests.support.slack_windows import Answers, fields_of, filled, interaction, words_of

ANSWERS: dict[str, Answer] = {"what": "同じ請求書が二度支払われた"}
#: With what is to become of the file that stands there already.
SENT: dict[str, Answer] = {**ANSWERS, "handling.f1": "as_is"}


def form(hook: Hook, answers: Answers | None = None, button: str = "") -> dict[str, object]:
    """The window with these answers in it, sent off."""
    kind = "block_actions" if button else "view_submission"
    return interaction(kind, hook.window, filled(hook.window, ANSWERS if answers is None else answers), button)


async def test_a_form_is_stored_and_answered_with_the_next_screen(hook: Hook) -> None:
    """All answers of the group at once, under the workspace's name of the person, and the window changes in place."""
    answer = await hook.deliverer().interaction(form(hook))
    assert answer.status == 200
    assert json.loads(answer.text)["response_action"] == "update"
    assert "what" in fields_of(answer.view)
    assert hook.inlet.heard == [("slack", f"{TEAM}:{REPORTER}", Filled("facts", SENT, "next", SCREEN.turn))]


async def test_the_same_form_ten_times_in_parallel_counts_once(hook: Hook) -> None:
    """Each of the ten is answered with the screen."""
    deliverer = hook.deliverer()
    answers = await asyncio.gather(*(deliverer.interaction(form(hook)) for _ in range(10)))
    assert {answer.status for answer in answers} == {200}
    assert len(hook.inlet.events) == 1


async def test_a_form_changed_before_the_second_try_is_no_repeat(hook: Hook) -> None:
    """The answer to the first was lost; words added meanwhile are not."""
    deliverer = hook.deliverer()
    await deliverer.interaction(form(hook))
    await deliverer.interaction(form(hook, {"what": "二度ではなく三度だった"}))
    assert [event.answers["what"] for event in hook.inlet.events if isinstance(event, Filled)] == [
        ANSWERS["what"],
        "二度ではなく三度だった",
    ]


async def test_a_button_brings_what_was_typed_along(hook: Hook) -> None:
    """Back is no way to lose an answer; a double tap is one step."""
    for _ in range(2):
        assert (await hook.deliverer().interaction(form(hook, button="back"))).status == 200
    assert hook.inlet.events == [Filled("facts", SENT, "back", SCREEN.turn)]


@pytest.mark.parametrize("button", ["", "back"])
async def test_while_the_store_is_down_nothing_is_acknowledged(hook: Hook, button: str) -> None:
    """503: the window stays as it is, and the same act later is taken."""
    hook.inlet.fault = ConnectionError()
    assert (await hook.deliverer().interaction(form(hook, button=button))).status == 503
    hook.inlet.fault = None
    assert (await hook.deliverer().interaction(form(hook, button=button))).status == 200
    assert len(hook.inlet.events) == 1


async def test_before_the_start_and_after_the_stop_nothing_is_acknowledged(hook: Hook) -> None:
    """Whoever comes too early or too late is told to try again."""
    await hook.slack.stop()
    assert (await hook.deliverer().interaction(form(hook))).status == 503
    await hook.slack.start(hook.inlet)
    assert (await hook.deliverer().interaction(form(hook))).status == 200


class SlowInlet:
    """Stores at once where it may, and takes its time with what follows."""

    def __init__(self, hook: Hook, *, stores: bool) -> None:
        self.finished = asyncio.Event()
        self._inlet = hook.inlet
        self._stores = stores

    async def receive(self, channel: str, address: str, happened: Happened) -> View:
        """Store, then wait to be told to finish."""
        if not self._stores:
            await self.finished.wait()
        shown = await self._inlet.receive(channel, address, happened)
        await self.finished.wait()
        return shown


@pytest.mark.parametrize(("stores", "status"), [(True, 200), (False, 503)])
async def test_what_is_stored_is_acknowledged_in_time_and_nothing_else(
    hook: Hook, monkeypatch: pytest.MonkeyPatch, *, stores: bool, status: int
) -> None:
    """A desk that answers slowly leaves a window that says so; a store that is slow leaves the form as it was."""
    monkeypatch.setattr(visits, "ANSWER_WITHIN", 0.05)
    slow = SlowInlet(hook, stores=stores)
    await hook.slack.start(slow)  # type: ignore[arg-type]
    answer = await hook.deliverer().interaction(form(hook))
    slow.finished.set()
    assert answer.status == status
    assert not stores or "準備しています" in words_of(answer.view)


@pytest.mark.parametrize(("secret", "late"), [("another", 0), (None, 301), (None, -301)])
async def test_attack_a_forged_or_stale_delivery_is_refused(hook: Hook, secret: str | None, late: int) -> None:
    """Another secret, a replay after five minutes, a stamp from the future."""
    deliverer = hook.deliverer(late=late) if secret is None else hook.deliverer(secret)
    assert (await deliverer.interaction(form(hook))).status == 401
    assert (await deliverer.command(command="/report", team_id=TEAM, user_id=REPORTER, trigger_id="1")).status == 401
    assert hook.inlet.heard == []


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Slack_Signature": "v0=é"},
        {"X_Slack_Signature": ""},
        {"X_Slack_Request_Timestamp": "soon"},
        {"X_Slack_Request_Timestamp": "١٢"},
        {"X_Slack_Request_Timestamp": ""},
    ],
)
async def test_attack_a_signature_that_is_none_is_refused(hook: Hook, headers: dict[str, str]) -> None:
    """Letters where digits belong break nothing."""
    assert (await hook.deliverer().raw("payload=%7B%7D", FORM, **headers)).status == 401


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"\xff\xfe", FORM, 400),
        ("payload={", FORM, 400),
        ("[]", "application/json", 400),
        ("{}", "application/json", 200),
        (json.dumps({"type": "block_actions"}), "application/json", 400),
        (json.dumps({"type": "view_submission", "user": {"id": "U"}}), "application/json", 400),
        (json.dumps({"type": "brand_new", "user": {"id": 7}}), "application/json", 200),
        (json.dumps({"type": "brand_new", "user": 7}), "application/json", 400),
        (b"x" * (8 * 2**20 + 1), FORM, 413),
    ],
)
async def test_attack_what_is_no_delivery_breaks_nothing(hook: Hook, body: bytes | str, kind: str, status: int) -> None:
    """Bytes that are no text, half a payload, other shapes, types nobody knows, a flood."""
    answer = await hook.deliverer().raw(body, kind)
    assert answer.status == status
    assert hook.inlet.heard == []
    assert "Traceback" not in answer.text


async def test_half_a_character_and_marks_of_direction_come_through(hook: Hook) -> None:
    """What was typed is brought as it was; the talk makes it storable."""
    strange = "\ud800 \u202e逆\u202c \u200d\0"
    assert (await hook.deliverer().interaction(form(hook, {"what": strange}))).status == 200
    (event,) = hook.inlet.events
    assert isinstance(event, Filled)
    assert event.answers["what"] == strange


async def test_a_window_of_an_older_program_loses_no_words(hook: Hook) -> None:
    """Metadata that cannot be read: the form is one of a screen that has passed."""
    hook.window["private_metadata"] = "{broken"
    assert (await hook.deliverer().interaction(form(hook))).status == 200
    assert hook.inlet.events == [Filled("", SENT, "next", -1)]


async def test_slack_may_check_the_address(hook: Hook) -> None:
    """The challenge comes back, once it is signed."""
    asked = json.dumps({"type": "url_verification", "challenge": "c0ffee"})
    answer = await hook.deliverer().raw(asked, "application/json")
    assert (answer.status, json.loads(answer.text)) == (200, {"challenge": "c0ffee"})


async def test_when_no_window_opens_the_person_is_told(hook: Hook) -> None:
    """Slack is out of reach, so the answer to the command itself says so, to them alone."""
    answer = await hook.deliverer().command(command="/report", team_id=TEAM, user_id=REPORTER, trigger_id="1", text="")
    assert answer.status == 200
    assert json.loads(answer.text)["response_type"] == "ephemeral"


async def test_nothing_of_a_delivery_reaches_the_log(hook: Hook, caplog: pytest.LogCaptureFixture) -> None:
    """Neither words nor names, whatever goes wrong; not even where everything is logged."""
    caplog.set_level(logging.DEBUG)
    deliverer = hook.deliverer()
    await deliverer.interaction(form(hook, {"what": "canary-words"}))
    hook.inlet.fault = ValueError("canary-words")
    await deliverer.interaction(form(hook, {"what": "canary-words 2"}))
    await hook.deliverer("another").interaction(form(hook, {"what": "canary-words"}))
    await deliverer.raw("payload={canary-words", FORM)
    await deliverer.event({"type": "message", "user": REPORTER, "channel": "C1", "ts": "1.1", "text": "canary-words"})
    logged = "\n".join(record.getMessage() for record in caplog.records)
    assert not [canary for canary in ("canary-words", REPORTER) if canary in logged]
