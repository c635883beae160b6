"""One transaction in one organ's rows, and the store that runs it."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from backend.contract import Policy
from backend.domain.people import Caller
from backend.ports.cases import Cases
from backend.ports.checkpoints import CheckpointBook
from backend.ports.duties import Duties
from backend.ports.erasure import Erasure
from backend.ports.figures import Figures, Surveys
from backend.ports.files import Batch, Files
from backend.ports.grants import Grants
from backend.ports.improving import Improvements, Releases
from backend.ports.materials import CaseMaterials
from backend.ports.notices import Dues, Notices
from backend.ports.outbox import Outbox
from backend.ports.oversight import Absences, Links, Oversight, Proposals
from backend.ports.retention import Retention
from backend.ports.rosters import Rosters
from backend.ports.secrecy import Declarations, Keys
from backend.ports.tokens import Tokens

T = TypeVar("T")


class Work(Protocol):
    """One transaction in one organ's rows."""

    @property
    def organ(self) -> str:
        """The organ that every row read or written here belongs to."""

    @property
    def cases(self) -> Cases:
        """Its cases."""

    @property
    def grants(self) -> Grants:
        """Who may open them: the one door to grants."""

    @property
    def keys(self) -> Keys:
        """Who holds which of them, and where fresh ones are owed."""

    @property
    def declarations(self) -> Declarations:
        """What its members have said before they went near cases."""

    @property
    def retention(self) -> Retention:
        """How long they are kept, and what is left of them."""

    @property
    def erasure(self) -> Erasure:
        """Their erasure keys, which know of no transaction."""

    @property
    def duties(self) -> Duties:
        """What is owed on them."""

    @property
    def notices(self) -> Notices:
        """What its mechanism has told their reporters."""

    @property
    def dues(self) -> Dues:
        """What the clock has to do in them."""

    @property
    def policy(self) -> Policy:
        """What it has set; the standard profile until it has published something."""

    @property
    def tokens(self) -> Tokens:
        """What leads to its cases."""

    @property
    def checkpoints(self) -> CheckpointBook:
        """What proves its logs."""

    @property
    def files(self) -> Files:
        """Its sealed files."""

    @property
    def batch(self) -> Batch:
        """What its staff do not see yet."""

    @property
    def outbox(self) -> Outbox:
        """What must leave it."""

    @property
    def rosters(self) -> Rosters:
        """What it has published."""

    @property
    def figures(self) -> Figures:
        """What is counted of its operation."""

    @property
    def surveys(self) -> Surveys:
        """What people answer about its mechanism."""

    @property
    def releases(self) -> Releases:
        """What it releases to the public."""

    @property
    def improvements(self) -> Improvements:
        """What it does about its mechanism."""

    @property
    def materials(self) -> CaseMaterials:
        """Its cases as they may be handed on."""

    @property
    def oversight(self) -> Oversight:
        """Its cases as they are overseen."""

    @property
    def proposals(self) -> Proposals:
        """What waits for approval."""

    @property
    def absences(self) -> Absences:
        """Who is away."""

    @property
    def links(self) -> Links:
        """Which of its cases belong together."""


class CaseStore(Protocol):
    """Where cases are kept. Every method raises `StoreUnavailableError` when it cannot answer now."""

    async def write(self, organ: str, act: Callable[[Work], T], *, is_bulky: bool = False) -> T:
        """Run an act in one transaction and answer when it is on disk; an act that answers `Refused` is undone.

        `is_bulky` says that it takes long enough for others to notice, such as writing a large file.
        """

    async def read(self, organ: str, ask: Callable[[Work], T]) -> T:
        """Run a question on one consistent state; writing in it fails."""

    async def staff_with(self, credential_hash: bytes) -> Caller | None:
        """The one staff member, of whichever organ, whose newest credential has this SHA-256."""

    async def scrub(self) -> None:
        """See that what was deleted is not left behind in side files."""

    async def scour(self) -> None:
        """See that what was destroyed is not left behind in free space either; this may take long."""

    async def ailments(self) -> Mapping[str, str]:
        """What keeps the store from working, by part; empty when it can take a report. Never raises."""

    async def close(self) -> None:
        """Finish what was begun and let go."""
