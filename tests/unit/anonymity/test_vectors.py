"""Known answers: what was ever made opens today as it did then, here and in the browser."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import msgspec
import pytest

from bot.anonymity.card import unlock_card
from bot.anonymity.files import open_file
from bot.anonymity.lockbox import open_box
from bot.anonymity.opening import SealedCase, StaffReader, open_as_staff
from bot.anonymity.recovery import combine
from bot.anonymity.references import read_token
from bot.anonymity.roster import verify_roster
from bot.anonymity.sealing import open_sealed, public_key
from bot.anonymity.signing import letter_hash, sign, signing_public, verify
from bot.anonymity.token_keys import keys_of
from bot.anonymity.token_words import spell
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
    vectors,
)


def each(shape: type[msgspec.Struct]) -> pytest.MarkDecorator:
    """One test for each vector of a shape, by its name."""
    all_of_them: Sequence[Any] = vectors(shape)
    return pytest.mark.parametrize("known", all_of_them, ids=[one.name for one in all_of_them])


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_there_are_vectors_of_each_shape_under_names_of_their_own(shape: type[msgspec.Struct]) -> None:
    """An empty file would let everything pass."""
    names = [getattr(one, "name", "") for one in vectors(shape)]
    assert names
    assert len(names) == len(set(names))


@each(TokenVector)
def test_a_known_token_gives_its_known_keys(known: TokenVector) -> None:
    """Tokens in people's drawers still open their cases."""
    token = read_token(known.typed)
    assert (token.text, token.secret, keys_of(token)) == (known.text, known.secret, known.keys)


@each(SpellingVector)
def test_a_known_token_is_spelt_in_its_known_words(known: SpellingVector) -> None:
    """And the words are read as that token: they may stand in people's drawers."""
    assert spell(known.secret, known.language) == known.words
    assert read_token(" ".join(known.words)).secret == known.secret


@each(SealingVector)
def test_a_known_sealed_text_opens(known: SealingVector) -> None:
    """Seed to public key, binding to info, ciphertext to text."""
    assert public_key(known.seed) == known.public
    assert known.binding.info() == known.info
    assert open_sealed(known.seed, known.sealed, known.binding) == known.plaintext


@each(LetterVector)
def test_a_known_letter_verifies(known: LetterVector) -> None:
    """And is signed today byte for byte as it was."""
    assert signing_public(known.seed) == known.public
    assert verify(known.signed, known.public) == known.envelope
    assert sign(known.envelope, known.seed) == known.signed
    assert letter_hash(known.signed) == known.hash


@each(CardVector)
def test_a_known_card_opens(known: CardVector) -> None:
    """With every field it had."""
    assert unlock_card(known.box, known.key) == known.card


@each(FileVector)
def test_a_known_file_opens(known: FileVector) -> None:
    """With the key that stood in its letter."""
    assert open_file(known.key, known.ciphertext, known.file_id, known.digest) == known.data


@each(RosterVector)
def test_a_known_roster_verifies(known: RosterVector) -> None:
    """Against its pins, and for reading even after its last day."""
    found = verify_roster(known.document, known.pins, known.threshold, 0, None, known.roster.organ)
    assert found == known.roster


@each(CaseVector)
def test_a_known_case_opens_for_its_reader(known: CaseVector) -> None:
    """Grants, facts, name, letters: the whole of it, with nothing refused."""
    case = SealedCase(known.organ, known.submission, known.grants, known.parts, known.letters)
    opened = open_as_staff(StaffReader(known.holder, known.sealing_seed), case, known.roster)
    assert (opened.facts, opened.identity) == (known.facts, known.identity)
    assert [letter.envelope for letter in opened.thread.letters] == known.envelopes
    assert (opened.thread.refused, opened.thread.repeats, opened.thread.gaps) == (0, 0, ())


@each(LockboxVector)
def test_a_known_lockbox_opens(known: LockboxVector) -> None:
    """Whatever the effort is by then."""
    assert open_box(known.box, known.passphrase) == known.secret


@each(SharesVector)
def test_known_shares_give_the_key_back(known: SharesVector) -> None:
    """Any two of them."""
    for pair in combinations(known.shares, 2):
        assert combine(pair) == known.seed
