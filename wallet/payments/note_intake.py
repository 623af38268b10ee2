"""Decides what becomes of reports about notes in no payment, given what is stored. Pure.

The same note in the same state with the same content is a repeat; with other content, or as suspense
though a payment has credited it, it is a conflict that changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from terminal_api import LooseState, NoteReport, NoteReportAnswer, Verdict, body_hash

Key = tuple[str, LooseState]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReport:
    """A report to be stored."""

    note: NoteReport
    body_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteConflict:
    """A report that contradicts what is stored; kept beside it for people."""

    note: NoteReport
    body_hash: str
    reason: str


@dataclass(slots=True, kw_only=True)
class ReportDecision:
    """What to write and what to answer, in the batch's order."""

    new: list[NewReport] = field(default_factory=list)
    conflicts: list[NoteConflict] = field(default_factory=list)
    answers: list[NoteReportAnswer] = field(default_factory=list)


def decide_reports(
    notes: Sequence[NoteReport], stored: Mapping[Key, str], credited: Collection[str]
) -> ReportDecision:
    """Judge each report.

    Args:
        notes: of one terminal, each note and state once.
        stored: the body hashes of what is stored, by note and state.
        credited: those of the notes that stand undisputed in a payment.
    """
    decision = ReportDecision()
    for note in notes:
        digest = body_hash(note)
        known = stored.get((note.cycle, note.state))
        if known == digest:
            decision.answers.append(_answer(note, Verdict.DUPLICATE))
        elif known is not None:
            _conflict(decision, note, digest, "this note is stored with other content")
        elif note.cycle in credited:
            _conflict(decision, note, digest, "a payment has credited this note")
        else:
            decision.new.append(NewReport(note=note, body_hash=digest))
            decision.answers.append(_answer(note, Verdict.ACCEPTED))
    return decision


def _conflict(decision: ReportDecision, note: NoteReport, digest: str, why: str) -> None:
    decision.conflicts.append(NoteConflict(note=note, body_hash=digest, reason=why))
    decision.answers.append(_answer(note, Verdict.CONFLICT, why))


def _answer(note: NoteReport, verdict: Verdict, message: str = "") -> NoteReportAnswer:
    return NoteReportAnswer(cycle=note.cycle, state=note.state, verdict=verdict, message=message)
