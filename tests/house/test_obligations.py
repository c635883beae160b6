"""What is demanded is proven, and the README says where."""

from tests.house.list_obligations import DOCUMENT, ROWS, document, proofs
from tests.support.repository import ROOT


def test_every_obligation_has_a_test_that_opens_with_its_id() -> None:
    """A row without a proof is a promise; and no test proves a row that is not demanded."""
    assert sorted(proofs()) == [row[0] for row in ROWS]


def test_the_list_in_the_readme_is_fresh() -> None:
    """`python -m tests.house.list_obligations` writes it again."""
    assert (ROOT / DOCUMENT).read_text() == document(), "stale: run python -m tests.house.list_obligations"
