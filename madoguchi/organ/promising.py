"""What reporters are told of an organ's policy and rules, as it goes into the signed roster.

The case store has the policy in clear and could be made to lie about it; what a person is promised comes from the
document that the organ signed.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from backend.contract import Edition, Obligation, Policy, Rules
from bot.conversation.house_style import HouseStyle, OwnRules
from bot.conversation.promises import PROMISED, Promise
from bot.conversation.promises import Law as LawTold


def with_promises(style: HouseStyle, policy: Policy, rules: Rules) -> HouseStyle:
    """Return the style with the rules, and with what the policy promises from which day on."""
    promises = {name: tuple(_dated(policy.editions, Obligation(name))) for name in PROMISED}
    return replace(
        style,
        rules=OwnRules(rules.version, rules.text),
        promises={name: dated for name, dated in promises.items() if dated},
        laws=laws_of(policy),
        time_zone=policy.time_zone,
    )


def laws_of(policy: Policy) -> tuple[LawTold, ...]:
    """Return what the law says by topic, and since when."""
    return tuple(LawTold(law.topic, law.since.isoformat(), law.code) for law in policy.laws)


def _dated(editions: tuple[Edition, ...], obligation: Obligation) -> Iterator[Promise]:
    """Yield what holds from which day on; an edition that changes nothing is left out."""
    last: Promise | None = None
    for edition in editions:
        period = next((each for each in edition.periods if each.obligation is obligation), None)
        new = Promise(
            edition.since.isoformat(),
            period.counts if period else (),
            period.unit.value if period else "days",
        )
        known = last or Promise(new.since)
        if replace(known, since=new.since) != new:
            yield (last := new)
