"""The manifest that operators paste into Slack fits what the bot does."""

from typing import Any

import pytest
import yaml

from bot.channels.slack.app import PATH
from bot.channels.slack.modal import CALLBACK
from tests.support.repository import ROOT


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """The one in the documentation."""
    words = (ROOT / "docs/slack.md").read_text()
    found: dict[str, Any] = yaml.safe_load(words.partition("```yaml")[2].partition("```")[0])
    return found


def test_everything_comes_in_at_one_address(manifest: dict[str, Any]) -> None:
    """Command, events and windows."""
    (command,) = manifest["features"]["slash_commands"]
    settings = manifest["settings"]
    addresses = {command["url"], *(settings[part]["request_url"] for part in ("event_subscriptions", "interactivity"))}
    assert addresses == {f"https://desk.example.org{PATH}"}
    assert command["command"] == "/report"
    assert [shortcut["callback_id"] for shortcut in manifest["features"]["shortcuts"]] == [CALLBACK]


def test_the_app_may_do_what_it_does_and_no_more(manifest: dict[str, Any]) -> None:
    """It reads no history, opens no chat, and knows nobody's profile."""
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == {
        "commands",
        "files:read",
        "chat:write",
        "app_mentions:read",
    }
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == ["app_mention"]
    assert not manifest["features"]["app_home"]["messages_tab_enabled"]


def test_what_slack_shows_of_it_is_short_enough(manifest: dict[str, Any]) -> None:
    """Slack refuses a manifest whose names are longer."""
    (shortcut,) = manifest["features"]["shortcuts"]
    assert len(shortcut["name"]) <= 24
    assert len(shortcut["description"]) <= 150
    assert len(manifest["display_information"]["name"]) <= 35
