"""The one door to the grants of cases: whoever needs a grant kept, given or dropped asks here."""

from collections.abc import Sequence
from typing import Protocol

from backend.contract import Compartment, SealedGrant


class Grants(Protocol):
    """The grants of one organ's cases, each laid under its case's erasure key while it is kept."""

    def add_grants(self, number: str, grants: Sequence[SealedGrant]) -> None:
        """Keep grants of a case, each in the place of one that the holder had for that key of that compartment.

        Whoever has declared a conflict of interest in the case is passed over, for good.
        A case whose erasure key is missing takes none: raises `StoreUnavailableError`.
        """

    def grants_of(self, number: str, holder: str) -> Sequence[SealedGrant]:
        """The grants that a holder has in a case, as they were sealed; none, if its erasure key is missing."""

    def drop_grants(self, number: str, holder: str, compartment: Compartment | None = None) -> int:
        """Drop a holder's grants in a case, or the one for a compartment; how many they were."""

    def adopt_some(self) -> int:
        """Lay grants from before there were erasure keys under one; of how many cases. Not all at once."""
