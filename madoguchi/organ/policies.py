"""What an organ sets beside its people: a policy profile with its own changes, and its internal rules.

A list, period or preservation that is given takes the place of the profile's of the same name; all else stays.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from backend.contract import Policy, Rules
from backend.domain.calendar import is_known_country
from backend.profiles import STANDARD, profile, profile_names
from madoguchi.organ.fields import Fields
from madoguchi.words import LANGUAGES


def read_policy(fields: Fields) -> Policy:
    """Return the policy that `[policy]` asks for; what makes no sense in it becomes a fault."""
    given = dict(fields.raw("policy"))
    name = given.pop("profile", STANDARD)
    if name not in profile_names():
        fields.fault(("policy", "profile"), "organ.fault.not_one_of", value=name, known=", ".join(profile_names()))
        return profile()
    base: dict[str, Any] = msgspec.to_builtins(profile(str(name)), builtin_types=(date,))
    if not is_known_country(str(given.get("country", base["country"]))):
        fields.fault(("policy", "country"), "organ.fault.country", value=given["country"])
        return profile()
    try:
        return msgspec.convert(_laid_over(base, given), Policy)
    except (msgspec.ValidationError, TypeError, KeyError, AttributeError) as faulty:
        fields.fault("policy", "organ.fault.policy", why=faulty)
        return profile()


def read_rules(fields: Fields) -> Rules:
    """Return the organ's internal rules; version 0 and no text where it has set none."""
    if not fields.raw("rules"):
        return Rules(version=0, text={})
    given = dict(fields.raw("rules"))
    try:
        rules = msgspec.convert(given, Rules)
    except msgspec.ValidationError as faulty:
        fields.fault("rules", "organ.fault.policy", why=faulty)
        return Rules(version=0, text={})
    for language in LANGUAGES:
        if not rules.text.get(language, "").strip():
            fields.fault(("rules", "text"), "organ.fault.rules_language", language=language)
    return rules


def _laid_over(base: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in given.items() if key not in {"lists", "preservation", "editions"}}
    lists = [{"name": name, "codes": codes} for name, codes in given.get("lists", {}).items()]
    years = [{"kind": kind, "years": count} for kind, count in given.get("preservation", {}).items()]
    return {
        **base,
        **plain,
        "lists": _replaced(base["lists"], lists, "name"),
        "preservation": _replaced(base["preservation"], years, "kind"),
        "editions": _editions(base["editions"], given.get("editions", ())),
    }


def _editions(base: Iterable[dict[str, Any]], given: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each edition begins with the periods of the one before it."""
    made = list(base)
    for edition in sorted(given, key=lambda one: one["since"]):
        periods = [{"obligation": name, **period} for name, period in edition["periods"].items()]
        before = [one for one in made if one["since"] < edition["since"]] or made[:1]
        made = [one for one in made if one["since"] != edition["since"]]
        made.append({"since": edition["since"], "periods": _replaced(before[-1]["periods"], periods, "obligation")})
        made.sort(key=lambda one: one["since"])
    return made


def _replaced(base: Iterable[dict[str, Any]], given: Iterable[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    return list(({row[key]: row for row in base} | {row[key]: row for row in given}).values())
