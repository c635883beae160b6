"""Pictures as what is seen: whether two files show the same, and one drawn anew where cutting is not enough.

The only room that has pictures decoded. Counts pixels before a decoder sees them.
"""

import hashlib
import io

from PIL import Image, ImageOps, ImageSequence
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from bot.screening.kinds import Kind
from bot.screening.stripped import MalformedError, Stripped, UntouchableError
from bot.screening.traces import in_tags
from bot.screening.wire import Trace

#: Which decoder reads what. Named here instead of found by Pillow, which would load more when it is too late.
DECODERS: dict[Kind, type[ImageFile]] = {
    Kind.JPEG: JpegImageFile,
    Kind.PNG: PngImageFile,
    Kind.GIF: GifImageFile,
    Kind.WEBP: WebPImageFile,
    Kind.BMP: BmpImageFile,
    Kind.TIFF: TiffImageFile,
}

#: How each kind is written where it is written anew: nothing lost, but for JPEG.
_AS: dict[Kind, dict[str, object]] = {
    Kind.JPEG: {"quality": 95, "subsampling": 0},
    Kind.WEBP: {"lossless": True},
    Kind.TIFF: {"compression": "tiff_adobe_deflate"},
}

#: Pixels in all frames together; Pillow's own measure, a quarter of a GiB at three bytes each.
MOST_PIXELS = 89_478_485
#: A JPEG above that is compared at an eighth of its size, which its decoder does without holding the whole.
_SMALLER = 8
#: Lines that are compared at a time, so that there is never a second copy of the picture.
_LINES = 64


def look_of(data: bytes, kind: Kind) -> bytes:
    """Digest what a picture shows, all its frames.

    Raises `UntouchableError` when that is too much, and whatever the decoder raises when the bytes are broken.
    """
    digest, seen = hashlib.sha256(), 0
    with DECODERS[kind](io.BytesIO(data)) as picture:
        _shrink(picture, kind)
        _bounded(picture.width * picture.height)
        for frame in ImageSequence.Iterator(picture):
            seen += frame.width * frame.height
            _bounded(seen)
            digest.update(repr((frame.mode, frame.size, frame.info.get("duration"))).encode())
            for top in range(0, frame.height, _LINES):
                strip = frame.crop((0, top, frame.width, min(top + _LINES, frame.height)))
                digest.update((strip.convert("RGBA") if strip.mode == "P" else strip).tobytes())
    return digest.digest()


def redrawn(data: bytes, kind: Kind) -> Stripped:
    """Draw a picture anew, with nothing but what is seen, even if nothing else was noticed.

    Raises `MalformedError` where Pillow cannot.
    """
    with DECODERS[kind](io.BytesIO(data)) as picture:
        _bounded(picture.width * picture.height * getattr(picture, "n_frames", 1))
        traces: set[Trace] = in_tags(picture.getexif())
        frames = [_bare(frame) for frame in ImageSequence.Iterator(picture)]
        anew = _written(frames, kind, picture.info.get("dpi"))
    return Stripped(anew, traces or ({"other"} if anew != data else set()), redrawn=kind is Kind.JPEG)


def _written(frames: list[Image.Image], kind: Kind, dpi: object) -> bytes:
    """Write frames; the resolution stays, since it gives a scan's size on paper."""
    out, several = io.BytesIO(), {"save_all": True, "append_images": frames[1:]} if frames[1:] else {}
    paper = {"dpi": dpi} if dpi else {}
    try:
        frames[0].save(out, DECODERS[kind].format, **_AS.get(kind, {}), **several, **paper)
    except (OSError, KeyError, ValueError) as error:
        raise MalformedError from error
    return out.getvalue()


def _shrink(picture: ImageFile, kind: Kind) -> None:
    if kind is Kind.JPEG and picture.width * picture.height > MOST_PIXELS:
        picture.draft("", (picture.width // _SMALLER, picture.height // _SMALLER))


def _bounded(pixels: int) -> None:
    if pixels > MOST_PIXELS:
        raise UntouchableError("too_complex")


def _bare(frame: Image.Image) -> Image.Image:
    """Copy a frame the right way up, without what its file said of it."""
    bare = ImageOps.exif_transpose(frame)
    bare.info = {name: frame.info[name] for name in ("transparency",) if name in frame.info}
    return bare
