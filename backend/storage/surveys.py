"""Answers to the survey, as counts, and the hashes of those who may answer or have."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from sqlalchemy import bindparam, false, select, true, update

from backend.contract.figures import Respondent
from backend.storage.rows import Rows, of_organ
from backend.storage.tables.figures import survey_proofs, survey_scores

_ADD_SCORE: Final = (
    update(survey_scores)
    .where(
        of_organ(survey_scores),
        survey_scores.c.half == bindparam("of_half"),
        survey_scores.c.respondent == bindparam("of_respondent"),
        survey_scores.c.question == bindparam("of_question"),
        survey_scores.c.score == bindparam("of_score"),
    )
    .values(count=survey_scores.c.count + 1)
)
_SCORES: Final = select(survey_scores).where(of_organ(survey_scores), survey_scores.c.half == bindparam("half"))
_OFFERED: Final = select(survey_proofs.c.respondent).where(
    of_organ(survey_proofs), survey_proofs.c.proof == bindparam("proof"), survey_proofs.c.taken == false()
)
_TAKEN: Final = select(survey_proofs.c.proof).where(
    of_organ(survey_proofs), survey_proofs.c.proof == bindparam("proof"), survey_proofs.c.taken == true()
)
_TAKE: Final = (
    update(survey_proofs)
    .where(of_organ(survey_proofs), survey_proofs.c.proof == bindparam("of_proof"))
    .values(taken=true())
)


class SqlSurveys:
    """`ports.Surveys` over rows."""

    def __init__(self, rows: Rows) -> None:
        """Work inside the transaction of these rows."""
        self._rows: Final = rows

    def offer(self, proof: bytes, respondent: Respondent) -> None:
        """Let somebody answer once."""
        self._rows.add_if_new(survey_proofs, {"proof": proof, "respondent": respondent, "taken": False})

    def take(self, proof: bytes) -> Respondent | None:
        """Take an offer."""
        found = self._rows.take(_OFFERED, proof=proof)
        if found is None:
            return None
        self._rows.run(_TAKE, of_proof=proof)
        return Respondent(found.respondent)

    def take_first(self, proof: bytes) -> bool:
        """Note that somebody answered, once."""
        return self._rows.add_if_new(survey_proofs, {"proof": proof, "respondent": "", "taken": True})

    def is_taken(self, proof: bytes) -> bool:
        """Tell whether they have."""
        return self._rows.look(_TAKEN, proof=proof) is not None

    def score(self, half: str, respondent: Respondent, question: str, score: int) -> None:
        """Add one to an answer."""
        row = {"half": half, "respondent": respondent, "question": question, "score": score}
        self._rows.add_if_new(survey_scores, {**row, "count": 0})
        self._rows.run(_ADD_SCORE, **{f"of_{name}": value for name, value in row.items()})

    def scores(self, half: str) -> Mapping[tuple[Respondent, str], Mapping[int, int]]:
        """How often each answer was given."""
        found: dict[tuple[Respondent, str], dict[int, int]] = defaultdict(dict)
        for row in self._rows.every(_SCORES, half=half):
            found[Respondent(row.respondent), row.question][row.score] = row._mapping["count"]  # noqa: SLF001 - `row.count` is the tuple's own method
        return found
