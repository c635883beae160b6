"""One transaction in one organ's rows, as the ports see it."""

from functools import cached_property
from typing import Final

from sqlalchemy import Connection

from backend.contract import Policy
from backend.profiles import profile
from backend.storage.absences import SqlAbsences, SqlLinks
from backend.storage.batch import SqlBatch
from backend.storage.cases import SqlCases
from backend.storage.checkpoints import SqlCheckpoints
from backend.storage.duties import SqlDuties
from backend.storage.erasure import ErasureKeys
from backend.storage.figures import SqlFigures
from backend.storage.files import SqlFiles
from backend.storage.grants import SqlGrants
from backend.storage.improving import SqlImprovements, SqlReleases
from backend.storage.materials import SqlMaterials
from backend.storage.notices import SqlDues, SqlNotices
from backend.storage.outbox import SqlOutbox
from backend.storage.oversight import SqlOversight
from backend.storage.proposals import SqlProposals
from backend.storage.retention import SqlErasure, SqlRetention
from backend.storage.rosters import SqlRosters
from backend.storage.rows import Rows
from backend.storage.secrecy import SqlDeclarations, SqlKeys
from backend.storage.surveys import SqlSurveys
from backend.storage.tokens import SqlTokens


class SqlWork:
    """`ports.Work` over a connection that someone else begins and ends."""

    def __init__(self, connection: Connection, organ: str, keys: ErasureKeys, *, writing: bool) -> None:
        """Bind a connection to one organ for the length of a transaction, of which the erasure keys know nothing."""
        self.organ: Final = organ
        self._keys: Final = keys
        self._rows: Final = Rows(connection, organ, writing=writing)

    @cached_property
    def cases(self) -> SqlCases:
        """Its cases."""
        return SqlCases(self._rows, self.grants)

    @cached_property
    def grants(self) -> SqlGrants:
        """Who may open them."""
        return SqlGrants(self._rows, self._keys)

    @cached_property
    def keys(self) -> SqlKeys:
        """Who holds which of them."""
        return SqlKeys(self._rows)

    @cached_property
    def declarations(self) -> SqlDeclarations:
        """What its members have said."""
        return SqlDeclarations(self._rows)

    @cached_property
    def retention(self) -> SqlRetention:
        """How long they are kept."""
        return SqlRetention(self._rows)

    @cached_property
    def erasure(self) -> SqlErasure:
        """Their erasure keys."""
        return SqlErasure(self._rows, self._keys)

    @cached_property
    def duties(self) -> SqlDuties:
        """What is owed on them."""
        return SqlDuties(self._rows)

    @cached_property
    def notices(self) -> SqlNotices:
        """What its mechanism has told their reporters."""
        return SqlNotices(self._rows)

    @cached_property
    def dues(self) -> SqlDues:
        """What the clock has to do in them."""
        return SqlDues(self._rows)

    @cached_property
    def policy(self) -> Policy:
        """What it has set."""
        published = self.rosters.published()
        return published.policy if published else profile()

    @cached_property
    def tokens(self) -> SqlTokens:
        """What leads to its cases."""
        return SqlTokens(self._rows)

    @cached_property
    def checkpoints(self) -> SqlCheckpoints:
        """What proves its logs."""
        return SqlCheckpoints(self._rows)

    @cached_property
    def files(self) -> SqlFiles:
        """Its sealed files."""
        return SqlFiles(self._rows)

    @cached_property
    def batch(self) -> SqlBatch:
        """What its staff do not see yet."""
        return SqlBatch(self._rows)

    @cached_property
    def outbox(self) -> SqlOutbox:
        """What must leave it."""
        return SqlOutbox(self._rows)

    @cached_property
    def rosters(self) -> SqlRosters:
        """What it has published."""
        return SqlRosters(self._rows)

    @cached_property
    def figures(self) -> SqlFigures:
        """What is counted of its operation."""
        return SqlFigures(self._rows)

    @cached_property
    def surveys(self) -> SqlSurveys:
        """What people answer about its mechanism."""
        return SqlSurveys(self._rows)

    @cached_property
    def releases(self) -> SqlReleases:
        """What it releases to the public."""
        return SqlReleases(self._rows)

    @cached_property
    def improvements(self) -> SqlImprovements:
        """What it does about its mechanism."""
        return SqlImprovements(self._rows)

    @cached_property
    def materials(self) -> SqlMaterials:
        """Its cases as they may be handed on."""
        return SqlMaterials(self._rows)

    @cached_property
    def oversight(self) -> SqlOversight:
        """Its cases as they are overseen."""
        return SqlOversight(self._rows)

    @cached_property
    def proposals(self) -> SqlProposals:
        """What waits for approval."""
        return SqlProposals(self._rows)

    @cached_property
    def absences(self) -> SqlAbsences:
        """Who is away."""
        return SqlAbsences(self._rows)

    @cached_property
    def links(self) -> SqlLinks:
        """Which of its cases belong together."""
        return SqlLinks(self._rows)
