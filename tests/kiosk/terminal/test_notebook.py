"""The pure notebook: what is known of a note, times what the acceptor says of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptors.contract import (
    CycleId,
    Disputed,
    Escrowed,
    Note,
    Returned,
    Returning,
    ReturnReason,
    Stacked,
    StackedHow,
)
from kiosk.terminal import note_rules
from kiosk.terminal import notebook as book
from kiosk.terminal.notebook import Notebook, OpenNote
from offline_queue.journal.queries import NoteRow
from offline_queue.journal.records import (
    Decision,
    DeviceNoted,
    NoteDisputed,
    NoteReturned,
    NoteReturnOrdered,
    NoteStacked,
)

HUNDRED = Note(minor=10_000, currency="RUB")
FIFTY = Note(minor=5_000, currency="RUB")
OLD, NEW = CycleId("old"), CycleId("new")


def row(state="escrowed", *, cycle="old", minor=10_000, decision=Decision.STACK, count=None):
    return NoteRow(
        cycle=cycle,
        session="s",
        minor=minor,
        currency="RUB",
        state=state,
        decision=decision,
        device_count=count,
        payment_number=None,
    )


def stacked(cycle=NEW, note=HUNDRED):
    return Stacked(cycle=cycle, note=note, how=StackedHow.NORMAL)


def returned(cycle=NEW, note=HUNDRED):
    return Returned(cycle=cycle, note=note, why=ReturnReason.DEVICE)


def returning(cycle=NEW, note=HUNDRED):
    return Returning(cycle=cycle, note=note)


def disputed(cycle=NEW, note=HUNDRED):
    return Disputed(cycle=cycle, note=note, evidence=("44",))


def escrowed(cycle=NEW, note=HUNDRED):
    return Escrowed(cycle=cycle, note=note)


def say(notebook, event, session=None):
    match event:
        case Escrowed():
            return note_rules.escrowed(notebook, event, session, Decision.STACK)
        case Stacked():
            return note_rules.stacked(notebook, event, session)
        case Returning():
            return note_rules.returning(notebook, event)
        case Returned():
            return note_rules.returned(notebook, event)
        case Disputed():
            return note_rules.disputed(notebook, event)


def life(*events, notebook=None, session="s"):
    """A notebook that has heard these events, past its settling."""
    notebook = Notebook(settling=False) if notebook is None else notebook
    for event in events:
        notebook = say(notebook, event, session).notebook
    return notebook


# What is known of a note, before the acceptor speaks. In the later rows of this life the note has
# the name NEW; in those of an earlier life the journal knows it as OLD and the device names it NEW.
KNOWN = {
    "nothing": Notebook(settling=False),
    "open": life(escrowed()),
    "stacked": life(escrowed(), stacked()),
    "returned": life(escrowed(), returned()),
    "disputed": life(escrowed(), disputed()),
    "start, nothing": book.at_start((), None),
    "start, open": book.at_start((row(),), None),
    "start, open, other value": book.at_start((row(minor=5_000),), None),
    "start, last stacked": book.at_start((), row("stacked")),
    "start, last stacked, other value": book.at_start((), row("stacked", minor=5_000)),
    "start, last returned": book.at_start((), row("returned")),
    "start, last disputed": book.at_start((), row("disputed")),
}

# (known, said) -> (kinds of records, cycle the event is about, its session)
TABLE = {
    ("nothing", "escrowed"): (["note_escrowed"], NEW, None),
    ("nothing", "stacked"): (["note_stacked"], NEW, None),
    ("nothing", "returning"): ([], None, None),
    ("nothing", "returned"): ([], None, None),
    ("nothing", "disputed"): (["note_disputed"], NEW, None),
    ("open", "escrowed"): ([], NEW, None),
    ("open", "stacked"): (["note_stacked"], NEW, "s"),
    ("open", "returning"): (["note_return_ordered"], None, None),
    ("open", "returned"): (["note_returned"], NEW, "s"),
    ("open", "disputed"): (["note_disputed"], NEW, "s"),
    ("stacked", "escrowed"): ([], NEW, None),
    ("stacked", "stacked"): ([], None, None),
    ("stacked", "returning"): ([], None, None),
    ("stacked", "returned"): ([], None, None),
    ("stacked", "disputed"): ([], None, None),
    ("returned", "escrowed"): ([], NEW, None),
    ("returned", "stacked"): (["device_noted", "note_stacked"], NEW, None),
    ("returned", "returning"): ([], None, None),
    ("returned", "returned"): ([], None, None),
    ("returned", "disputed"): ([], None, None),
    ("disputed", "escrowed"): ([], NEW, None),
    ("disputed", "stacked"): (["device_noted", "note_stacked"], NEW, None),
    ("disputed", "returning"): ([], None, None),
    ("disputed", "returned"): ([], None, None),
    ("disputed", "disputed"): ([], None, None),
    ("start, nothing", "escrowed"): (["note_escrowed"], NEW, None),
    ("start, nothing", "stacked"): (["note_stacked"], NEW, None),
    ("start, nothing", "returning"): ([], None, None),
    ("start, nothing", "returned"): ([], None, None),
    ("start, nothing", "disputed"): (["note_disputed"], NEW, None),
    ("start, open", "escrowed"): (["note_return_ordered"], OLD, None),
    ("start, open", "stacked"): (["note_stacked"], OLD, "s"),
    ("start, open", "returning"): (["note_return_ordered"], None, None),
    ("start, open", "returned"): (["note_returned"], OLD, "s"),
    ("start, open", "disputed"): (["note_disputed"], OLD, "s"),
    ("start, open, other value", "escrowed"): (["note_escrowed"], NEW, None),
    ("start, open, other value", "stacked"): (["device_noted", "note_stacked"], OLD, "s"),
    ("start, open, other value", "returning"): ([], None, None),
    ("start, open, other value", "returned"): ([], None, None),
    ("start, open, other value", "disputed"): (["note_disputed"], OLD, "s"),
    ("start, last stacked", "escrowed"): (["note_escrowed"], NEW, None),
    ("start, last stacked", "stacked"): (["device_noted"], None, None),
    ("start, last stacked", "returning"): ([], None, None),
    ("start, last stacked", "returned"): ([], None, None),
    ("start, last stacked", "disputed"): (["device_noted"], None, None),
    ("start, last stacked, other value", "escrowed"): (["note_escrowed"], NEW, None),
    ("start, last stacked, other value", "stacked"): (["note_stacked"], NEW, None),
    ("start, last stacked, other value", "returning"): ([], None, None),
    ("start, last stacked, other value", "returned"): ([], None, None),
    ("start, last stacked, other value", "disputed"): (["note_disputed"], NEW, None),
    ("start, last returned", "escrowed"): (["note_escrowed"], NEW, None),
    ("start, last returned", "stacked"): (["device_noted", "note_stacked"], OLD, None),
    ("start, last returned", "returning"): ([], None, None),
    ("start, last returned", "returned"): ([], None, None),
    ("start, last returned", "disputed"): (["note_disputed"], NEW, None),
    ("start, last disputed", "escrowed"): (["note_escrowed"], NEW, None),
    ("start, last disputed", "stacked"): (["device_noted", "note_stacked"], OLD, None),
    ("start, last disputed", "returning"): ([], None, None),
    ("start, last disputed", "returned"): ([], None, None),
    ("start, last disputed", "disputed"): (["device_noted"], None, None),
}

SAID = {
    "escrowed": escrowed(),
    "stacked": stacked(),
    "returning": returning(),
    "returned": returned(),
    "disputed": disputed(),
}


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("known", KNOWN)
def test_what_is_written_for_what_is_said(known, said):
    entry = say(KNOWN[known], SAID[said])
    told = ([record.kind for record in entry.records], entry.cycle, entry.session)
    assert told == TABLE[(known, said)]


def test_the_table_is_whole():
    assert set(TABLE) == {(known, said) for known in KNOWN for said in SAID}


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("known", KNOWN)
def test_said_again_it_writes_nothing_more(known, said):
    after = say(KNOWN[known], SAID[said]).notebook
    assert say(after, SAID[said]).records == ()


def test_a_note_found_after_all_goes_to_the_session_while_it_is_open():
    for end in (returned(), disputed()):
        entry = note_rules.stacked(life(escrowed(), end), stacked(), "s")
        assert entry.records[-1].session == "s"
        other = note_rules.stacked(life(escrowed(), end), stacked(), "another")
        assert other.records[-1].session is None


def test_a_note_given_back_without_a_name_is_the_one_that_was_open():
    entry = note_rules.returned(KNOWN["start, open"], returned(note=None))
    assert entry.records == (NoteReturned(cycle="old", why="device"),)


@pytest.mark.parametrize("note", [HUNDRED, None])
@pytest.mark.parametrize("said", [escrowed, returning])
def test_a_note_that_goes_back_is_believed_to_be_back_when_nothing_more_is_heard(said, note):
    event = escrowed() if said is escrowed else returning(note=note)
    after = say(KNOWN["start, open"], event)
    assert [type(record) for record in after.records] == [NoteReturnOrdered]
    known = after.notebook.open["old"]
    for count in (None, 7):
        entry = note_rules.settle_by_count(after.notebook, known, count)
        assert entry.records == (NoteReturned(cycle="old", why="return was ordered"),)


def test_a_note_that_was_to_go_back_and_is_stacked_all_the_same_is_stacked():
    after = say(KNOWN["start, open"], returning()).notebook
    entry = say(after, stacked())
    assert [record.kind for record in entry.records] == ["note_stacked"]
    assert (entry.cycle, entry.session) == ("old", "s")


def test_a_note_without_a_name_is_nobodys_in_this_life():
    entry = note_rules.returned(life(escrowed(OLD)), returned(note=None))
    assert entry.records == ()


def test_a_dispute_of_an_unnamed_stranger_keeps_its_evidence():
    (record,) = note_rules.disputed(Notebook(), disputed(note=None)).records
    assert record == NoteDisputed(
        session=None, cycle="new", minor=None, currency="", evidence=("44",)
    )


# --- a dispute of the last life, told again after the restart ------------------------------------


def test_an_unnamed_dispute_after_a_disputed_note_is_evidence_of_that_one():
    entry = note_rules.disputed(KNOWN["start, last disputed"], disputed(note=None))
    (record,) = entry.records
    assert record == DeviceNoted(
        device="acceptor", event="disputed told again", detail="new is old: 44"
    )
    assert entry.notebook.cycle_of(NEW) == "old"


def test_a_note_disputed_in_two_lives_and_found_in_the_cassette_is_one_note():
    after = say(KNOWN["start, last disputed"], disputed(note=None)).notebook
    for cycle in (NEW, CycleId("newer")):
        entry = note_rules.stacked(after, stacked(cycle), "s")
        noted, found = entry.records
        assert (noted.kind, found.cycle, found.session) == ("device_noted", "old", "s")


def test_an_unnamed_dispute_after_a_stacked_note_is_about_that_one():
    """The device woke up with it between transport and cassette: it is on record as inside."""
    entry = note_rules.disputed(KNOWN["start, last stacked"], disputed(note=None))
    (record,) = entry.records
    assert (record.kind, entry.cycle) == ("device_noted", None)
    assert entry.notebook.ended["old"] == "stacked"
    for cycle in (NEW, CycleId("third")):
        again = say(entry.notebook, stacked(cycle))
        assert "note_stacked" not in [written.kind for written in again.records]


def test_a_dispute_told_again_is_resolved_once_and_never_doubted_anew():
    told = say(KNOWN["start, last disputed"], disputed(note=None)).notebook
    found = say(told, stacked()).notebook
    third = CycleId("third")
    assert [record.kind for record in say(found, stacked(third)).records] == ["note_stacked"]
    for again in (stacked(), disputed(note=None)):
        assert say(found, again).records == ()
    stranger = say(found, disputed(third, note=None))
    assert (stranger.cycle, stranger.notebook.ended["old"]) == ("third", "stacked")


def test_a_second_dispute_of_another_value_is_another_note():
    entry = note_rules.disputed(KNOWN["start, last disputed"], disputed(note=FIFTY))
    assert [record.kind for record in entry.records] == ["note_disputed"]
    assert entry.cycle == NEW


def test_an_unnamed_dispute_with_a_note_in_escrow_is_of_that_one():
    both = book.at_start((row(cycle="open"),), row("disputed"))
    (record,) = note_rules.disputed(both, disputed(note=None)).records
    assert (record.kind, record.cycle) == ("note_disputed", "open")


def test_after_ready_an_unnamed_dispute_is_a_new_note():
    ready = book.at_ready(KNOWN["start, last disputed"])
    assert note_rules.disputed(ready, disputed(note=None)).cycle == NEW


def test_after_ready_earlier_lives_are_over():
    ready = book.at_ready(KNOWN["start, last stacked"])
    assert [record.kind for record in say(ready, stacked()).records] == ["note_stacked"]


def test_a_repeat_of_the_last_life_is_a_repeat_once_only():
    after = say(KNOWN["start, last stacked"], stacked()).notebook
    assert say(after, stacked()).records == ()
    assert after.cycle_of(NEW) == "old"


# --- the acceptor says nothing --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "kind", "why"),
    [
        (7, 8, "note_stacked", "counter"),
        (7, 7, "note_returned", "counter unchanged"),
        (7, 9, "note_disputed", None),
        (7, 6, "note_disputed", None),
        (7, None, "note_disputed", None),
        (None, 8, "note_disputed", None),
        (None, None, "note_disputed", None),
    ],
)
def test_the_counter_decides_only_what_it_can(before, after, kind, why):
    notebook = book.at_start((row(count=before),), None)
    known = notebook.open["old"]
    entry = note_rules.settle_by_count(notebook, known, after)
    (record,) = entry.records
    assert (record.kind, record.cycle) == (kind, "old")
    if isinstance(record, NoteStacked):
        assert (record.how, record.session, record.minor) == (why, "s", 10_000)
    if isinstance(record, NoteReturned):
        assert record.why == why
    assert "old" not in entry.notebook.open


def test_after_a_jam_an_unchanged_counter_does_not_say_that_the_note_went_back():
    notebook = book.jam_told(book.at_start((row(count=7),), None))
    for count, kind in ((7, "note_disputed"), (8, "note_stacked")):
        entry = note_rules.settle_by_count(notebook, notebook.open["old"], count)
        assert [record.kind for record in entry.records] == [kind]


def test_a_jam_of_this_life_is_forgotten_at_ready():
    assert not book.at_ready(book.jam_told(Notebook())).jammed
    assert not book.jam_told(Notebook(settling=False)).jammed


@pytest.mark.parametrize("count", [None, 7, 8, 9])
def test_a_return_that_was_ordered_is_believed(count):
    notebook = book.at_start((row(decision=Decision.RETURN, count=7),), None)
    entry = note_rules.settle_by_count(notebook, notebook.open["old"], count)
    assert [record.kind for record in entry.records] == ["note_returned"]


def test_a_note_given_up_is_not_a_reason_to_overlook_one_that_is_told():
    notebook = book.at_start((row(),), row("stacked", cycle="older"))
    given_up = note_rules.give_up(notebook, notebook.open["old"], ("silence",)).notebook
    entry = say(given_up, stacked())
    assert [record.kind for record in entry.records] == ["device_noted", "note_stacked"]
    assert entry.cycle == "old"


def test_a_dispute_of_an_earlier_life_is_resolved_once_and_belongs_to_its_open_session():
    for open_session in ("s", "another", None):
        entry = note_rules.stacked(KNOWN["start, last disputed"], stacked(), open_session)
        assert entry.records[-1] == NoteStacked(
            session="s" if open_session == "s" else None,
            cycle="old",
            minor=10_000,
            currency="RUB",
            how="normal",
        )
        again = say(entry.notebook, stacked(CycleId("third")))
        assert [record.kind for record in again.records] == ["note_stacked"]
        assert again.cycle == "third"


def test_a_dispute_of_another_value_is_another_note():
    notebook = book.at_start((), row("disputed", minor=5_000))
    assert [record.kind for record in say(notebook, stacked()).records] == ["note_stacked"]


def test_what_the_journal_does_not_tell_is_filled_in_carefully():
    bare = NoteRow(
        cycle="old",
        session=None,
        minor=None,
        currency=None,
        state="escrowed",
        decision=None,
        device_count=None,
        payment_number=None,
    )
    assert book.at_start((bare,), None).open["old"] == OpenNote(
        cycle="old",
        session=None,
        minor=0,
        currency="",
        decision=Decision.STACK,
        device_count=None,
    )


# --- any order of repeats -------------------------------------------------------------------------

NAMES = [CycleId(name) for name in "abc"]


@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from([escrowed, stacked, returned, disputed])),
        max_size=30,
    )
)
def test_any_order_of_repeats_stacks_a_cycle_at_most_once(story):
    notebook, written = Notebook(settling=False), []
    for name, event in story:
        entry = say(notebook, event(name), "s")
        notebook = entry.notebook
        written += [record.cycle for record in entry.records if isinstance(record, NoteStacked)]
        assert not set(notebook.open) & set(notebook.ended)
    said = {name for name, event in story if event is stacked}
    assert sorted(written) == sorted(said)


@given(
    notes=st.lists(st.sampled_from([HUNDRED, FIFTY]), min_size=1, max_size=6),
    data=st.data(),
)
def test_each_physical_note_is_stacked_once_through_any_number_of_lives(notes, data):
    """The device tells each end until it is acknowledged, and no note comes before that. A life may
    end after each word; then the journal's rows are all that is left, and the device finds new
    names. What is told at last is recorded once.
    """
    journal, lives = {}, 0
    notebook = Notebook(settling=False)

    def write(entry):
        for record in entry.records:
            if record.kind == "note_escrowed":
                journal[record.cycle] = row(cycle=record.cycle, minor=record.minor)
            elif record.kind == "note_stacked":
                journal.pop(record.cycle, None)
                journal[record.cycle] = row("stacked", cycle=record.cycle, minor=record.minor)
        return entry.notebook

    def reborn():
        ended = [one for one in journal.values() if one.state != "escrowed"]
        waiting = tuple(one for one in journal.values() if one.state == "escrowed")
        return book.at_start(waiting, ended[-1] if ended else None)

    for number, note in enumerate(notes):
        name = CycleId(f"{lives}-{number}")
        notebook = write(say(notebook, escrowed(name, note), "s"))
        restarted = False
        for _ in range(data.draw(st.integers(1, 4), label="words")):
            if data.draw(st.booleans(), label="power cut"):
                lives += 1
                restarted = True
                notebook, name = reborn(), CycleId(f"{lives}-{number}")
            notebook = write(say(notebook, stacked(name, note), "s"))
        if restarted:
            notebook = book.at_ready(notebook)
    counted = [one.minor for one in journal.values() if one.state == "stacked"]
    assert counted == [note.minor for note in notes]
    assert len(journal) == len(notes)
