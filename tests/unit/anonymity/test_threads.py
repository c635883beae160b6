"""Reading a correspondence as far as it can be believed."""

from collections.abc import Iterable

import pytest

from bot.anonymity.signing import BEGINNING, REPORTER, Audience, Envelope, Kind, letter_hash, sign, signing_public
from bot.anonymity.threads import Gap, Thread, follow, read_thread
from tests.support.sealed_organ import fixed

KEYS = {name: fixed(name) for name in (REPORTER, "sato", "mori")}


def letter(author: str, counter: int, previous: bytes = BEGINNING, **changed: object) -> bytes:
    """A signed letter, ordinary but for what is changed."""
    kind, audience = (Kind.MESSAGE, Audience.DESK) if author == REPORTER else (Kind.MESSAGE, Audience.REPORTER)
    fields = {"organ": "o", "submission": "s", "kind": kind, "audience": audience, "body": b""} | changed
    envelope = Envelope(author=author, counter=counter, previous=previous, **fields)  # type: ignore[arg-type]
    return sign(envelope, KEYS[author])


def chain(author: str, length: int) -> list[bytes]:
    """The first letters of an author."""
    letters: list[bytes] = []
    for counter in range(length):
        letters.append(letter(author, counter, letter_hash(letters[-1]) if letters else BEGINNING))
    return letters


def thread_of(letters: Iterable[bytes]) -> Thread:
    """The thread of letters that arrived in this order."""
    publics = {name: signing_public(seed) for name, seed in KEYS.items()}

    def key_of(claimed: Envelope, _signed: bytes) -> bytes | None:
        return publics.get(claimed.author)

    return read_thread(((f"m{at}", one) for at, one in enumerate(letters)), key_of, "o", "s")


def shown(thread: Thread) -> list[tuple[str, int]]:
    """Who speaks, and the how-manieth time."""
    return [(one.envelope.author, one.envelope.counter) for one in thread.letters]


def test_an_unbroken_correspondence_is_shown_as_it_came() -> None:
    """Nothing refused, repeated or missing; message ids stay with their letters."""
    reporter, sato = chain(REPORTER, 2), chain("sato", 2)
    thread = thread_of([reporter[0], sato[0], reporter[1], sato[1]])
    assert shown(thread) == [(REPORTER, 0), ("sato", 0), (REPORTER, 1), ("sato", 1)]
    assert (thread.refused, thread.repeats, thread.gaps) == (0, 0, ())
    assert [one.message_id for one in thread.letters] == ["m0", "m1", "m2", "m3"]


def test_one_authors_letters_stand_in_the_order_they_were_written() -> None:
    """A store that mixes them up changes nothing but between authors."""
    reporter, sato = chain(REPORTER, 2), chain("sato", 1)
    thread = thread_of([reporter[1], sato[0], reporter[0]])
    assert shown(thread) == [(REPORTER, 0), ("sato", 0), (REPORTER, 1)]
    assert thread.gaps == ()


def test_a_withheld_letter_leaves_a_gap() -> None:
    """Whoever keeps one back cannot hide that it was written."""
    first, _, third = chain("sato", 3)
    assert thread_of([first, third]).gaps == (Gap("sato", Audience.REPORTER, 2),)


def test_a_withheld_beginning_leaves_a_gap() -> None:
    """The first letter is missed like any other."""
    assert thread_of(chain("sato", 2)[1:]).gaps == (Gap("sato", Audience.REPORTER, 1),)


def test_a_letter_that_names_another_before_it_is_a_gap() -> None:
    """The right counter with the wrong link means that something else stood there."""
    thread = thread_of([letter("sato", 0), letter("sato", 1, previous=b"x" * 32)])
    assert thread.gaps == (Gap("sato", Audience.REPORTER, 1),)


def test_two_letters_with_one_counter_are_both_shown_and_reported() -> None:
    """A reporter at two devices loses nothing; nobody else could have made them."""
    thread = thread_of([letter(REPORTER, 0), letter(REPORTER, 0, body=b"other")])
    assert len(thread.letters) == 2
    assert thread.gaps == (Gap(REPORTER, Audience.DESK, 0),)


def test_a_repeat_is_dropped_and_counted() -> None:
    """The same letter stored twice is said once."""
    thread = thread_of([letter("sato", 0), letter("sato", 0)])
    assert (len(thread.letters), thread.repeats, thread.gaps) == (1, 1, ())


REFUSED = {
    "of another case": letter("sato", 0, submission="other"),
    "of another organ": letter("sato", 0, organ="other"),
    "a report by staff": letter("sato", 0, kind=Kind.REPORT, audience=Audience.DESK),
    "a notice by the reporter": letter(REPORTER, 0, kind=Kind.NOTICE, audience=Audience.REPORTER),
    "a grant": letter("sato", 0, kind=Kind.GRANT, audience=Audience.DESK),
    "by nobody known": sign(
        Envelope("o", "s", Kind.NOTE, "stranger", Audience.DESK, 0, BEGINNING, b""), fixed("stranger")
    ),
    "signed by someone else": sign(
        Envelope("o", "s", Kind.NOTE, "sato", Audience.DESK, 0, BEGINNING, b""), fixed("mori")
    ),
    "no letter": b"nonsense",
}


@pytest.mark.parametrize("signed", REFUSED.values(), ids=REFUSED.keys())
def test_what_its_author_cannot_have_written_here_is_refused(signed: bytes) -> None:
    """It is counted and not shown, and leaves the rest as it was."""
    thread = thread_of([letter("mori", 0), signed])
    assert shown(thread) == [("mori", 0)]
    assert thread.refused == 1


def test_the_next_letter_follows_the_last_of_its_own_chain() -> None:
    """Each author counts towards each audience alone."""
    sato = chain("sato", 2)
    letters = thread_of([*sato, letter("mori", 0), letter(REPORTER, 0)]).letters
    assert follow(letters, "sato", Audience.REPORTER) == (2, letter_hash(sato[1]))
    assert follow(letters, "sato", Audience.DESK) == (0, BEGINNING)


def test_a_letter_hides_its_content_from_logs() -> None:
    """Signed bytes hold the words in clear."""
    assert repr(thread_of([letter("sato", 0)]).letters) == "(<Letter message>,)"
