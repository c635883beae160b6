"""Which texts the talk needs, so that a missing one is found before the first person arrives."""

from collections.abc import Iterable

from bot.conversation.catalog import Catalog
from bot.conversation.desks import TEXTS as DESK_TEXTS
from bot.conversation.events import Command
from bot.conversation.exclusions import TEXTS as KEEPING_TEXTS
from bot.conversation.exposure import EXPOSURES, UNKNOWN_CHANNEL
from bot.conversation.files import text_keys
from bot.conversation.flow import FLOW
from bot.conversation.form import Form, FormQuestion
from bot.conversation.house import BESIDES, UNSURE
from bot.conversation.informing import PROTECTION, RULES
from bot.conversation.lawful import BY_LAW
from bot.conversation.lengths import LENGTHS
from bot.conversation.organ import DeskOffer
from bot.conversation.passages import text_keys as passage_keys
from bot.conversation.screens import TALK_GROUPS


def missing_texts(forms: Iterable[Form], catalog: Catalog) -> list[str]:
    """List the texts that the forms, the table, the exposure rows and the commands need and the catalogue lacks."""
    needed = {key for row in FLOW for key in row.say}
    needed |= {key for row in (*EXPOSURES.values(), UNKNOWN_CHANNEL) for key in row.texts()}
    needed |= (
        {f"command.{command}" for command in Command}
        | text_keys()
        | {*DESK_TEXTS, *KEEPING_TEXTS}
        | {*PROTECTION, *RULES, *BY_LAW, *LENGTHS, "summary.own"}
    )
    needed |= passage_keys()
    for form in forms:
        needed |= {f"above.{group.notice}" for group in form.group if group.notice not in ("", "exposure")}
        needed |= {key for _, question in form.questions() for key in _texts_of(question)}
    return [f"text {key} is missing" for key in sorted(needed) if key not in catalog]


def _texts_of(question: FormQuestion) -> list[str]:
    if question.kind == "flag":
        return []
    name = question.wording
    options = BESIDES.get(question.options, ()) if isinstance(question.options, str) else question.options
    label = [] if question.compartment == "talk" else [f"question.{name}.label"]
    listed = [f"option.{name}.{option}" for option in options]
    said = [key for keys in question.says.values() for key in keys]
    return [f"question.{name}.prompt", *label, *listed, *said]


def taken_names(forms: Iterable[Form], desks: tuple[DeskOffer, ...]) -> list[str]:
    """List the names in the forms and among the desks that the talk keeps for itself."""
    groups = [group for form in forms for group in form.group]
    ids = dict.fromkeys(name for group in groups for name in (group.id, *(each.id for each in group.question)))
    faults = [f"{name} is a name of the talk itself" for name in ids if name in TALK_GROUPS]
    own = (UNSURE, "anyone", "back")
    return faults + [f"desk {desk.desk_id}: this id is taken" for desk in desks if desk.desk_id in own]
