"""What anybody may ask at any time about rules: how they are protected, and what the organ's own rules say."""

from typing import Final

from bot.conversation.effects import Effect, Say, Text
from bot.conversation.house import House
from bot.conversation.session import Session

#: How a reporter is protected, in the order of telling.
PROTECTION: Final = (
    "explanation.treatment", "explanation.law", "explanation.secrecy", "explanation.data", "explanation.next",
)  # fmt: skip

#: What `say_rules` says besides.
RULES: Final = ("rules.above", "rules.text", "rules.none")


def say_rules(house: House, session: Session) -> tuple[Effect, ...]:
    """Say how the reporter is protected, and then the organ's own rules as they were published."""
    told = tuple(Say(house.text(session, key)) for key in PROTECTION)
    rules = house.organ.rules
    if not rules.version:
        return (*told, Say(house.text(session, "rules.none")))
    words = {f"text:{language}": text.strip() for language, text in rules.text.items()}
    own = words.get(f"text:{session.language}") or next(iter(words.values()), "")
    shown = Text("rules.text", {"text": own, **({} if session.language else words)})
    return (*told, Say(house.text(session, "rules.above", version=str(rules.version))), Say(shown))
