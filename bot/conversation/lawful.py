"""Which words of the law are said today, as rows: the law changes on a day, and differs from country to country.

A text whose topic the organ's law does not know stays as it is, and says what holds anywhere.
"""

from collections.abc import Mapping
from typing import Final

from bot.conversation.catalog import Catalog

#: Our text, and the topic of the law that it is about.
BY_LAW: Final = {
    "explanation.law": "presumption",
    "relief.ways": "relief",
    "relief.presumption": "presumption",
}


def lawful_texts(catalog: Catalog, now: Mapping[str, str], ahead: Mapping[str, str]) -> dict[str, str]:
    """Give the keys that are said in place of ours: what the law says by topic, else what it is going to say.

    `now` and `ahead` are codes by topic.
    """
    found = {}
    for key, topic in BY_LAW.items():
        said = f"law.{now[topic]}" if topic in now else f"law_ahead.{ahead.get(topic, '')}"
        if said in catalog:
            found[key] = said
    return found
