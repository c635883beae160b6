"""Canaries put into log records do not come out."""

import json

import pytest

from backend.logs import make_log, only_allowed, where

CANARY = "canary 7K3QH-2M9XV"


def test_only_names_on_the_list_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that nobody has judged harmless is dropped together with its value."""
    make_log().error("request_failed", kind="ValueError", text=CANARY, token=CANARY, address="a@example.org")
    record = json.loads(capsys.readouterr().err)
    assert set(record) == {"event", "kind", "level", "timestamp"}
    assert record["event"] == "request_failed"


@pytest.mark.parametrize("value", [CANARY, "x" * 81, "日本", "a@b", b"bytes", ["list"], None, 1.5, "two\nlines"])
def test_a_value_that_is_no_short_plain_word_is_dropped(value: object) -> None:
    """Even under a name on the list."""
    assert only_allowed(None, "", {"kind": value, "count": 3}) == {"count": 3}


def test_records_name_the_minute_and_not_the_second(capsys: pytest.CaptureFixture[str]) -> None:
    """Finer times would tie a record to a person's act."""
    make_log().warning("sweep_put_off")
    assert json.loads(capsys.readouterr().err)["timestamp"].count(":") == 1


def test_the_place_of_a_failure_is_named_without_its_message() -> None:
    """Module and line are enough to find it; the message may quote what was sent."""
    with pytest.raises(ValueError, match="invalid literal") as raised:
        int(CANARY)
    place = where(raised.value)
    assert place.startswith(f"{__name__}:")
    assert CANARY not in place
    assert where(ValueError(CANARY)) == "nowhere:0"
