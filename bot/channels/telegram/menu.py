"""The menu of commands that Telegram shows beside the text field, in the language of the person's own Telegram."""

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

from bot.channels.wording import Wording
from bot.conversation.effects import Text
from bot.conversation.events import Command

#: In the order in which they are shown; what only makes sense within one question has a button there.
SHOWN = (
    Command.REPORT,
    Command.CONSULT,
    Command.COME_BACK,
    Command.CONCERN,
    Command.BACK,
    Command.STATUS,
    Command.HELP,
    Command.DANGER,
    Command.EXPOSURE,
    Command.RULES,
    Command.RELIEF,
    Command.LANGUAGE,
    Command.CLEAR,
    Command.CANCEL,
)

#: By Telegram's code; none is for everyone whose language has no row.
_LANGUAGES = (("ja", "ja"), (None, "en"))


async def set_menu(bot: Bot, wording: Wording) -> None:
    """Set the menu for private chats. Raises the library's errors."""
    for code, language in _LANGUAGES:
        commands = [BotCommand(each, wording.text(language, Text(f"command.{each}"))) for each in SHOWN]
        await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats(), language_code=code)
