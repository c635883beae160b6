"""What the pages say about the organ and this installation: values, filled in from settings and roster."""

from msgspec import Struct, field

from bot.conversation.house_style import OwnRules
from bot.conversation.organ import InLanguages
from bot.conversation.promises import USUAL, Promise


class SiteDesk(Struct, frozen=True):
    """A desk as the public page lists it; `kind` is internal, external or branch."""

    name: InLanguages
    kind: str
    contact: InLanguages = {}


class Site(Struct, frozen=True, kw_only=True):
    """The organ, its desks and addresses, and what this server takes."""

    organ: InLanguages
    desks: tuple[SiteDesk, ...] = ()
    #: Where the official addresses are listed outside of this service; empty when nowhere.
    official_page: str = ""
    #: This service's own addresses, the official ones first (https, onion).
    addresses: tuple[str, ...] = ()
    #: Safer ways to reach it, by channel, as the roster has them.
    safer: dict[str, str] = {}
    #: Whom to call at the organ when in danger, besides police and ambulance.
    danger: InLanguages = {}
    #: What is promised for a report of today, by obligation.
    promises: dict[str, Promise] = field(default_factory=lambda: dict(USUAL))
    #: The organ's own rules on reports.
    rules: OwnRules = OwnRules()
    #: For so long a draft is kept.
    draft_hours: int = 24
    max_file_mib: int = 32
    #: Served over TLS: cookies are marked Secure and named `__Host-…`.
    secure: bool = False
