"""What of the projections goes with the beginning of the journal, and how far that may reach.

A customer's session, with its notes, its payment and its slip, goes when it began early enough and
nothing more is to come for any of them. Notes that belong to nobody and disputed ones stay for ever,
and so do cash and counters. What the backend has not answered finally is never removed. A payment
that it disputes stays as well, though its records may go: the dispute may still be settled.
"""

import sqlite3

_ENDED = """
    SELECT id FROM session WHERE seq <= :up_to AND state <> 'open'
    AND NOT EXISTS (
        SELECT 1 FROM note WHERE note.session = session.id AND (
            note.state = 'escrowed' OR note.state = 'stacked' AND note.payment_number IS NULL
        )
    )
    AND NOT EXISTS (
        SELECT 1 FROM payment LEFT JOIN slip ON slip.payment_number = payment.number
        WHERE payment.session = session.id AND (
            payment.state NOT IN ('credited', 'refused')
            OR slip.state IN ('stored', 'started')
        )
    )
"""

# For one session each.
_FORGET = (
    "DELETE FROM slip WHERE payment_number IN (SELECT number FROM payment WHERE session = ?)",
    "DELETE FROM payment WHERE session = ?",
    "DELETE FROM session WHERE id = ?",
)

# Notes that were given back or paid for, and whose session is gone. The one that ended last of all
# stays: it is asked for at every start.
_FORGET_NOTES = """
    DELETE FROM note WHERE seq <= ? AND state <> 'escrowed'
    AND (state = 'returned' OR state = 'stacked' AND payment_number IS NOT NULL)
    AND (session IS NULL OR NOT EXISTS (SELECT 1 FROM session WHERE session.id = note.session))
    AND seq <> (SELECT max(seq) FROM note WHERE state <> 'escrowed')
"""

# Where something began that has not ended; a row without a place: nobody can say where. Numbers are
# given in the order of sessions, so the lowest number of a kind stands for all of its kind.
_UNENDED = (
    "SELECT seq FROM session WHERE state = 'open'",
    "SELECT seq FROM note WHERE state = 'escrowed'",
    """SELECT session.seq FROM note JOIN session ON session.id = note.session
        WHERE note.state = 'escrowed'""",
    """SELECT (SELECT seq FROM session WHERE id = payment.session) FROM payment
        WHERE state IN ('queued', 'sent') ORDER BY number LIMIT 1""",
    """SELECT (SELECT seq FROM session WHERE id = payment.session) FROM payment
        WHERE state = 'accepted' ORDER BY number LIMIT 1""",
    """SELECT (SELECT seq FROM session WHERE id = payment.session) FROM payment
        WHERE state = 'parked' ORDER BY number LIMIT 1""",
    "SELECT seq FROM note_report WHERE state <> 'taken' ORDER BY seq LIMIT 1",
    """SELECT (SELECT seq FROM session WHERE id = payment.session)
        FROM slip LEFT JOIN payment ON payment.number = slip.payment_number
        WHERE slip.state IN ('stored', 'started') ORDER BY receipt_number LIMIT 1""",
)


def forget(driver: sqlite3.Connection, up_to: int) -> None:
    """Remove what began at place `up_to` or before it and has ended. Raises sqlite3.Error."""
    ended = driver.execute(_ENDED, {"up_to": up_to}).fetchall()
    for statement in _FORGET:
        driver.executemany(statement, ended)
    driver.execute(_FORGET_NOTES, (up_to,))


def last_ended(driver: sqlite3.Connection, end: int) -> int:
    """The last place up to which everything that began has ended; `end` when nothing is open.

    Raises:
        sqlite3.Error: the file cannot be read.
    """
    places = [end + 1]
    for question in _UNENDED:
        places.extend(row[0] or 0 for row in driver.execute(question))
    return max(min(places) - 1, 0)
