"""The talk as it comes, dressed as the organ of a roster wants it; where that does not fit this version, as it comes.

A report is never refused over the style of its questions: whoever runs the bot is told, and people are asked what
everybody is asked. Rules, promises and laws count all the same, as far as they can be read.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from bot.conversation.catalog import Catalog
from bot.conversation.form import Form
from bot.conversation.house_style import HouseStyle, StyleUnreadableError, extended, read_house_style, worded
from bot.conversation.screens import TALK_GROUPS
from bot.conversation.style_checks import misfits


class Dressed(Struct, frozen=True):
    """Forms and texts as they are asked and said."""

    forms: Mapping[str, Form]
    catalog: Catalog
    style: HouseStyle
    #: How many things of the organ's did not fit, and were left out with all others.
    misfits: int = 0


def dressed(talk: Mapping[str, Any], forms: Mapping[str, Form], catalog: Catalog) -> Dressed:
    """Lay what stands in a roster over forms and texts. Raises nothing."""
    try:
        style = read_house_style(talk)
    except StyleUnreadableError:
        return Dressed(forms, catalog, HouseStyle(), 1)
    found = misfits(style, forms, catalog, TALK_GROUPS)
    if found:
        return Dressed(forms, catalog, style.plain(), len(found))
    return Dressed({flow: extended(form, style) for flow, form in forms.items()}, worded(catalog, style), style)
