"""Somebody who reports on Slack: opens the window, fills in what it asks, and reads what it says."""

from collections.abc import Sequence

from tests.support.slack_deliverer import Deliverer
from tests.support.slack_peer import Peer, View
from tests.support.slack_windows import Answers, buttons_of, fields_of, filled, interaction, token_in, words_of

_FIRST: Answers = {"language": "ja", "menu": "report", "exposure": "go_on", "way": "own", "summary": "hand_over"}


class SlackReporter:
    """One person in the workspace.

    The peer's own page sends forms, but knows no buttons in windows: what Slack would send for one is delivered to the
    bot in its stead, signed.
    """

    def __init__(self, peer: Peer, deliverer: Deliverer) -> None:
        self.peer = peer
        self._deliverer = deliverer

    @property
    def words(self) -> str:
        """What stands in the window."""
        return words_of(self.peer.window)

    @property
    def asked(self) -> list[str]:
        """What the window asks."""
        return list(fields_of(self.peer.window))

    async def open(self, text: str = "") -> None:
        """Type `/report` and wait for the first question."""
        await self.peer.command(text)
        await self.until_asked()

    async def shortcut(self) -> None:
        """Use the shortcut, which the peer does not have: with the trigger of the last command."""
        before = self.peer.window
        used = interaction("shortcut", before, {})
        del used["view"]
        (*_, trigger) = await self.peer.triggers()
        await self.peer.until_changed(self._deliverer.interaction({**used, "trigger_id": trigger}), before["id"])
        await self.until_asked()

    async def until_asked(self) -> None:
        """Wait until the window has fields."""
        await self.peer.shows('"type": "input"')

    async def send(self, answers: Answers, files: Sequence[View] = ()) -> None:
        """Fill in the form, press its button, and wait for the next screen."""
        await self.peer.submit(filled(self.peer.window, answers, files))
        await self.until_asked()

    async def press(self, button: str, answers: Answers | None = None) -> None:
        """Press one of the other buttons."""
        before = self.peer.window
        assert button in buttons_of(before)
        pressed = interaction("block_actions", before, filled(before, answers or {}), button)
        await self.peer.until_changed(self._deliverer.interaction(pressed), before["id"])
        await self.until_asked()

    async def walk(self, answers: Answers, until: str = "summary", files: Sequence[View] = ()) -> None:
        """Fill in window after window until the given question is put; files go where files are asked for."""
        for _ in range(40):
            if until in self.asked:
                return
            await self.send({**_FIRST, **answers}, files if "files" in self.asked else ())
        raise AssertionError(f"never came to {until}, stands at {self.asked}: {self.words}")

    async def hand_over(self) -> str:
        """Hand the report over; return the token in the window."""
        await self.send({"summary": "hand_over"})
        token = token_in(self.peer.window)
        assert token
        return token
