"""Reads a Slack window as a person does, fills in its fields, and gives what Slack would send for it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.support.slack_peer import REPORTER, TEAM, View

TOKEN = re.compile(r"\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}\b")

Answers = Mapping[str, str | Sequence[str]]


def words_of(window: View) -> str:
    """All words in a window, in order."""
    return "\n".join(_texts(window["blocks"]))


def token_in(window: View) -> str:
    """The reference token in a window, if it shows one."""
    found = TOKEN.search(words_of(window))
    return found[0] if found else ""


def fields_of(window: View) -> dict[str, View]:
    """The fields of a window by what they ask: the question's id, or `words`, `more …`, for those beside a question."""
    return {_asked(block["block_id"]): block for block in window["blocks"] if block["type"] == "input"}


def buttons_of(window: View) -> list[str]:
    """What the buttons of a window are known by."""
    rows = [block["elements"] for block in window["blocks"] if block["type"] == "actions"]
    return [button["action_id"].removeprefix("then.") for row in rows for button in row]


def filled(window: View, answers: Answers, files: Sequence[View] = ()) -> dict[str, dict[str, View]]:
    """The state of a window whose fields hold these answers; others hold what stood there. Files go where they may."""
    return {
        block["block_id"]: {"answer": _value(block["element"], answers.get(question), files)}
        for question, block in fields_of(window).items()
    }


def interaction(kind: str, window: View, values: Mapping[str, Any], button: str = "") -> View:
    """What Slack sends when a form is sent (`view_submission`) or a button pressed in it (`block_actions`)."""
    actions = [{"type": "button", "action_id": f"then.{button}", "block_id": "walk", "action_ts": "1.2"}]
    return {
        "type": kind,
        "team": {"id": TEAM, "domain": "examples"},
        "user": {"id": REPORTER, "username": "hanako", "team_id": TEAM},
        "trigger_id": "1.2.abc",
        "view": {**window, "state": {"values": values}},
        **({"actions": actions, "container": {"type": "view", "view_id": window["id"]}} if button else {}),
    }


def _asked(name: str) -> str:
    kind, part, _, question = name.split(":", 3)
    more = f" {part}" if part != "0" else ""
    return {"words": "words", "more": f"more {question}"}.get(kind, question) + more


def _value(element: View, answer: str | Sequence[str] | None, files: Sequence[View]) -> View:
    kind = element["type"]
    if kind == "plain_text_input":
        return {"type": kind, "value": answer if answer is not None else element.get("initial_value")}
    if kind == "file_input":
        return {"type": kind, "files": list(files)}
    if kind in ("checkboxes", "multi_static_select"):
        ticked = [option for option in element["options"] if option["value"] in answer] if answer is not None else []
        return {"type": kind, "selected_options": ticked if answer is not None else element.get("initial_options", [])}
    picked = next((option for option in element["options"] if option["value"] == answer), None)
    return {"type": kind, "selected_option": picked or element.get("initial_option")}


def _texts(blocks: Sequence[View]) -> Iterator[str]:
    for block in blocks:
        for part in (block.get("text"), block.get("label"), block.get("hint"), *block.get("elements", ())):
            if isinstance(part, dict) and isinstance(part.get("text"), str):
                yield part["text"]
