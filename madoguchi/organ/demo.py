"""The demo organ: made on first start by the same functions as the commands, each passphrase beside its key.

Good for trying the product on one machine, and for nothing else. Making it again changes nothing.
"""

from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from madoguchi import private_files
from madoguchi.day import today
from madoguchi.organ.card import OrganCard, read_card
from madoguchi.organ.document import read_document
from madoguchi.organ.founding import Places, found
from madoguchi.organ.plan import plan
from madoguchi.organ.publishing import base_of, publish, read_token, served_roster, sign
from madoguchi.organ.signers import open_seeds
from madoguchi.staff.keyfile import make_key
from madoguchi.wire import open_wire

ORGAN = "demo"
_NAME = {"ja": "見本省", "en": "Ministry of Examples"}

#: Staff id and name; desks and roles stand in `demo.toml`.
PEOPLE = (
    ("sato", {"ja": "佐藤", "en": "Sato"}),
    ("suzuki", {"ja": "鈴木", "en": "Suzuki"}),
    ("saito", {"ja": "齋藤 直子", "en": "Naoko Saito"}),
    ("tanaka", {"ja": "田中", "en": "Tanaka"}),
    ("ito", {"ja": "伊藤", "en": "Ito"}),
)


class Demo(NamedTuple):
    """Where the demo organ's things lie."""

    folder: Path
    places: Places

    @classmethod
    def below(cls, keys: Path, credentials: Path) -> "Demo":
        """Return the places below the folder of keys."""
        folder = keys / "demo"
        places = Places(organ=folder / "organ", credentials=credentials, intake=folder / "intake.token")
        return cls(folder, places)

    def key(self, staff_id: str) -> Path:
        """Return a member's key file."""
        return self.folder / f"{staff_id}.key"

    def passphrase(self, whose: str) -> Path:
        """Return the file with somebody's six words."""
        return self.folder / f"{whose}.passphrase"


def make_demo(keys: Path, store: str, credentials: Path | None = None) -> tuple[Demo, OrganCard]:
    """Make what is missing of the demo organ below `keys`.

    `store` is where staff find the case store, `credentials` the file it reads, if not the usual one.
    """
    demo = Demo.below(keys, credentials or keys / "backend/credentials.json")
    if not demo.places.card.exists():
        _found(demo)
    card = read_card(demo.places.card)
    for staff_id, name in PEOPLE:
        if not demo.key(staff_id).exists():
            enrolment = demo.folder / f"{staff_id}.enrolment.json"
            made = make_key(demo.key(staff_id), enrolment, card, staff_id, name, store)
            private_files.write(demo.passphrase(staff_id), f"{made.passphrase}\n".encode())
    document = demo.folder / "organ.toml"
    if not document.exists():
        private_files.write(document, files("madoguchi.organ").joinpath("demo.toml").read_bytes())
    return demo, card


async def publish_demo(demo: Demo, card: OrganCard, store: str) -> bool:
    """Publish the demo's roster if the case store lacks it or `organ.toml` was changed; return whether that was so."""
    document = read_document(demo.folder / "organ.toml")
    async with open_wire(store, read_token(demo.places.publisher)) as wire:
        todo = plan(document, card, base_of(demo.places, card, await served_roster(wire)), today())
        if todo.changes:
            seeds = open_seeds(demo.places, (1,), lambda _: demo.passphrase("organ").read_text())
            await publish(wire, demo.places, sign(todo, document, card, seeds))
    return bool(todo.changes)


def _found(demo: Demo) -> None:
    made = found(demo.places, ORGAN, _NAME)
    private_files.write(demo.passphrase("organ"), f"{made.passphrases[0]}\n".encode())
    for number, share in enumerate(made.shares, 1):
        private_files.write(demo.folder / f"recovery-share-{number}.txt", f"{share}\n".encode())
