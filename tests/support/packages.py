"""Packages such as Office and LibreOffice write, and drawings, with what they tell; made on the spot."""

import base64
import io
import zipfile
from collections.abc import Mapping

from bot.screening.kinds import Kind
from tests.support.people_files import photo

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = "application/vnd.openxmlformats-officedocument"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = """<?xml version="1.0"?><cp:coreProperties
xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Trips of Hanako</dc:title>
<dc:creator>Hanako</dc:creator>
<cp:lastModifiedBy>Hanako</cp:lastModifiedBy>
<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-22T01:02:03Z</dcterms:created></cp:coreProperties>"""
_APP = f"""<?xml version="1.0"?><Properties xmlns="{_TYPES.replace("application/vnd.", "http://schemas.")}">
<Application>Pixelcam Writer</Application><Company>Hanako Ltd</Company></Properties>"""

#: Three paragraphs with a table between them, and remains of how they were written.
BODY = (
    '<w:p w:rsidR="00AA11BB"><w:r><w:t>He took the money.</w:t></w:r></w:p>'
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>In July, 300,000 yen.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "<w:p><w:r><w:t>In August, again.</w:t></w:r></w:p>"
)
WORDS = ("He took the money.", "In July, 300,000 yen.", "In August, again.")


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Pack parts as they are given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Give the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def docx(body: str = BODY, **more: str | bytes) -> bytes:
    """A Word document; further parts by name, `_` for the slash and the dot as in `word_media_a__png`."""
    return packed({
        "[Content_Types].xml": '<?xml version="1.0"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.wordprocessingml.document.main+xml"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f'<Override PartName="/docProps/app.xml" ContentType="{_TYPES}.extended-properties+xml"/></Types>',
        "_rels/.rels": '<?xml version="1.0"?>'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "docProps/core.xml": _CORE,
        "docProps/app.xml": _APP,
        "word/document.xml": f'<?xml version="1.0"?><w:document {_W}><w:body>{body}<w:sectPr/></w:body></w:document>',
        **{name.replace("__", ".").replace("_", "/"): content for name, content in more.items()},
    })  # fmt: skip


def odt(manifest: str = "<manifest/>", **more: str | bytes) -> bytes:
    """A text of LibreOffice's."""
    office = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": manifest,
        "meta.xml": f'<office:document-meta {office} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        "<dc:creator>Hanako</dc:creator><dc:date>2026-11-22</dc:date></office:meta></office:document-meta>",
        "content.xml": f'<office:document-content {office} xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f"<office:body><office:text>{''.join(f'<text:p>{each}</text:p>' for each in WORDS)}"
        "</office:text></office:body></office:document-content>",
        **{name.replace("__", ".").replace("_", "/"): content for name, content in more.items()},
    })  # fmt: skip


def drawing() -> bytes:
    """A drawing with everything that editors and hostile hands put into one."""
    picture = base64.b64encode(photo(Kind.JPEG)).decode()
    return f"""<?xml version="1.0"?><?xml-stylesheet href="https://tracker.example/a.css"?>
<!-- Generator: Pixelcam Draw, Hanako -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"
 xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:export-filename="/home/Hanako/a.png" onload="alert(1)">
<metadata><a xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Hanako</dc:creator></a></metadata>
<desc>Created with Pixelcam.</desc><style>@import url(https://tracker.example/b.css); .a {{ fill: red }}</style>
<script>fetch("https://tracker.example")</script>
<rect class="a" width="5" height="5" style="fill: url(#here); cursor: url(https://tracker.example/c.cur)"/>
<image href="https://tracker.example/d.png"/><image xlink:href="data:image/jpeg;base64,{picture}"/>
<use href="#here"/><text>in July</text>
</svg>""".encode()
