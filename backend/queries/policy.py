"""What an organ has set, for those who act by it."""

from backend.contract import InForce
from backend.ports import Work


def in_force(work: Work) -> InForce:
    """The policy and the version of the rules that count today; the standard profile where nothing is published."""
    published = work.rosters.published()
    return InForce(policy=work.policy, rules_version=published.rules.version if published else 0)
