"""`madoguchi organ`: make an organ, publish who may read what, and open what only the recovery key opens."""

import asyncio
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from bot.conversation.catalog import load_catalog
from madoguchi import private_files
from madoguchi.credentials import fingerprint
from madoguchi.day import today
from madoguchi.organ.card import as_text, read_card
from madoguchi.organ.document import OrganDocument, read_document
from madoguchi.organ.founding import Founded, Places, found
from madoguchi.organ.plan import Plan, plan
from madoguchi.organ.publishing import base_of, publish, read_token, served_roster, sign
from madoguchi.organ.recovering import ShareHolders, seed_of
from madoguchi.organ.signers import open_seeds
from madoguchi.staff.client import open_desk
from madoguchi.staff.keyfile import open_key
from madoguchi.staff.reading import Reading, person
from madoguchi.staff.saving import save_files
from madoguchi.staff.showing import case_lines
from madoguchi.telling import PlainGroup, Teller
from madoguchi.wire import STORE, open_wire
from madoguchi.words import NotDoneError

app = typer.Typer(
    cls=PlainGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Administer an organ: its keys, its roster, its recovery.",
)

_Folder = Annotated[Path, typer.Option("--organ-keys", help="Folder with the organ's keys, made by `organ init`.")]
_Store = Annotated[str, typer.Option(help="The case store: http(s)://... or unix:PATH.")]
_Words = Annotated[
    list[Path] | None, typer.Option("--passphrase-file", help="Six words, one file a signer; else asked.")
]


class Office(NamedTuple):
    """What all commands of this group share."""

    teller: Teller


@app.callback()
def organ(
    ctx: typer.Context, lang: Annotated[str, typer.Option(help="ja or en; else as the terminal is set.")] = ""
) -> None:
    """Administer an organ: its keys, its roster, its recovery."""
    ctx.obj = Office(Teller(lang))


@app.command()
def init(  # noqa: PLR0913 - one option a thing that is decided when an organ is made
    ctx: typer.Context,
    *,
    organ: Annotated[str, typer.Option(help="Short id: small letters, digits, dashes.")],
    name_ja: Annotated[str, typer.Option(help="The organ's name in Japanese.")],
    name_en: Annotated[str, typer.Option(help="The organ's name in English.")],
    out: Annotated[Path, typer.Option(help="Folder for the organ's keys.")] = Path("keys/organ"),
    signers: Annotated[int, typer.Option(min=1, max=9, help="How many keys may sign the roster.")] = 1,
    threshold: Annotated[int, typer.Option(min=1, max=9, help="How many of them must.")] = 1,
    passphrase_file: Annotated[Path | None, typer.Option(help="Write the words here instead of showing them.")] = None,
    shares_dir: Annotated[Path | None, typer.Option(help="Write the recovery slips here instead.")] = None,
) -> None:
    """Make an organ: signing keys, recovery slips, and the credentials of bot and administrator."""
    teller: Teller = ctx.obj.teller
    places = Places.beside(out)
    made = found(places, organ, {"ja": name_ja, "en": name_en}, signers=signers, threshold=threshold)
    teller.say("organ.made", "good", organ=organ, folder=out)
    hand_out(teller, made, passphrase_file, shares_dir)
    for pin in made.card.pins:
        teller.say("organ.pin", fingerprint=fingerprint(pin))
    teller.say("organ.settings", "title")
    for line in settings_of(places, made):
        teller.show(line)
    teller.say("organ.next", card=places.card)


@app.command()
def apply(
    ctx: typer.Context,
    document: Annotated[Path, typer.Argument(help="organ.toml")],
    *,
    organ_keys: _Folder = Path("keys/organ"),
    store: _Store = STORE,
    passphrase_file: _Words = None,
    signer: Annotated[list[int] | None, typer.Option(help="Which signing keys to use; else the first ones.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what organ.toml would change, then sign and publish it."""
    places = Places.beside(organ_keys)
    card = read_card(places.card)
    read = read_document(document)
    signing = tuple(signer or range(1, card.threshold + 1))
    asyncio.run(_apply(ctx.obj.teller, _Order(places, read, store, signing, tuple(passphrase_file or ()), yes)))


@app.command()
def recover(  # noqa: PLR0913 - one option a thing that two holders may want of a case
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(help="Case number, as the executive's inbox shows it.")],
    *,
    share_file: Annotated[list[Path], typer.Option(help="File with a recovery slip; two are needed.")],
    organ_keys: _Folder = Path("keys/organ"),
    store: _Store = STORE,
    identity: Annotated[bool, typer.Option("--identity", help="Show who the reporter is.")] = False,
    to: Annotated[Path | None, typer.Option(help="Folder for the case's files, decrypted.")] = None,
    grant_to: Annotated[str, typer.Option(help="Id of a member of another desk who takes the case over.")] = "",
    key: Annotated[Path | None, typer.Option(help="Key file of the member who signs that.")] = None,
    passphrase_file: Annotated[Path | None, typer.Option(help="File with that member's six words; else asked.")] = None,
) -> None:
    """Open a case that only the recovery key opens, with two of its three shares; give it to somebody who can."""
    places = Places.beside(organ_keys)
    card = read_card(places.card)
    seed, teller = seed_of(card, share_file), ctx.obj.teller
    signer = open_key(key, teller.passphrase(passphrase_file, "key.question")) if grant_to and key else None
    if grant_to and signer is None:
        raise NotDoneError("organ.no_signer")

    async def act() -> None:
        async with open_desk(store, read_token(places.recovery)) as desk:
            holders = ShareHolders(card, seed, desk)
            sheet = await holders.open(number)
            reading = Reading(teller.words, load_catalog(), today())
            for line in case_lines(sheet, reading, with_identity=identity):
                teller.show(line.text, line.tone)
            for path in (await save_files(holders, sheet, to))[0] if to else ():
                teller.show(str(path))
            if signer is not None:
                await holders.hand_over(sheet, signer, grant_to)
                teller.say("organ.handed_over", "good", who=person(sheet.roster, grant_to, teller.words))
        teller.say("organ.recovered", "quiet")

    asyncio.run(act())


class _Order(NamedTuple):
    places: Places
    document: OrganDocument
    store: str
    signers: tuple[int, ...]
    passphrase_files: tuple[Path, ...]
    yes: bool


async def _apply(teller: Teller, order: _Order) -> None:
    places, card = order.places, read_card(order.places.card)
    async with open_wire(order.store, read_token(places.publisher)) as wire:
        base = base_of(places, card, await served_roster(wire))
        todo = plan(order.document, card, base, today())
        show_plan(teller, todo)
        if not todo.changes:
            return
        if not order.yes and not teller.agreed("organ.publish_question", serial=todo.roster.serial):
            raise NotDoneError("organ.not_agreed")
        files = dict(zip(order.signers, order.passphrase_files, strict=False))
        seeds = open_seeds(
            places, order.signers, lambda number: teller.passphrase(files.get(number), "organ.words_of", number=number)
        )
        await publish(wire, places, sign(todo, order.document, card, seeds))
    teller.say("organ.published", "good", serial=todo.roster.serial, expires=todo.roster.expires)


def show_plan(teller: Teller, todo: Plan) -> None:
    """Print the difference line by line."""
    if not todo.changes:
        teller.say("organ.plan.nothing")
    for change in todo.changes:
        teller.say(change.key, **change.params)


def hand_out(teller: Teller, made: Founded, passphrase_file: Path | None, shares_dir: Path | None) -> None:
    """Show what is shown once, or write it to private files."""
    for number, words in enumerate(made.passphrases, 1):
        if passphrase_file is None:
            teller.say("organ.words", "title", number=number)
            teller.show(f"    {words}")
        else:
            file = passphrase_file if len(made.passphrases) == 1 else passphrase_file.with_suffix(f".{number}")
            private_files.write(file, f"{words}\n".encode())
    for number, share in enumerate(made.shares, 1):
        if shares_dir is None:
            teller.say("organ.share", "title", number=number)
            teller.show(f"    {share}")
        else:
            private_files.write(shares_dir / f"recovery-share-{number}.txt", f"{share}\n".encode())


def settings_of(places: Places, made: Founded) -> tuple[str, ...]:
    """Return the lines that the bot's and the case store's environment need."""
    pins = " ".join(map(as_text, made.card.pins))
    return (
        f"    MADOGUCHI_ORGAN={made.card.organ}",
        f'    MADOGUCHI_ORGAN_PINS="{pins}"',
        f"    MADOGUCHI_ORGAN_THRESHOLD={made.card.threshold}",
        f"    MADOGUCHI_INTAKE_CREDENTIAL={places.intake}",
        f"    MADOGUCHI_CREDENTIALS_FILE={places.credentials}",
    )
