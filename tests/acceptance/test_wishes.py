"""What a person may still say once their case is there: in the page without a script, and read at the desk for real."""

from pathlib import Path

from backend.contract import AlertKind, CaseKind, Obligation, Stage
from bot.anonymity.letters import Message, read
from bot.anonymity.signing import REPORTER, Kind
from madoguchi.staff.opening import Sheet
from madoguchi.staff.purposes import struck
from tests.support.desk_staff import Staff
from tests.support.organs import copied
from tests.support.system import System, running
from tests.support.web_reporter import Page, WebReporter

REPORT = {"story": "Invoices were paid twice.", "desk": "naibu"}


def messages(sheet: Sheet) -> list[Message]:
    """The reporter's letters."""
    letters = (letter.envelope for letter in sheet.case.thread.letters)
    return [read(Message, one.body) for one in letters if (one.author, one.kind) == (REPORTER, Kind.MESSAGE)]


async def looks(system: System, token: str) -> tuple[WebReporter, Page]:
    """Somebody opens their inbox on another machine."""
    visitor = WebReporter(system.url)
    return visitor, await visitor.come_back(token)


async def says(system: System, token: str, words: str) -> None:
    """Write to the desk."""
    visitor, _ = await looks(system, token)
    await visitor.choose("reply")
    await visitor.send({"reply": words}, ("then", "done"))
    await visitor.choose("close")


async def hands_over(system: System, first: str, answers: dict[str, str]) -> str:
    """Begin another matter than a report, and note the token down."""
    visitor = WebReporter(system.url)
    await visitor.look()
    for option in first.split():
        await visitor.choose(option)
    await visitor.walk({**answers, "menu": first})
    await visitor.choose("hand_over")
    token = visitor.token
    await visitor.choose("saved")
    await visitor.choose("no")
    return token


async def fills(visitor: WebReporter, answers: dict[str, str]) -> Page:
    """Answer what is asked in an open inbox, and send it."""
    await visitor.walk(answers)
    return await visitor.choose("hand_over")


async def test_what_is_taken_back_stays_in_the_record(tmp_path: Path, demo_organ: Path) -> None:
    """One of two letters, by its day, then the whole: struck at the desk; facts, stage and duties are as they were."""
    copied(demo_organ, tmp_path)
    async with running(tmp_path) as system:
        token = await WebReporter(system.url).report(REPORT)
        sato = Staff(system)
        (number,) = await sato.numbers()
        for words in ("It was Tanaka.", "It was on a Monday."):
            await says(system, token, words)
        visitor, page = await looks(system, token)
        page = await visitor.choose("withdraw")
        assert "What I sent on" in page.text
        assert "It was Tanaka." not in page.text
        await visitor.choose("1")
        page = await visitor.choose("yes")
        assert "The desk sees that letter struck through" in page.text
        sheet = await sato.open(number)
        first, second, wish = messages(sheet)
        assert (first.text, second.text, wish.about) == ("It was Tanaka.", "It was on a Monday.", "withdraw_statement")
        assert list(struck(sheet)) == [sheet.file.letters[0].message_id]
        # What was taken back is offered no more, on any machine; the whole still is.
        visitor, _ = await looks(system, token)
        page = await visitor.choose("withdraw")
        options = [value for name, value in page.buttons if name == "chose"]
        assert options == ["withdraw=2", "withdraw=whole", "withdraw=back"]
        page = await visitor.choose("whole")
        assert "The record stays and nothing is destroyed" in page.text
        page = await visitor.choose("yes")
        assert "The desk has been told that you take the whole matter back." in page.text
        after = await sato.open(number)
        assert messages(after)[-1].about == "withdraw_report"
        assert (after.case.facts, after.file.line.stage) == (sheet.case.facts, Stage.RECEIVED)
        assert [duty.duty_id for duty in after.file.duties] == [duty.duty_id for duty in sheet.file.duties]


async def test_a_consultation_becomes_a_report_without_retyping(tmp_path: Path, demo_organ: Path) -> None:
    """O-05: asked, answered in the same thread, wished by its asker, made by the desk; the survey comes at the end."""
    copied(demo_organ, tmp_path)
    async with running(tmp_path) as system:
        token = await hands_over(system, "consult", {"story": "May I report this?"})
        sato = Staff(system)
        (line,) = (await sato.inbox()).cases
        assert (line.kind, line.owes) == (CaseKind.CONSULTATION, Obligation.ANSWER_FEEDBACK)
        visitor, _ = await looks(system, token)
        await visitor.choose("become_report")
        page = await visitor.choose("yes")
        assert "You need not write anything again." in page.text
        sheet = await sato.open(line.case_number)
        assert [message.about for message in messages(sheet)] == ["become_report"]
        await sato.move(line.case_number, "become-report")
        sheet = await sato.open(line.case_number)
        assert (sheet.file.line.kind, sheet.case.facts.answers["story"]) == (CaseKind.REPORT, "May I report this?")
        _, page = await looks(system, token)
        assert not any(value.endswith("=become_report") for _, value in page.buttons)
        await sato.move(line.case_number, "accept")
        await sato.move(line.case_number, "no-investigation", reason="already_settled", text="It is settled.")
        await sato.move(line.case_number, "close", category="other", text="Thank you.")
        visitor, page = await looks(system, token)
        assert page.text.index("New") < page.text.index("Earlier")
        await visitor.choose("survey")
        for score in ("4", "5", "5"):
            await visitor.choose(score)
        page = await visitor.choose("2")
        assert "Your answers have been counted." in page.text
        _, page = await looks(system, token)
        assert not any(value.endswith("=survey") for _, value in page.buttons)


async def test_a_concern_and_a_name_go_to_an_open_case(tmp_path: Path, demo_organ: Path) -> None:
    """O-26, O-40: executive and counsel hear of a search by the number alone; a name reaches who may read it."""
    copied(demo_organ, tmp_path)
    async with running(tmp_path) as system:
        token = await WebReporter(system.url).report(REPORT)
        sato = Staff(system)
        (number,) = await sato.numbers()
        visitor, _ = await looks(system, token)
        await visitor.choose("concern")
        page = await fills(visitor, {"concern": "search", "story": "He asked everybody who it was."})
        assert "It is with the desk now." in page.text
        await visitor.choose("identity")
        page = await fills(visitor, {"name": "Taro Yamada", "contact": "ext. 12"})
        assert "It is with the desk now." in page.text
        # Where nobody chose a language, the inbox is in that of the report, and in no other.
        page = await WebReporter(system.url, {"Accept-Language": "de"}).come_back(token)
        assert "You and the desk" in page.text
        assert "窓口とのやりとり" not in page.text
        sheet = await sato.open(number)
        (concern,) = messages(sheet)
        assert (concern.about, concern.flow) == ("search", "concern")
        assert concern.answers["story"] == "He asked everybody who it was."
        assert Obligation.RELIEVE in {duty.obligation for duty in sheet.file.duties}
        assert sheet.case.identity is not None
        assert sheet.case.identity.answers == {"name": "Taro Yamada", "contact": "ext. 12"}
        for who in ("tanaka", "suzuki"):
            inbox = await Staff(system, who).inbox()
            assert (number, AlertKind.CONCERN) in [(each.case_number, each.what) for each in inbox.alerts], who
        assert number not in await Staff(system, "suzuki").numbers()


async def test_a_concern_without_a_case_is_heard_too(tmp_path: Path, demo_organ: Path) -> None:
    """O-40: it is a case of its own, with the same people told and none that its reporter keeps out."""
    copied(demo_organ, tmp_path)
    async with running(tmp_path) as system:
        await hands_over(
            system, "other concern", {"concern": "silence", "story": "I was made to sign.", "keep_from": "tanaka"}
        )
        (line,) = (await Staff(system).inbox()).cases
        assert (line.kind, line.owes) == (CaseKind.RELIEF, Obligation.RELIEVE)
        alerts = {who: (await Staff(system, who).inbox()).alerts for who in ("suzuki", "tanaka")}
        assert AlertKind.CONCERN in [each.what for each in alerts["suzuki"]]
        assert alerts["tanaka"] == ()
