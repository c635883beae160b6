"""What Slack sends, as far as it is read here (docs.slack.dev/reference/interaction-payloads).

Only shapes: what they mean is decided in `happened`. Names and pictures of people are not read.
"""

from msgspec import Struct


class Named(Struct, frozen=True):
    """Anything known by an id."""

    id: str


class Person(Struct, frozen=True):
    """Who acted; `team_id` is where they have their account."""

    id: str
    team_id: str | None = None


class SlackFile(Struct, frozen=True):
    """A file that was chosen in a form; its bytes are behind `url_private`."""

    id: str = ""
    name: str | None = None
    mimetype: str | None = None
    url_private: str | None = None


class Picked(Struct, frozen=True):
    """An option."""

    value: str = ""


class Value(Struct, frozen=True):
    """What stands in a field."""

    value: str | None = None
    selected_option: Picked | None = None
    selected_options: tuple[Picked, ...] | None = None
    files: tuple[SlackFile, ...] | None = None


class Values(Struct, frozen=True):
    """What stands in all fields: by name of the block, then by name of the element."""

    values: dict[str, dict[str, Value]] = {}


class Window(Struct, frozen=True):
    """An open window. `hash` changes with everything that is shown in it."""

    id: str
    hash: str = ""
    private_metadata: str = ""
    state: Values | None = None


class Pressed(Struct, frozen=True):
    """A button."""

    action_id: str = ""


class Interaction(Struct, frozen=True):
    """Somebody used a shortcut, sent a form, or pressed a button."""

    type: str
    user: Person
    team: Named | None = None
    trigger_id: str = ""
    view: Window | None = None
    actions: tuple[Pressed, ...] = ()


class SlashCommand(Struct, frozen=True):
    """Somebody typed `/report`, perhaps with words behind it."""

    team_id: str
    user_id: str
    trigger_id: str
    text: str = ""


class Message(Struct, frozen=True):
    """What was typed into a channel: by whom and where, and nothing of what it says."""

    type: str = ""
    subtype: str | None = None
    bot_id: str | None = None
    user: str = ""
    channel: str = ""
    ts: str = ""


class EventCallback(Struct, frozen=True):
    """Something happened in a channel."""

    event: Message
