"""Adds the known answers that are not there yet: `python -m tests.vectors.make`. It changes and removes none.

Private keys are hashes of names; nonces, encapsulations and file keys are drawn, so each vector is made once and kept.
"""

from collections.abc import Callable

import msgspec

from bot.anonymity.card import lock_card, unlock_card
from bot.anonymity.correspondence import write_note, write_to_desk, write_to_reporter
from bot.anonymity.files import seal_file
from bot.anonymity.letters import Message, Note, Notice, write
from bot.anonymity.lockbox import close
from bot.anonymity.opening import open_as_staff
from bot.anonymity.recovery import split
from bot.anonymity.references import read_token
from bot.anonymity.renewal import renew_token
from bot.anonymity.roster import Desk, Roster, Seat, sign_roster
from bot.anonymity.sealing import Binding, Compartment, Direction, public_key, seal
from bot.anonymity.signing import BEGINNING, REPORTER, Audience, Envelope, Kind, letter_hash, sign, signing_public
from bot.anonymity.token_keys import keys_of
from bot.anonymity.token_words import spell
from tests.support.sealed_organ import ORGAN, SATO, SUBMISSION, TOKEN, fixed, hand_over, organ_roster
from tests.support.vectors import (
    SHAPES,
    CardVector,
    CaseVector,
    FileVector,
    LetterVector,
    LockboxVector,
    RosterVector,
    SealingVector,
    SharesVector,
    SpellingVector,
    TokenVector,
    path_of,
    vectors,
)

Make = Callable[[str], msgspec.Struct]


def token(typed: str) -> Make:
    """A token typed in some way."""

    def make(name: str) -> TokenVector:
        one = read_token(typed)
        return TokenVector(name, typed, one.text, one.secret, keys_of(one))

    return make


def spelling(secret: bytes, language: str) -> Make:
    """A token in words."""

    def make(name: str) -> SpellingVector:
        return SpellingVector(name, secret, language, spell(secret, language))

    return make


def sealed(binding: Binding, plaintext: bytes) -> Make:
    """A sealed text."""

    def make(name: str) -> SealingVector:
        seed = fixed(f"vector {name}")
        public = public_key(seed)
        return SealingVector(name, seed, public, binding, binding.info(), plaintext, seal(public, plaintext, binding))

    return make


def letter(kind: Kind, author: str, audience: Audience, counter: int, body: msgspec.Struct) -> Make:
    """A signed letter."""

    def make(name: str) -> LetterVector:
        seed = fixed(f"vector {name}")
        previous = fixed("the letter before") if counter else BEGINNING
        envelope = Envelope(ORGAN, SUBMISSION, kind, author, audience, counter, previous, write(body))
        signed = sign(envelope, seed)
        return LetterVector(name, seed, signing_public(seed), envelope, signed, letter_hash(signed))

    return make


def card(*, second_token: bool) -> Make:
    """A card under the first token, or handed on to a second one."""

    def make(name: str) -> CardVector:
        handed, key = hand_over(), fixed(f"vector {name}")
        # Cards of this kind are not made any more: a new token brings new keys.
        kept = {"sealing_seed": handed.keys.sealing_seed, "signing_seed": handed.keys.signing_seed, "version": 1}
        one = msgspec.structs.replace(handed.card, **kept) if second_token else handed.card
        return CardVector(name, key, one, lock_card(one, key))

    return make


def renewed_card(name: str) -> CardVector:
    """A card under a token that replaced one which staff may have seen."""
    key, handed = fixed(f"vector {name}"), hand_over()
    changed = {"former": (handed.keys.sealing_seed,), "counter": 1, "version": 1}
    one = msgspec.structs.replace(handed.card, **changed)
    return CardVector(name, key, one, lock_card(one, key))


def provisional_card(name: str) -> CardVector:
    """A card under a token that staff may have seen."""
    key, one = fixed(f"vector {name}"), msgspec.structs.replace(hand_over().card, provisional=True)
    return CardVector(name, key, one, lock_card(one, key))


def file(data: bytes) -> Make:
    """A sealed file."""

    def make(name: str) -> FileVector:
        one = seal_file(data, "f-1")
        return FileVector(name, "f-1", data, one.key, one.digest, one.ciphertext)

    return make


def small_roster() -> Roster:
    """One member at one desk."""
    return msgspec.structs.replace(
        organ_roster(),
        members=[SATO.member()],
        desks=[Desk("main", {"ja": "窓口", "en": "Desk"}, "internal", [Seat("sato", list(Compartment))])],
        fallback_desk=None,
        executive=None,
        deputy=None,
        safer={"web": "https://madoguchi.example.go.jp/"},
    )


def roster(*signers: str) -> Make:
    """A roster that all of these signed."""

    def make(name: str) -> RosterVector:
        seeds = [fixed(signer) for signer in signers]
        pins = [signing_public(seed) for seed in seeds]
        one = small_roster()
        return RosterVector(name, pins, len(pins), one, sign_roster(one, seeds))

    return make


def case(name: str) -> CaseVector:
    """A report, a reporter's letter, an answer and a note, as Sato opens them."""
    handed = hand_over()
    asked, _ = write_to_desk(handed.keys, handed.card, "m1", Message("いつ分かりますか"))
    _, answer = write_to_reporter(SATO.author, handed.opened_by(SATO), "m2", Notice("accepted", {"days": "90"}))
    note = write_note(SATO.author, handed.opened_by(SATO), "n1", Note("会計課に照会"))
    letters = [("m1", asked), ("m2", answer), ("n1", note)]
    opened = handed.opened_by(SATO, *letters)
    assert opened.identity is not None
    return CaseVector(
        name=name,
        organ=ORGAN,
        submission=SUBMISSION,
        holder=SATO.staff_id,
        sealing_seed=SATO.sealing_seed,
        roster=small_roster(),
        grants=[grant for grant in handed.report.grants if grant.holder == SATO.staff_id],
        parts=list(handed.report.parts),
        letters=letters,
        facts=opened.facts,
        identity=opened.identity,
        envelopes=[one.envelope for one in opened.thread.letters],
    )


def renewed_case(name: str) -> CaseVector:
    """The same after a new token: the renewal, and a letter under the new key."""
    plain, handed, new = case(name), hand_over(), keys_of(read_token("OOOOO-OOOOO-OOOOO-OOOOO-OOOOO"))
    letter, box = renew_token(handed.keys, handed.card, new, "r1")
    said, _ = write_to_desk(new, unlock_card(box, new.card_key), "m4", Message("新しい番号で"))
    letters = [("r1", letter), ("m4", said)]
    opened = open_as_staff(SATO.reader, handed.case(*letters), small_roster())
    return msgspec.structs.replace(
        plain,
        grants=[grant for grant in handed.report.grants if grant.holder == SATO.staff_id],
        parts=list(handed.report.parts),
        letters=letters,
        facts=opened.facts,
        envelopes=[one.envelope for one in opened.thread.letters],
    )


def lockbox(name: str) -> LockboxVector:
    """A secret under six words."""
    passphrase = "orbit lemon canvas widow tulip royal"
    return LockboxVector(name, passphrase, fixed("a secret"), close(fixed("a secret"), passphrase))


def shares(name: str) -> SharesVector:
    """A split key."""
    return SharesVector(name, fixed("a key to split"), split(fixed("a key to split")))


FACTS = Binding(ORGAN, SUBMISSION, Compartment.FACTS, Direction.TO_DESK, "facts")

#: the first token, typed in words
IN_JAPANESE = (
    "くたびれる　くしゃみ　おさめる　うけもつ　めぐまれる　おしいれ　"
    "ほかん　さつたば　えんぜつ　ちゆりょく　そんざい　すぶり"
)
HALF_WIDTH = "ｸﾀﾋﾞﾚﾙ ｸｼｬﾐ ｵｻﾒﾙ ｳｹﾓﾂ ﾒｸﾞﾏﾚﾙ ｵｼｲﾚ ﾎｶﾝ ｻﾂﾀﾊﾞ ｴﾝｾﾞﾂ ﾁﾕﾘｮｸ ｿﾝｻﾞｲ ｽﾌﾞﾘ"
IN_ENGLISH = "devote design cargo because ugly carpet symbol fox bulb note live image"

#: shape, name, how it is made
RECIPES: tuple[tuple[type[msgspec.Struct], str, Make], ...] = (
    (TokenVector, "as shown", token(TOKEN.text)),
    (TokenVector, "full-width", token("７ｋ３ｑｈー２ｍ９ｘｖー０４ｂｄｒーｔｗ８ｅｚー５ｎｇａｄ")),
    (TokenVector, "all zeros", token("OOOOO-OOOOO-OOOOO-OOOOO-OOOOO")),
    (TokenVector, "in Japanese words", token(IN_JAPANESE)),
    (TokenVector, "in Japanese words, half-width", token(HALF_WIDTH)),
    (TokenVector, "in English words", token(IN_ENGLISH)),
    (SpellingVector, "all zeros, Japanese", spelling(bytes(15), "ja")),
    (SpellingVector, "all zeros, English", spelling(bytes(15), "en")),
    (SpellingVector, "all ones, Japanese", spelling(b"\xff" * 15, "ja")),
    (SpellingVector, "all ones, English", spelling(b"\xff" * 15, "en")),
    (SpellingVector, "as shown, Japanese", spelling(TOKEN.secret, "ja")),
    (SpellingVector, "as shown, English", spelling(TOKEN.secret, "en")),
    (SealingVector, "empty", sealed(FACTS, b"")),
    (SealingVector, "Japanese", sealed(FACTS, "請求書が二重に払われた".encode())),
    (SealingVector, "two buckets up", sealed(FACTS, bytes(range(256)) * 5)),
    (SealingVector, "to the reporter", sealed(msgspec.structs.replace(FACTS, direction="to-reporter"), b"answer")),
    (SealingVector, "names beyond ASCII", sealed(Binding("省", "案件", "facts", "to-desk", "一"), b"x")),
    (LetterVector, "by the reporter", letter(Kind.MESSAGE, REPORTER, Audience.DESK, 3, Message("続き"))),
    (LetterVector, "by staff", letter(Kind.NOTICE, "sato", Audience.REPORTER, 0, Notice("accepted", {"days": "90"}))),
    (LetterVector, "a note", letter(Kind.NOTE, "sato", Audience.DESK, 1, Note("要確認"))),
    (CardVector, "first token", card(second_token=False)),
    (CardVector, "second token", card(second_token=True)),
    (CardVector, "renewed token", renewed_card),
    (CardVector, "provisional token", provisional_card),
    (FileVector, "empty", file(b"")),
    (FileVector, "small", file(b"%PDF-1.7\n")),
    (RosterVector, "one signature", roster("executive")),
    (RosterVector, "two signatures", roster("executive", "auditor")),
    (CaseVector, "a conversation", case),
    (CaseVector, "a new token", renewed_case),
    (LockboxVector, "six words", lockbox),
    (SharesVector, "two of three", shares),
)


def main() -> None:
    """Add what is missing and say what was added."""
    for shape in SHAPES.values():
        there = vectors(shape) if path_of(shape).exists() else []
        names = {getattr(one, "name", "") for one in there}
        added = [make(name) for wanted, name, make in RECIPES if wanted is shape and name not in names]
        if added:
            path_of(shape).write_bytes(msgspec.json.format(msgspec.json.encode([*there, *added])) + b"\n")
            print(f"{path_of(shape).name}: {len(added)} added")


if __name__ == "__main__":
    main()
