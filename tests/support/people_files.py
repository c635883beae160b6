"""Files such as people send, with all that such files tell besides what is seen; made on the spot."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.screening.kinds import Kind

#: Words that must be nowhere in a cleaned file.
SECRET = "Satō Hanako 佐藤"
TOLD = (SECRET.encode(), b"Hanako", b"Pixelcam", b"Darkroom", b"2026:11", b"D:2026")
XMP = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" rdf:about=""
dc:creator="{SECRET}" exif:GPSLatitude="35,40.2N"/></rdf:RDF></x:xmpmeta>""".encode()

#: Which Pillow writer makes which kind.
FORMATS = {
    Kind.JPEG: "JPEG",
    Kind.PNG: "PNG",
    Kind.GIF: "GIF",
    Kind.WEBP: "WEBP",
    Kind.BMP: "BMP",
    Kind.TIFF: "TIFF",
}


def picture(size: int = 48) -> Image.Image:
    """Something with an up and a down, a left and a right."""
    return Image.merge(
        "RGB", (Image.linear_gradient("L"), Image.radial_gradient("L"), Image.new("L", (256, 256)))
    ).resize((size, size * 2))


def plain(kind: Kind, size: int = 48) -> bytes:
    """A picture that tells nothing but what is seen."""
    out = io.BytesIO()
    picture(size).save(out, FORMATS[kind])
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes into a photo."""
    tags = Image.Exif()
    tags[0x010F] = "Pixelcam"
    tags[0x0131] = "Darkroom"
    tags[0x013B] = "Hanako"
    tags[0x0112] = orientation
    tags.get_ifd(0x8769)[0x9003] = "2026:11:22 01:02:03"
    tags.get_ifd(0x8825).update({1: "N", 2: (35.0, 40.0, 12.0)})
    return tags


def photo(kind: Kind, orientation: int = 1) -> bytes:
    """A picture with all that its kind can carry."""
    out = io.BytesIO()
    if kind is Kind.PNG:
        notes = PngInfo()
        notes.add_text("Author", "Hanako")
        notes.add_text("Comment", SECRET, zip=True)
        notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
        picture().save(
            out, "PNG", exif=exif(orientation), icc_profile=b"Hanako's screen" * 9, pnginfo=notes, dpi=(72, 72)
        )
    elif kind is Kind.TIFF:
        picture().save(out, "TIFF", exif=exif(orientation))
    elif kind is Kind.GIF:
        picture().save(out, "GIF", comment=SECRET.encode())
    elif kind is Kind.WEBP:
        picture().save(out, "WEBP", exif=exif(orientation), xmp=XMP, icc_profile=b"Hanako's screen" * 9)
    elif kind is Kind.JPEG:
        more = {"xmp": XMP, "comment": SECRET.encode(), "icc_profile": b"Hanako's screen" * 9}
        picture().save(out, "JPEG", exif=exif(orientation), **more)
    else:
        picture().save(out, "BMP")
    return out.getvalue()


def document(*, author: str = "Hanako") -> pikepdf.Pdf:
    """A one-page PDF with a description, still open for changes."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Author"] = author
    pdf.docinfo["/Creator"] = "Darkroom"
    pdf.docinfo["/CreationDate"] = "D:20261122010203+09'00'"
    pdf.Root.Metadata = Stream(pdf, XMP, Type=Name.Metadata, Subtype=Name.XML)
    return pdf


def with_scripts(pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    """The document, doing things by itself in every way it can."""
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('Hanako')"))
    pdf.Root.OpenAction = Dictionary(S=Name.Launch, F=String("Hanako.exe"))
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), pdf.make_indirect(script)])))
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=Dictionary(S=Name.JavaScript, JS=script.JS)
    )
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])
    return pdf


def with_remark(pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    """The document, with a remark on its page and a form field."""
    at = Array([0, 0, 9, 9])
    remark = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=at, Contents=String("see here"))
    remark.T, remark.M, remark.NM = String("Hanako"), String("D:20261122"), String("Hanako-1")
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=at, T=String("amount"), V=String("900"))
    pdf.pages[0].Annots = Array([pdf.make_indirect(remark), pdf.make_indirect(field)])
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].Annots[1]]))
    return pdf


def with_photo(pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    """The document, with a photo on its page as a phone took it."""
    image = Stream(pdf, photo(Kind.JPEG))
    image.Type, image.Subtype, image.Filter = Name.XObject, Name.Image, Name.DCTDecode
    image.Width, image.Height, image.ColorSpace, image.BitsPerComponent = 48, 96, Name.DeviceRGB, 8
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=image))
    return pdf


def written(pdf: pikepdf.Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    """Close a document and return its bytes."""
    out = io.BytesIO()
    with pdf:
        # What was packed stays packed, which cannot be asked for where everything is packed anew.
        packed = None if encryption else pikepdf.StreamDecodeLevel.none
        pdf.save(out, encryption=encryption or False, compress_streams=False, stream_decode_level=packed)
    return out.getvalue()
