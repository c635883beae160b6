"""The bot's settings, from the environment, checked whole at start.

Every setting is a `MADOGUCHI_…` variable. A faulty one is named together with all others, in one error; nothing starts
half set. Secrets are never settings: settings name the files that hold them.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

#: An Ed25519 public key, RFC 8032.
PIN_BYTES = 32
#: How a store on a server is reached.
STORES = frozenset({"redis", "rediss", "unix", "redis+sentinel"})


class SettingsFaultyError(Exception):
    """The operator must mend the environment; `faults` has one sentence a fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _pins(given: Any) -> Any:  # noqa: ANN401 - whatever the environment holds
    if not isinstance(given, str):
        return given
    try:
        pins = tuple(b64decode(pin, validate=True) for pin in given.replace(",", " ").split())
    except NotBase64 as error:
        message = "is not base64"
        raise ValueError(message) from error
    if any(len(pin) != PIN_BYTES for pin in pins):
        message = f"must be public keys of {PIN_BYTES} bytes, in base64, separated by spaces"
        raise ValueError(message)
    return pins


def _store(given: str) -> str:
    url = urlsplit(given)
    if given and url.scheme not in STORES:
        message = f"must begin with one of {', '.join(sorted(STORES))}, each with ://"
        raise ValueError(message)
    if url.password or "password=" in url.query:
        message = "must not hold a password: MADOGUCHI_STORE_PASSWORD names the file that does"
        raise ValueError(message)
    return given


class BotSettings(BaseSettings):
    """What the bot needs to know to run."""

    model_config = SettingsConfigDict(env_prefix="MADOGUCHI_", env_ignore_empty=True, frozen=True, extra="ignore")

    organ: str = Field("demo", description="Id of the organ whose reports this bot takes.")
    organ_pins: Annotated[tuple[bytes, ...], NoDecode, BeforeValidator(_pins)] = Field(
        (), description="Public keys (base64, separated by spaces) whose signatures make a roster of the organ."
    )
    organ_threshold: int = Field(1, ge=1, description="How many of the pinned keys must have signed a roster.")
    data: Path = Field(Path("var"), description="Folder for what is stored: `bot.db` and the sockets.")
    store_url: Annotated[str, AfterValidator(_store)] = Field(
        "",
        description="Redis server that keeps talks and return addresses instead of `bot.db`, for several bots: "
        "`redis://…`, `rediss://…` (TLS), `unix://…`, or `redis+sentinel://host,host/name`.",
    )
    store_password: Path | None = Field(None, description="File with the password of that server.")
    keys: Path = Field(Path("keys"), description="Folder for keys; keep it on another disk than the data.")
    backend_url: str = Field(
        "unix:var/backend.sock", description="Where the case store answers: `http(s)://…`, or `unix:` and a path."
    )
    intake_credential: Path = Field(
        Path("keys/intake.token"), description="File with the bearer token that the case store gave this bot."
    )
    host: str = Field("127.0.0.1", description="Address the reporter's web chat listens on.")
    port: int = Field(8080, ge=0, le=65535, description="Port of the reporter's web chat and of the public pages.")
    public_url: str = Field(
        "", description="Official address of the web chat, as shown to people; else where it listens."
    )
    official_page: str = Field(
        "", description="Page outside of this service that lists the official addresses, if any."
    )
    danger_contact: dict[str, str] = Field(
        default_factory=dict, description='Whom to call at the organ when in danger: `{"ja": "…", "en": "…"}`.'
    )
    slack_token: Path | None = Field(
        None, description="File with the bot token (`xoxb-…`) of the organ's Slack app; without it there is no Slack."
    )
    slack_signing_secret: Path = Field(
        Path("keys/slack-signing-secret"), description="File with the signing secret of that app."
    )
    slack_api: str = Field("https://slack.com/api/", description="Where Slack's Web API answers.")
    telegram_token: Path | None = Field(
        None, description="File with the token of the organ's Telegram bot; without it there is no Telegram."
    )
    telegram_secret: Path | None = Field(
        None, description="File with the secret that Telegram's calls must bear; without it the bot asks for updates."
    )
    telegram_api: str = Field("https://api.telegram.org", description="Where Telegram's Bot API answers.")
    max_file_mib: int = Field(32, ge=1, le=256, description="Largest file that is taken, in MiB.")
    draft_hours: int = Field(
        24,
        ge=4,
        le=72,
        description="Hours for which a draft is kept after its writer last did something; they are told 3 before.",
    )
    announce_within: float = Field(
        1800,
        ge=0,
        description="Seconds within which an answer is announced, at a random moment, to those who asked for it.",
    )

    @property
    def shown_url(self) -> str:
        """Return the address that people are told."""
        return self.public_url or f"http://{self.host}:{self.port}/"


def read_settings(**given: Any) -> BotSettings:  # noqa: ANN401 - any setting
    """Read the environment; `given` goes before it. Raises `SettingsFaultyError` naming every fault."""
    try:
        return BotSettings(**given)
    except ValidationError as error:
        raise SettingsFaultyError([_sentence(dict(fault)) for fault in error.errors()]) from error


def _sentence(fault: dict[str, Any]) -> str:
    name = "_".join(str(part) for part in fault["loc"])
    return f"MADOGUCHI_{name.upper()}: {fault['msg']}"
