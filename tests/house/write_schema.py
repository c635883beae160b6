"""Writes the JSON Schema of a flow into docs/flow.schema.json: `python -m tests.house.write_schema` from the root."""

import json
from pathlib import Path

import msgspec

from bot.conversation.form import Form
from tests.support.repository import ROOT

DOCUMENT = Path("docs/flow.schema.json")


def written() -> str:
    """The document as it should be."""
    schema = msgspec.json.schema(Form)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A flow of Madoguchi's talk"}
    return json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    (ROOT / DOCUMENT).write_text(written())
