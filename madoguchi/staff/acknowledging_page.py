"""The acknowledgement as one HTML file for an A4 sheet: nothing in it is fetched from anywhere."""

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined

from madoguchi.staff.acknowledging import Acknowledgement

_TEMPLATES = Environment(
    loader=PackageLoader("madoguchi.staff"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def page(words: Acknowledgement) -> bytes:
    """Write the page."""
    # The code leads to the public page and holds no token: a photograph of it tells nothing.
    code = segno.make(words.web, error="m").svg_data_uri(border=1, dark="#1d2433") if words.web else ""
    return _TEMPLATES.get_template("acknowledging.html").render(page=words, code=code).encode()
