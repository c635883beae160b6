"""Sealed attachments."""

import hashlib

import pytest

from bot.anonymity import files
from bot.anonymity.attachments import attach
from bot.anonymity.errors import NotOpenedError
from bot.anonymity.files import open_file, seal_file


@pytest.mark.parametrize("data", [b"", b"x", bytes(100_000)], ids=["empty", "one byte", "many"])
def test_a_file_comes_back_whole(data: bytes) -> None:
    """An empty one too: it may be what the reporter meant to show."""
    sealed = seal_file(data, "f1")
    assert open_file(sealed.key, sealed.ciphertext, "f1", sealed.digest) == data
    assert sealed.digest == hashlib.sha256(sealed.ciphertext).digest()


def test_above_eight_mebibytes_a_file_is_sealed_in_chunks() -> None:
    """Real size once: format byte, two chunks with a tag each, bucket of 64 KiB."""
    data = bytes(files.CHUNK_BYTES) + b"end"
    sealed = seal_file(data, "f1")
    assert len(sealed.ciphertext) == 1 + files.CHUNK_BYTES + 64 * 1024 + 2 * 16
    assert open_file(sealed.key, sealed.ciphertext, "f1", sealed.digest) == data


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of 256 bytes, so that a small file has many."""
    monkeypatch.setattr(files, "CHUNK_BYTES", 256)


@pytest.mark.usefixtures("small_chunks")
def test_a_chunk_cannot_be_moved_dropped_or_repeated() -> None:
    """Place and end are bound, even for someone who can also change the digest."""
    sealed = seal_file(b"a" * 250 + b"b" * 600, "f1")
    step = 256 + 16
    head, first, second, rest = (
        sealed.ciphertext[:1],
        sealed.ciphertext[1 : 1 + step],
        sealed.ciphertext[1 + step : 1 + 2 * step],
        sealed.ciphertext[1 + 2 * step :],
    )
    assert len(rest) == 2 * step
    for attack in (
        head + second + first + rest,
        head + first + rest,
        head + first + second + rest[:step],
        head + first + first + second + rest,
        sealed.ciphertext + rest[step:],
        head,
    ):
        with pytest.raises(NotOpenedError):
            open_file(sealed.key, attack, "f1", hashlib.sha256(attack).digest())


def test_a_file_opens_only_as_itself() -> None:
    """Another id, digest, key or format is refused, all alike."""
    one, two = seal_file(b"one", "f1"), seal_file(b"two", "f2")
    other_format = b"\x02" + one.ciphertext[1:]
    for key, ciphertext, file_id, digest in (
        (one.key, one.ciphertext, "f2", one.digest),
        (one.key, one.ciphertext, "f1", two.digest),
        (two.key, one.ciphertext, "f1", one.digest),
        (one.key, other_format, "f1", hashlib.sha256(other_format).digest()),
        (b"short", one.ciphertext, "f1", one.digest),
    ):
        with pytest.raises(NotOpenedError):
            open_file(key, ciphertext, file_id, digest)


def test_a_sealed_file_hides_its_key_from_logs() -> None:
    """The ciphertext is not worth printing, the key must not be."""
    assert repr(seal_file(b"", "f1")) == "<SealedFile>"


def test_attached_files_leave_their_keys_in_the_letter() -> None:
    """Name, type and size travel sealed; beside the ciphertext stands only the id."""
    (key,), (content,) = attach([("f1", "証拠.pdf", "application/pdf", b"%PDF")])
    assert (key.name, key.media_type, key.size) == ("証拠.pdf", "application/pdf", 4)
    assert content[0] == "f1"
    assert open_file(key.key, content[1], key.file_id, key.digest) == b"%PDF"
