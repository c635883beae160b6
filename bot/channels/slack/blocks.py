"""The pieces that a Slack window is built of, each within Slack's limits (docs.slack.dev/reference/block-kit).

Pure. Everything is plain text: nobody's words are read as markup, so they can neither mention anyone nor hide a link.
Words that would not fit are split into further pieces, labels that would not fit are cut; no piece is empty.
"""

from collections.abc import Iterable, Iterator, Sequence

from bot.channels.splitting import in_utf16, split

#: Of one section of text.
SECTION = 3000
#: Of a heading, of a field's prompt and hint, of a button, of an option, of a window's title and its two buttons.
HEADING, PROMPT, BUTTON, OPTION, TITLE = 150, 2000, 75, 75, 24
#: What one field takes.
FIELD = 3000
#: Options that can be shown open, and in a list that folds out.
FEW, MANY = 10, 100

Block = dict[str, object]


def plain(words: str, limit: int) -> Block:
    """Give words as a text object; what is over the limit is cut off with an ellipsis."""
    return {"type": "plain_text", "text": _shortened(words, limit), "emoji": False}


def _shortened(words: str, limit: int) -> str:
    """Cut words to so many UTF-16 units, between two characters as people see them."""
    return words if in_utf16(words) <= limit else f"{_first(words, limit - 1)}…"


def sections(words: str) -> Iterator[Block]:
    """Give words of any length as sections."""
    for piece in split(words.strip(), SECTION, in_utf16):
        if piece.strip():
            yield {"type": "section", "text": plain(piece.strip(), SECTION)}


def heading(words: str) -> Block:
    """Give a heading."""
    return {"type": "header", "text": plain(words, HEADING)}


def aside(words: str) -> Block:
    """Give small grey words."""
    return {"type": "context", "elements": [plain(words, PROMPT)]}


def code(words: str) -> Block:
    """Give letters and digits in a frame of their own, easy to compare and to copy."""
    # The one piece of markup; backticks would end it early.
    return {"type": "section", "text": {"type": "mrkdwn", "text": f"```{words.replace('`', '')}```", "verbatim": True}}


def divider() -> Block:
    """Give a line."""
    return {"type": "divider"}


def buttons(block_id: str, labels: Iterable[tuple[str, str]]) -> Block:
    """Give a row of buttons: what each is known by, and what stands on it."""
    return {
        "type": "actions",
        "block_id": block_id,
        "elements": [
            {"type": "button", "action_id": action, "text": plain(label, BUTTON), "value": action}
            for action, label in labels
        ],
    }


def field(block_id: str, prompt: str, element: Block, *, hint: str = "", optional: bool = True) -> Block:
    """Give a field of the form around what is filled in there."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(prompt, PROMPT),
        "element": {**element, "action_id": "answer"},
        "optional": optional,
        **({"hint": plain(hint, PROMPT)} if hint else {}),
    }


def words_in(answer: str, *, lines: bool) -> Block:
    """Give a field for words with what stands there already, `FIELD` units at most."""
    standing: Block = {"initial_value": answer} if answer else {}
    return {"type": "plain_text_input", "multiline": lines, "max_length": FIELD, **standing}


def pick(options: Sequence[tuple[str, str]], chosen: Sequence[str], *, several: bool) -> Block:
    """Give a choice of at most `MANY` options (value, label): open where they are few, else in a list."""
    made = [{"text": plain(label, OPTION), "value": value} for value, label in options]
    ticked = [option for option in made if option["value"] in chosen]
    if several:
        kind = "checkboxes" if len(made) <= FEW else "multi_static_select"
        return {"type": kind, "options": made, **({"initial_options": ticked} if ticked else {})}
    kind = "radio_buttons" if len(made) <= FEW else "static_select"
    return {"type": kind, "options": made, **({"initial_option": ticked[0]} if ticked else {})}


def _first(words: str, limit: int) -> str:
    return split(words, limit, in_utf16)[0].rstrip()
