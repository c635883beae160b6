"""What is said of a case once it is there, as further chapters of the story of crashes: each arrives once, or not yet.

They follow on the story's end: the case is closed, and its inbox is open.
"""

from bot.anonymity.letters import Message, read
from bot.anonymity.signing import REPORTER, Kind
from madoguchi.staff.purposes import struck
from tests.support.crash_story import Chapter, Story, found, holds_nothing
from tests.support.desk_staff import Staff
from tests.support.terminal_reporter import asked

NAME = "Masako Hayashida"
#: What stands on the option.
SURVEY = "Answer a few questions about us"


async def takes_words_back(story: Story) -> None:
    """Take the newest letter back: the desk sees it struck, and was told so once."""
    person, number = story.person, await story.number()
    while not struck(sheet := await story.at_the_desk(lambda sato: sato.open(number))):
        await person.opens()
        await person.choose("withdraw")
        if asked(person.screen) == "withdraw":
            await person.say("1")
        moves = {"withdraw": "back", "wish_withdraw_statement": "yes", "reply": "/back"}
        await person.until("inbox", busy="/status", **moves)
    letters = [letter for letter in sheet.case.thread.letters if letter.envelope.author == REPORTER]
    said = {letter.message_id: letter for letter in letters if letter.envelope.kind is Kind.MESSAGE}
    (taken_back,) = struck(sheet)
    assert "treated badly" in read(Message, said[taken_back].envelope.body).text
    abouts = [read(Message, letter.envelope.body).about for letter in said.values()]
    assert abouts.count("withdraw_statement") == 1


async def says_who_they_are(story: Story) -> None:
    """Say a name after all: it is there once, for those who may read it, and nowhere else."""
    person, number = story.person, await story.number()

    async def name(sato: Staff) -> str:
        identity = (await sato.open(number)).case.identity
        return identity.answers.get("name", "") if identity else ""

    while await story.at_the_desk(name) != NAME:
        await person.opens()
        await person.choose("identity")
        if asked(person.screen) == "name":
            await person.say(NAME)
        moves = {"name": "/done", "contact": "/done", "remarks": "/done", "summary": "hand_over", "reply": "/back"}
        await person.until("inbox", busy="/status", **moves)
    assert len(found(story, "cases.db", "SELECT part_id FROM parts WHERE compartment = 'identity'")) == 1
    holds_nothing(story, NAME)


async def answers_the_survey(story: Story) -> None:
    """Answer the questions about the mechanism: each counts once, and they are asked no more."""
    person = story.person
    await person.opens()
    while SURVEY in person.text:
        await person.choose("survey")
        while asked(person.screen).startswith("survey_"):
            await person.say("4")
        await person.opens()
    assert found(story, "cases.db", "SELECT sum(count) FROM survey_scores") == {4}
    assert found(story, "cases.db", "SELECT DISTINCT score FROM survey_scores") == {4}


WISHES: tuple[Chapter, ...] = (takes_words_back, says_who_they_are, answers_the_survey)
