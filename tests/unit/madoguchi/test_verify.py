"""The verdict on a log: proven as far as checkpoints reach, or the first thing that is wrong."""

from msgspec.structs import replace

from backend.contract import CaseLog, Checkpoints, Stage
from bot.anonymity.signing import signing_public
from madoguchi.verify import DESTROYED, Doubt, Doubtful, Proven, examine
from madoguchi.verify_entries import Break, Damage
from tests.support.logs import ORGAN, SEED, START, follow, proven, signed, whole_log

OTHER_SEED = bytes(32)


def test_a_log_is_proven_as_far_as_the_newest_checkpoint_reaches() -> None:
    """What came after it is counted apart."""
    log, published = proven(whole_log(5), 2, 4)
    assert examine(log, published) == Proven(4, 1, published.signed[-1])


def test_a_log_that_no_checkpoint_can_hold_yet_is_whole_and_not_proven() -> None:
    """It began on the day of the newest checkpoint, or there is none."""
    log, _ = proven(whole_log(3))
    assert examine(log, Checkpoints(signed=())) == Proven(0, 3, None)


def test_a_log_that_a_checkpoint_should_hold_must_be_in_it() -> None:
    """A store that gives no proof has something to hide."""
    log, published = proven(whole_log(3), 2)
    assert examine(replace(log, proofs=()), published) == Doubtful(Doubt.UNPROVEN, 1)


def test_a_broken_entry_is_named_before_anything_else_of_the_log() -> None:
    """The exact place, not only that something is wrong."""
    log, published = proven(whole_log(5), 4)
    entries = (*log.entries[:2], replace(log.entries[2], actor="ito"), *log.entries[3:])
    assert examine(replace(log, entries=entries), published) == Break(Damage.CHANGED, 2, 2)


def test_a_log_of_an_export_is_not_led_astray_by_its_own_row() -> None:
    """The case's row may be shortened along with the log."""
    log, published = proven(whole_log(5), 4)
    short = replace(log, entries=log.entries[:3], length=3, head=log.entries[2].entry_hash)
    assert examine(short, published) == Break(Damage.MISSING, 3, 3)


def test_a_checkpoint_by_another_signer_is_not_believed() -> None:
    """Where the key is known; where it is not, whoever signed is shown."""
    log, published = proven(whole_log(3), 2, 3)
    forged = Checkpoints(signed=(published.signed[0], signed(published.signed[1].checkpoint, OTHER_SEED)))
    assert examine(log, forged, [signing_public(SEED)]) == Doubtful(Doubt.SIGNATURE, 2)
    assert isinstance(examine(log, forged), Proven)
    assert isinstance(examine(log, forged, [signing_public(SEED), signing_public(OTHER_SEED)]), Proven)


def test_a_changed_checkpoint_is_not_believed() -> None:
    """Its signature does not fit any more."""
    log, published = proven(whole_log(3), 2)
    changed = replace(published.signed[0], checkpoint=replace(published.signed[0].checkpoint, root=bytes(32)))
    assert examine(log, Checkpoints(signed=(changed,))) == Doubtful(Doubt.SIGNATURE, 1)


def test_a_missing_checkpoint_is_found() -> None:
    """Each names the one before; the first is the beginning."""
    log, published = proven(whole_log(3), 1, 2, 3)
    first, _, third = published.signed
    assert examine(log, Checkpoints(signed=(first, third))) == Doubtful(Doubt.GAP, 3)
    assert examine(log, Checkpoints(signed=published.signed[1:])) == Doubtful(Doubt.GAP, 2)


def test_checkpoints_of_another_organ_prove_nothing() -> None:
    """Nor does a proof that leads elsewhere, or one for another case."""
    log, published = proven(whole_log(3), 2)
    assert examine(replace(log, organ="agency"), published) == Doubtful(Doubt.FOREIGN)
    assert examine(replace(log, submission_id="second"), published) == Doubtful(Doubt.PROOF, 1)
    astray = replace(log.proofs[0], place=log.proofs[0].place ^ 1)
    assert examine(replace(log, proofs=(astray,)), published) == Doubtful(Doubt.PROOF, 1)


def test_a_log_may_know_of_later_checkpoints_than_were_exported() -> None:
    """Then it is proven as far as those reach that are at hand."""
    log, published = proven(whole_log(5), 2, 4)
    older = Checkpoints(signed=published.signed[:1])
    assert examine(log, older) == Proven(2, 3, published.signed[0])


def destroyed() -> tuple[CaseLog, Checkpoints]:
    """A case of whose log the receipt alone is left."""
    entries = whole_log(4)
    follow(entries, "minister", DESTROYED)
    log, published = proven(entries, 3, 5)
    return replace(log, entries=log.entries[-1:], stage=Stage.DESTROYED), published


def test_a_destroyed_case_is_proven_by_head_and_receipt() -> None:
    """All that stays of it is what the checkpoint commits to."""
    log, published = destroyed()
    assert examine(log, published) == Proven(5, 0, published.signed[-1], destroyed=True)


def test_a_case_destroyed_without_a_receipt_is_found() -> None:
    """Whether nothing is left, or something that is no receipt."""
    log, published = destroyed()
    assert examine(replace(log, entries=()), published) == Doubtful(Doubt.NO_RECEIPT)
    other = (replace(log.entries[0], act="wrote"),)
    assert examine(replace(log, entries=other), published) == Doubtful(Doubt.NO_RECEIPT)
    vanished = replace(log, entries=(), stage=Stage.RECEIVED)
    assert examine(vanished, published) == Break(Damage.MISSING, 0, 2)


def test_a_changed_receipt_is_found() -> None:
    """Nobody can put the destruction on someone else."""
    log, published = destroyed()
    forged = (replace(log.entries[0], actor="sato"),)
    assert examine(replace(log, entries=forged), published) == Break(Damage.CHANGED, 4, 4)


def test_the_beginning_of_a_chain_is_organ_and_submission() -> None:
    """What a proof is for is computed, not read."""
    log, _ = proven(whole_log(1), 1)
    assert (log.organ, log.proofs[0].tip.chain) == (ORGAN, START)
