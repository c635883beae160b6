"""What was found out about a log is said in sentences, in both languages, and never in a stranger's commands."""

import pytest
from msgspec.structs import replace

from backend.contract import Checkpoints
from madoguchi.verify import Doubt, Doubtful, Proven, Verdict
from madoguchi.verify_entries import Break, Damage
from madoguchi.verify_telling import told, told_of_checkpoints, told_of_signer
from madoguchi.words import LANGUAGES, Words
from tests.support.logs import proven, whole_log

LOG, PUBLISHED = proven(whole_log(5), 2, 4)
EN = Words("en")


def said(verdict: Verdict, words: Words = EN) -> str:
    """All sentences."""
    return "\n".join(told(verdict, LOG, words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_sentence(language: str) -> None:
    """Each names the case or the checkpoint, and no two are alike."""
    words = Words(language)
    findings: list[Verdict] = [
        *(Break(damage, 1, 1) for damage in Damage),
        *(Break(damage, 1, 3) for damage in (Damage.MISSING, Damage.REWRITTEN)),
        *(Doubtful(doubt, 7) for doubt in Doubt),
        Proven(0, 5, None),
        Proven(4, 1, PUBLISHED.signed[-1]),
        Proven(5, 0, PUBLISHED.signed[-1], destroyed=True),
    ]
    sentences = [next(told(finding, LOG, words)) for finding in findings]
    assert len(set(sentences)) == len(findings)
    assert all(LOG.case_number in sentence or "7" in sentence for sentence in sentences)


def test_entries_are_counted_from_one_and_shown_as_they_read_now() -> None:
    """The third entry of a log is called the third."""
    text = said(Break(Damage.CHANGED, 2, 2))
    assert "entry 3: it was changed" in text
    assert text.endswith("What stands there now: 2026-11-20, sato, act-2")
    assert "entries 4 to 9 were removed" in said(Break(Damage.MISSING, 3, 8))
    assert "stands there now" not in said(Break(Damage.MISSING, 8, 8))


def test_an_act_from_the_database_moves_no_cursor() -> None:
    """Whoever wrote into the database has written that too."""
    forged = replace(LOG.entries[0], actor="\x1b[2Jsato", act="line\nbreak")
    text = "\n".join(told(Break(Damage.CHANGED, 0, 0), replace(LOG, entries=(forged,)), EN))
    assert "\x1b" not in text
    assert "line break" in text


def test_checkpoints_alone_are_counted() -> None:
    """And what is wrong with them is said; who signed is shown once a key."""
    assert "All 2 checkpoints" in told_of_checkpoints(None, PUBLISHED, EN)
    assert "No checkpoint" in told_of_checkpoints(None, Checkpoints(signed=()), EN)
    assert "Checkpoint 2 does not follow" in told_of_checkpoints(Doubtful(Doubt.GAP, 2), PUBLISHED, EN)
    assert len(list(told_of_signer(PUBLISHED, EN))) == 1
