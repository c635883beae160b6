"""Choosing a desk and keeping people out on the page, on a telephone, in both languages, as far as who reads it.

Without scripts, so that nothing but the page itself leads the person on.
"""

import pytest

from tests.support.browsers import Visit, needs_chromium, visiting
from tests.support.desk_staff import Staff
from tests.support.system import System

pytestmark = needs_chromium

#: What the page says, by language: of counsel at the desks, of the desk that is emptied, of the readers in the end.
SAID = {
    "ja": (
        "組織の人は開けません",
        "「内部窓口」では、読める人が全員「見せない人」に入っています",
        "齋藤 直子（北部支局の窓口）",
    ),
    "en": (
        "nobody in the organ can open what goes there",
        "Everyone who could read it at “Internal desk”",
        "Naoko Saito (Northern branch desk)",
    ),
}


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_o08_a_desk_is_chosen_seen_emptied_and_chosen_again(system: System, language: str) -> None:
    """O-03, O-04, O-08: who works where is seen first; a doubtful name is asked about; an empty desk is not offered."""
    of_counsel, of_emptied, of_readers = SAID[language]
    async with visiting(system.url, language=language) as visit:
        await _to_the_desks(visit)
        assert of_counsel in await visit.sees()
        await visit.choose("desk", "naibu")
        await visit.page.check("input[value=tanaka]")
        await visit.write("keep_from_others", "直子、佐藤課長")
        await visit.press("next")
        assert of_emptied in await visit.sees()
        assert await visit.page.query_selector('button[value="desk=naibu"]') is None
        await visit.choose("desk", "hokubu")
        await visit.page.check("input[value=no_one]")
        assert await visit.page.query_selector("input[value=saito]")
        await visit.press("next")
        await _skip_to_the_summary(visit)
        assert of_readers in await visit.sees()
        await visit.choose("summary", "hand_over")
    assert await Staff(system, "saito").numbers()
    assert not await Staff(system, "sato").numbers()


async def _to_the_desks(visit: Visit) -> None:
    await visit.open()
    for question, option in (("menu", "report"), ("exposure", "go_on"), ("way", "own")):
        await _skip_until(visit, f'button[name=chose][value="{question}={option}"]')
        await visit.choose(question, option)
    await visit.write("story", "The bid was opened two days early.")
    await visit.press("next")
    await _skip_until(visit, 'button[name=chose][value="desk=naibu"]')


async def _skip_to_the_summary(visit: Visit) -> None:
    await _skip_until(visit, 'button[name=chose][value="summary=hand_over"]')


async def _skip_until(visit: Visit, selector: str) -> None:
    for _ in range(15):
        if await visit.page.query_selector(selector):
            return
        await visit.press("skip")
    raise AssertionError(f"never came to {selector}: {await visit.sees()}")
