"""What an answer of Telegram means, read without the library's habit of logging what it cannot read."""

import logging

import pytest
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.calls import meaning
from bot.channels.telegram.request import AiohttpRequest, FloodedError, NotReachedError, judged
from bot.ports.channel import ChannelError, ClosedError, NotSentError, Standing, UnclearError


@pytest.mark.parametrize("payload", [b"", b"<html>", b"[]", b"\xff\xfe", b"null"])
def test_what_is_no_answer_is_an_error_and_is_not_logged(payload: bytes, caplog: pytest.LogCaptureFixture) -> None:
    """A proxy's page may hold anything."""
    caplog.set_level(logging.DEBUG)
    with pytest.raises(TelegramError):
        AiohttpRequest.parse_json_payload(payload)
    assert caplog.records == []


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        (b'{"parameters": {"retry_after": 7}}', 7.0),
        (b'{"parameters": {"retry_after": -7}}', 0.0),
        (b'{"parameters": {}}', 1.0),
        (b'{"parameters": {"retry_after": "soon"}}', 1.0),
        (b"[]", 1.0),
        (b"<html>", 1.0),
    ],
)
def test_how_long_to_wait_is_read_with_care(body: bytes, seconds: float) -> None:
    """A second where the answer does not say."""
    with pytest.raises(FloodedError) as flooded:
        judged(429, body)
    assert flooded.value.seconds == seconds


@pytest.mark.parametrize("status", [502, 504])
def test_a_gateway_that_gives_up_says_nothing_of_what_happened(status: int) -> None:
    """The message may have arrived."""
    with pytest.raises(TimedOut):
        judged(status, b"")


@pytest.mark.parametrize("status", [200, 400, 403, 500])
def test_what_the_library_understands_is_left_to_it(status: int) -> None:
    """It gives the body of an error its name."""
    assert judged(status, b"{}") == (status, b"{}")


@pytest.mark.parametrize(
    ("fault", "error", "seconds"),
    [
        (FloodedError(30), NotSentError, 30),
        (NotReachedError("refused"), NotSentError, 1),
        (TimedOut(), UnclearError, None),
        (NetworkError("Internal Server Error (500)"), NotSentError, 5),
        (BadRequest("Bad Request: message text is empty"), NotSentError, 60),
        (BadRequest("Bad Request: chat not found"), ClosedError, None),
        (Forbidden("Forbidden: bot was blocked by the user"), ClosedError, None),
        (Forbidden("Forbidden: user is deactivated"), ClosedError, None),
        (InvalidToken(), NotSentError, 60),
        (TelegramError("not an answer"), UnclearError, None),
    ],
)
def test_what_became_of_a_message_is_one_of_four_things(
    fault: TelegramError, error: type[ChannelError], seconds: float | None
) -> None:
    """It arrived, it did not, nobody knows, it never will; and the screen stands where it stood."""
    standing = Standing(("1",), b"memory")
    meant = meaning(fault, standing)
    assert type(meant) is error
    assert meant.standing is standing
    assert getattr(meant, "seconds", None) == seconds
