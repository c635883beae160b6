"""Whom a typed name means among the people who could read a report.

Errs on the side of keeping people out: a family name that several bear means them all. What only sounds like a name of
several families, a given name alone, a slip of one letter, a name within another: that is asked. Nobody is meant by a
name that no one bears.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from bot.conversation.naming.context import line_of
from bot.conversation.naming.folding import fold
from bot.conversation.naming.japanese import mentions
from bot.conversation.naming.latin import Ids, LatinNames, Sure, kana_words, named, words_of
from bot.conversation.naming.spellings import Part, Spelling, in_japanese, in_latin
from bot.conversation.organ import Person

#: Letters that are read where names are asked for: more than a hundred names. A step must cost little, whatever comes.
LONGEST = 2000


class Meant(Struct, frozen=True):
    """Who is meant by what was typed: staff ids, in the order in which people are known."""

    surely: tuple[str, ...] = ()
    #: Must be asked about; nobody of these is surely meant.
    maybe: tuple[str, ...] = ()


class Directory:
    """Everybody who could read a report, by every spelling of their names; made once, asked often."""

    def __init__(self, people: Iterable[Person]) -> None:
        """Spell out all names."""
        known = {person.staff_id: person for person in people}
        self._order = tuple(known)
        self._written = {staff_id: _family_signs(person) for staff_id, person in known.items()}
        self._japanese = _bearers((who, each) for who, person in known.items() for each in in_japanese(person))
        latin = _bearers((who, each) for who, person in known.items() for each in in_latin(person))
        self._families = {
            spelling.text: ids for spelling, ids in self._japanese.items() if spelling.part is Part.FAMILY
        }
        self._latin = LatinNames(
            full=_of(latin, Part.FULL),
            written=_of(latin, Part.FAMILY, exact=True),
            family=_of(latin, Part.FAMILY),
            given=_of(latin, Part.GIVEN),
        )

    def meant_by(self, typed: str) -> Meant:
        """Tell who is meant. Most text means nobody, in any language; only the first `LONGEST` letters are read."""
        folded = fold(typed[:LONGEST])
        found = [*self._in_japanese(folded), *named(words_of(folded), self._latin)]
        # Kana are compared as kana; by their sound alone they only suggest somebody.
        found += [(Sure.MAYBE, ids) for _, ids in named(kana_words(folded), self._latin)]
        sure = {who for how, ids in found if self._is_sure(how, ids) for who in ids}
        maybe = {who for _, ids in found for who in ids} - sure
        return Meant(
            tuple(who for who in self._order if who in sure), tuple(who for who in self._order if who in maybe)
        )

    def _in_japanese(self, folded: str) -> Iterator[tuple[Sure, Ids]]:
        line = line_of(folded)
        present = [spelling for spelling in self._japanese if spelling.text in line.letters]
        for mention in mentions(line, present, self._families):
            spelling = mention.spelling
            sure = Sure.FULL if spelling.part is Part.FULL else Sure.EXACT if spelling.exact else Sure.HEARD
            yield (sure if mention.surely else Sure.MAYBE), self._japanese[spelling]

    def _is_sure(self, how: Sure, ids: Ids) -> bool:
        """A whole name and a written one are; a name that is only heard is, if all who bear it write it alike."""
        return how in (Sure.FULL, Sure.EXACT) or (how is Sure.HEARD and len({self._written[who] for who in ids}) == 1)


def _bearers(spelt: Iterable[tuple[str, Spelling]]) -> dict[Spelling, Ids]:
    bearers: dict[Spelling, set[str]] = defaultdict(set)
    for staff_id, spelling in spelt:
        if spelling.text:
            bearers[spelling].add(staff_id)
    return {spelling: frozenset(ids) for spelling, ids in bearers.items()}


def _of(bearers: Mapping[Spelling, Ids], part: Part, *, exact: bool = False) -> dict[str, Ids]:
    return {each.text: ids for each, ids in bearers.items() if each.part is part and each.exact is exact}


def _family_signs(person: Person) -> frozenset[str]:
    """Tell how somebody's family writes its name: in Japanese, or in Latin letters where that is all there is."""
    spelt = {each.text for each in in_japanese(person) if each.part is Part.FAMILY and each.exact}
    return frozenset(spelt or {each.text for each in in_latin(person) if each.part is Part.FAMILY and each.exact})
