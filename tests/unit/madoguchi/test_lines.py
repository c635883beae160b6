"""Where things stand in a TOML file."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from madoguchi.organ.lines import line_at, line_of_fault, lines_of

ROOT = Path(__file__).resolve().parents[3]

EVERYTHING = """\
# a comment with [brackets] and "quotes"
organ = "moe"
name.ja = "省"
name."e n" = 'Moe # not a comment'
long = \"\"\"
[not.a.table]
key = \\"\\"\\" no key
\"\"\"
raw = '''
x = 1'''
[talk.texts.ja]
"menu.welcome" = "ようこそ"   # greeting
menu.other = "x"
[[desks]]
id = "a"
seats = [
    # first
    { member = "ann", rooms = ["facts", "masked"] }, { member = "bob" },
    { member = "eve" },
]
[[desks]]
id = "b"
[[desks.phones]]
number = 1
[[desks.phones]]
number = 2026-11-22 10:00:00
[desks.contact]
post = { street = "x",city = { name = 'y' } }
"""


def paths(value: object, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every way to something in what was read."""
    if above:
        yield above
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, below in inner:
        yield from paths(below, (*above, name))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("organ",), 2),
        (("name",), 3),
        (("name", "e n"), 4),
        (("long",), 5),
        (("raw",), 9),
        (("talk",), 11),
        (("talk", "texts", "ja", "menu.welcome"), 12),
        (("talk", "texts", "ja", "menu", "other"), 13),
        (("desks",), 14),
        (("desks", 0, "seats"), 16),
        (("desks", 0, "seats", 0), 18),
        (("desks", 0, "seats", 0, "rooms", 1), 18),
        (("desks", 0, "seats", 1, "member"), 18),
        (("desks", 0, "seats", 2), 19),
        (("desks", 1), 21),
        (("desks", 1, "phones", 1, "number"), 26),
        (("desks", 1, "contact", "post", "city", "name"), 28),
    ],
)
def test_a_thing_stands_at_the_line_on_which_its_key_is_written(path: tuple[str | int, ...], line: int) -> None:
    """Tables, lists of tables, dotted and quoted keys, long strings and comments notwithstanding."""
    assert lines_of(EVERYTHING)[path] == line


@pytest.mark.parametrize(
    "file",
    [
        "pyproject.toml",
        "madoguchi/organ/demo.toml",
        "madoguchi/locales/ja.toml",
        "bot/conversation/locales/en.toml",
        "backend/profiles/jp-national-organ.toml",
    ],
)
def test_everything_that_is_read_has_a_line(file: str) -> None:
    """On files that people wrote: every key, table and element is found, and nothing besides."""
    source = (ROOT / file).read_text("utf-8")
    assert set(lines_of(source)) == set(paths(tomllib.loads(source)))


def test_what_is_missing_is_looked_for_around_it() -> None:
    """A key that should be there is named by the line of its table; where that is missing too, by the first line."""
    lines = lines_of(EVERYTHING)
    assert line_at(lines, ("desks", 1, "kind")) == 21
    assert line_at(lines, ("members", 0, "id")) == 1


@pytest.mark.parametrize(("source", "line"), [("a = 1\nb = \n", 2), ("a = 1\n\nb = [1,\n\n", 3), ("a = 1\nb", 2)])
def test_what_is_no_toml_has_the_line_at_which_it_ends_to_be(source: str, line: int) -> None:
    """Text that ends too soon is faulty in its last line."""
    with pytest.raises(tomllib.TOMLDecodeError) as broken:
        tomllib.loads(source)
    assert line_of_fault(source, broken.value) == line
