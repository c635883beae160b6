"""The channels' own words (buttons, headings, pages) beside the texts of the talk; both are catalogues alike.

It adds nothing but the way a label reads before the language is known: in every language on one line.
"""

from importlib.resources import files

from bot.conversation.catalog import LANGUAGES, Catalog
from bot.conversation.effects import Ask, Text

#: Texts that an organ may take away again, and what is said in place of one that is no more.
_COMING_AND_GOING = ("question.", "option.", "group.")
_GONE = Text("hint.late")

#: What “done” means where files are sent, or several options ticked.
_DONE = {"files": "button.no_more", "many": "button.picked"}


def done_label(ask: Ask) -> str:
    """Return the key of what “done” is called where this is asked; outside of a form's questions it sends a letter."""
    return _DONE.get(ask.questions[ask.at].kind, "button.done" if ask.step else "button.send")


class Wording:
    """What a channel says: texts of the talk by `text`, its own labels by `label`."""

    def __init__(self, catalog: Catalog, labels: Catalog | None = None) -> None:
        """Take the talk's texts; the labels come with the package. Raises `CatalogFaultyError` for faulty labels."""
        self._catalog = catalog
        self._labels = labels or load_labels()

    def speak(self, catalog: Catalog) -> None:
        """Say the talk's texts as they are from now on."""
        self._catalog = catalog

    def text(self, language: str, text: Text) -> str:
        """Return a text of the talk. Raises `KeyError` for a parameter that is not there.

        A question of the organ's own may be gone while its screen still waits to be shown: the person is told that
        this was an earlier screen.
        """
        is_gone = text.key not in self._catalog and text.key.startswith(_COMING_AND_GOING)
        return self._catalog.text(language, _GONE if is_gone else text)

    def label(self, language: str, key: str, **params: str) -> str:
        """Return a label of the channels; without a language, all of them side by side."""
        if not language:
            return " / ".join(self.label(each, key, **params) for each in LANGUAGES)
        return self._labels.text(language, Text(key, params))

    def has_label(self, key: str) -> bool:
        """Tell whether there is such a label: stages and letters may be newer than this bot."""
        return key in self._labels

    def stage(self, language: str, stage: str) -> str:
        """Return the name of a stage; one that is newer than this bot is shown as it is."""
        key = f"stage.{stage}"
        return self.label(language, key) if self.has_label(key) else stage


def load_labels() -> Catalog:
    """Read the labels that come with the package. Raises `CatalogFaultyError`."""
    folder = files("bot.channels") / "locales"
    return Catalog({language: (folder / f"{language}.toml").read_text("utf-8") for language in LANGUAGES})
