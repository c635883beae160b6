"""Turns a screen of the talk into a Slack window. Pure: no request, no call, nothing of Slack's library.

Said, summary, token and letters stand above the fields of the group that is asked; commands are buttons below. A window
holds 100 blocks and 250 KB at the most: fields and buttons always fit, and where the words above them do not, it is
said that they go on.
"""

from collections.abc import Iterable, Iterator

from bot.channels.parting import parted
from bot.channels.render import letter_words, line_words, token_blocks
from bot.channels.slack.blocks import SECTION, TITLE, Block, aside, buttons, code, divider, heading, plain, sections
from bot.channels.slack.fields import MENU, ROOM, Sheet, fields
from bot.channels.slack.marks import Note
from bot.channels.splitting import in_utf16
from bot.channels.wording import Wording
from bot.conversation.days import day_params
from bot.conversation.effects import Ask, Say, ShowInbox, ShowSummary, ShowToken, Visible
from bot.conversation.events import Command
from bot.ports.talking import InboxPage, View

#: What all our windows go by.
CALLBACK = "report"
#: Before the command that a button gives.
THEN = "then."

#: Blocks in one window.
_BLOCKS = 100
#: Units of words above the fields, so that a whole window stays below 250 KB even with every letter escaped.
_WORDS = 30_000 - ROOM

#: A form shows what stands there and lets it be changed: no button empties an answer. Its own button does the rest.
_NEEDLESS = frozenset((Command.REWRITE, Command.DONE))
_WALKING = (Command.BACK, Command.SKIP)
#: What stands on the form's own button: a letter outside of the questions is sent, anything else goes on.
_SUBMITS = {"next": "button.next", Command.DONE.value: "button.send"}
#: Shown with a mark, so that a warning is one without colours.
_MARKS = {"warning": "⚠ ", "notice": "", "good": "", "plain": ""}


def modal(view: View, wording: Wording, max_file_mib: int, first_words: str = "") -> Block:
    """Return the window that shows a screen; `first_words` stand where a story may be typed before any question."""
    ask = None if view.over else next((item for item in view.items if isinstance(item, Ask)), None)
    sheet = Sheet(view.language, wording, f"{view.turn}.{view.page}", max_file_mib)
    form = fields(ask, sheet, first_words) if ask else ()
    rows = () if view.over else tuple(_rows(ask, sheet))
    room = _BLOCKS - len(form) - len(rows) - 1
    blocks = [*_within(_shown(view, ask, wording), room, sheet.label("slack.cut")), *form, *rows]
    then = Command.DONE.value if ask and Command.DONE in ask.commands and not ask.step else "next"
    note = Note(ask.group if ask else "", view.turn, view.page, then, view.language)
    submit = {"submit": plain(sheet.label(_SUBMITS[then]), TITLE)} if form else {}
    return {**_window(sheet.language, wording, blocks), **submit, "private_metadata": note.written()}


def notice(wording: Wording, label: str, language: str = "") -> Block:
    """Return a window that only says one thing: that something is under way, or could not be done."""
    return _window(language, wording, list(sections(wording.label(language, label))))


def _window(language: str, wording: Wording, blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain(wording.label(language, "slack.title"), TITLE),
        "close": plain(wording.label(language, "slack.close"), TITLE),
        "blocks": blocks,
    }


def _rows(ask: Ask | None, sheet: Sheet) -> Iterator[Block]:
    offered = ask.commands if ask else ()
    walking = [command.value for command in _WALKING if command in offered]
    others = dict.fromkeys([*offered, Command.HELP.value])
    leading = [name for name in others if name not in _NEEDLESS and name not in walking]
    for row, names in (("walk", walking), ("lead", leading)):
        if names:
            labels = [(f"{THEN}{name}", sheet.label(f"button.{name}")) for name in names]
            yield buttons(f"{row}.{sheet.screen}", labels)
    if ask and ask.group == MENU:
        yield aside(sheet.label("slack.again"))


def _shown(view: View, ask: Ask | None, wording: Wording) -> Iterator[Block]:
    if ask and (ask.title or ask.step):
        progress = f"{ask.step} / {ask.steps}" if ask.step else ""
        title = wording.text(view.language, ask.title) if ask.title else ""
        yield heading("  ".join(part for part in (progress, title) if part))
    for item in view.items:
        yield from _item(item, view, wording)


def _item(item: Visible, view: View, wording: Wording) -> Iterator[Block]:
    language = view.language
    match item:
        case Say():
            yield from sections(f"{_MARKS.get(item.tone, '')}{wording.text(language, item.text)}")
        case ShowSummary():
            yield divider()
            for line in item.lines:
                yield aside(wording.text(language, line.label))
                yield from sections(line_words(line, language, wording))
        case ShowToken() if view.token:
            yield aside(wording.label(language, "token.once"))
            symbols, *other = token_blocks(view, wording)
            yield code(symbols)
            if other:
                yield aside(other[0])
                yield code(other[1])
        case ShowInbox() if view.inbox is not None:
            yield from _inbox(view.inbox, language, wording)


def _inbox(inbox: InboxPage, language: str, wording: Wording) -> Iterator[Block]:
    stage = wording.stage(language, inbox.stage)
    yield heading(wording.label(language, "inbox.title"))
    yield from sections(wording.label(language, "inbox.case", number=inbox.case_number, desk=inbox.desk))
    yield aside(wording.label(language, "inbox.stage", stage=stage, **day_params("day", inbox.received_on.isoformat())))
    if inbox.refused or inbox.gaps:
        yield from sections(wording.label(language, "inbox.missing", refused=str(inbox.refused), gaps=str(inbox.gaps)))
    for above, letter in parted(inbox.letters):
        if above:
            yield heading(wording.label(language, above))
        yield divider()
        yield from sections(letter_words(letter, language, wording))
    yield aside(wording.label(language, "inbox.safe" if inbox.letters else "inbox.empty"))


def _within(shown: Iterable[Block], room: int, cut: str) -> Iterator[Block]:
    """Give as many blocks as there is room for; where some are left out, say so."""
    left = _WORDS
    for block in shown:
        left -= _units(block)
        room -= 1
        if room < 1 or left < 0:
            yield aside(cut)
            return
        yield block


def _units(block: Block) -> int:
    text = block.get("text")
    return in_utf16(str(text["text"])) if isinstance(text, dict) else SECTION // 30
