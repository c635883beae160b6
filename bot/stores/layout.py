"""Where things lie in Redis, and how a write becomes a list that `lua/apply.lua` carries out.

Keys hold names (HMAC) and random ids in hex, nothing else; all stand behind one hash tag, so that a cluster keeps them
in one place. Nothing but a lock has a time to live there: what ends, ends by the bot's clock, together with all that
belongs to it. Stored shapes; they may never change for keys that exist.
"""

from collections.abc import Callable, Iterable, Iterator

from bot.ports.storing import Blob, Changes, Parcel, Row

#: Stands before every key; the braces are the hash tag of Redis Cluster.
PREFIX = b"{m}:"
#: Digits: the end in seconds since 1970, the day, whether acts are pending.
_ENDS, _DAY, _HEAD = 16, 22, 23

Value = bytes | str | int
_Many = Iterable[tuple[Value, ...]]


def talk_key(name: bytes) -> bytes:
    """Return the key of a talk."""
    return b"{m}:talk:" + name.hex().encode()


def ends(moment: int) -> bytes:
    """Write a moment in digits that are always as many."""
    written = b"%016d" % moment
    if len(written) != _ENDS:
        raise ValueError("a moment of more digits than there is room for")
    return written


def value_of(row: Row) -> bytes:
    """Write a talk as it is stored."""
    return ends(row.expires) + b"%06d%d" % (row.day, row.pending) + row.box


def row_of(name: bytes, value: bytes) -> Row:
    """Read a talk as it is stored."""
    expires, day = int(value[:_ENDS]), int(value[_ENDS:_DAY])
    return Row(name=name, day=day, expires=expires, box=value[_HEAD:], pending=value[_DAY:_HEAD] == b"1")


def parcel_of(parcel_id: str, found: list[bytes | None]) -> Parcel | None:
    """Read a parcel's owner, whether it arrived, and its box."""
    owner, arrived, box = found
    if owner is None or box is None:
        return None
    return Parcel(parcel_id=parcel_id, owner=bytes.fromhex(owner.decode()), arrived=arrived == b"1", box=box)


def address_of(found: bytes, now: int) -> bytes | None:
    """Read a mailbox's sealed address, unless it is past its end."""
    return found[_ENDS:] if int(found[:_ENDS]) > now else None


def _file(blob: Blob) -> tuple[Value, ...]:
    return blob.blob_id, blob.owner.hex(), blob.box


def _parcel(parcel: Parcel) -> tuple[Value, ...]:
    return parcel.parcel_id, parcel.owner.hex(), int(parcel.arrived), parcel.box


# In the order of bot/stores/statements.py: dropping comes first, since a talk that begins anew under the same name must
# not lose what this very write puts there. Which files are kept is said before any is dropped.
_TABLE: tuple[tuple[bytes, Callable[[Changes], _Many]], ...] = (
    (b"hand_file", lambda c: ((file_id, owner.hex()) for file_id, owner in c.hand_files)),
    (b"keep_file", lambda c: zip(c.keep_files)),
    (b"drop_files_of", lambda c: ((owner.hex(),) for owner in c.drop_files_of)),
    (b"drop", lambda c: ((name.hex(),) for name in c.drop)),
    (b"drop_parcel", lambda c: zip(c.drop_parcels)),
    (b"drop_relay", lambda c: zip(c.drop_relay)),
    (b"drop_secret", lambda c: zip(c.drop_secrets)),
    (b"drop_expired", lambda c: ((c.expired_by,),) if c.expired_by else ()),
    (b"put_file", lambda c: map(_file, c.put_files)),
    (b"put_parcel", lambda c: map(_parcel, c.put_parcels)),
    (b"settle_parcel", lambda c: ((p.parcel_id, int(p.arrived), p.box) for p in c.settle_parcels)),
    (b"put_relay", lambda c: ((mailbox, ends(until), address) for mailbox, until, address in c.put_relay)),
    (b"put_secret", lambda c: c.put_secrets),
    (b"put", lambda c: ((row.name.hex(), value_of(row)) for row in c.put)),
    (b"expire", lambda c: ((name.hex(), ends(until)) for name, until in c.expire)),
)


def plain_list(changes: Changes) -> Iterator[Value]:
    """Give how many talks there are, then names and values, for `lua/plain.lua`."""
    yield len(changes.put)
    for row in changes.put:
        yield row.name.hex()
        yield value_of(row)


def whole_list(changes: Changes) -> Iterator[Value]:
    """Give words and their values for `lua/apply.lua`."""
    for word, rows_of in _TABLE:
        for values in rows_of(changes):
            yield word
            yield from values
