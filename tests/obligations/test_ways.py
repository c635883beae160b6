"""O-05, O-25, O-26: whoever turns to the desk other than with a report."""

import pytest

from tests.support.either_way import WAYS, turning
from tests.support.hall import Hall

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("way", WAYS)
async def test_a_question_is_asked(hall: Hall, way: str) -> None:
    """O-05: tried out."""
    async with turning(way, hall.system) as person:
        await person.begin()
        await person.tap("consult")
        await person.walk({"consulting": "May I report this?"})
        await person.hands_over()
        (number,) = hall.news()
        assert "May I report this?" in await hall.opens(number)
