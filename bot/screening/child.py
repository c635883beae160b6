"""The child: locks itself in, takes one file, answers, and is gone. Started by `bot.screening.children` alone.

Imports nothing of the bot but this room, so there is no key in its memory, and its environment is empty. It rehearses
before it is locked in, since afterwards nothing can be loaded.
"""

import io
import os

import msgspec
import pikepdf
from PIL import Image

from bot.screening.cleaning import screen
from bot.screening.confinement import confine
from bot.screening.kinds import Kind
from bot.screening.pixels import DECODERS
from bot.screening.wire import PREFIX, Ready, Request, message

_IN, _OUT = 0, 1


def main() -> None:
    """Serve one file."""
    rehearse()
    _write(*message(Ready(confine())))
    head, body = PREFIX.unpack(_read(PREFIX.size))
    request = msgspec.msgpack.decode(_read(head), type=Request)
    _write(*message(*screen(request, _read(body))))
    # Nothing to tidy up: whatever hostile bytes left in memory gets no further turn.
    os._exit(0)


def rehearse() -> None:
    """Clean a small file of each kind, so that all that the libraries load late is loaded."""
    for kind, decoder in DECODERS.items():
        out = io.BytesIO()
        Image.new("RGB", (8, 8)).save(out, decoder.format)
        screen(Request("", kind), out.getvalue() + b"\0")
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = ""
        pdf.save(out)
    screen(Request("", Kind.PDF), out.getvalue())


def _read(count: int) -> bytes:
    """Read so many bytes. Ends the process when the bot is gone."""
    whole = bytearray()
    while len(whole) < count:
        part = os.read(_IN, min(count - len(whole), 1 << 20))
        if not part:
            os._exit(1)
        whole += part
    return bytes(whole)


def _write(*parts: bytes) -> None:
    for part in parts:
        left = memoryview(part)
        while left:
            left = left[os.write(_OUT, left) :]


if __name__ == "__main__":
    main()
