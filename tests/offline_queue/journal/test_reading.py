"""Reading is one transaction, whichever way its questions are asked, and leaves none open."""

import pytest
from sqlalchemy import select

from offline_queue.journal import queries, schema


def by_prepared_question(connection):
    return queries.is_empty(connection)


def by_sqlalchemy(connection):
    return connection.execute(select(schema.record.c.seq)).first() is None


def by_both(connection):
    return by_prepared_question(connection) and by_sqlalchemy(connection)


WAYS = pytest.mark.parametrize("ask", [by_prepared_question, by_sqlalchemy, by_both])


@WAYS
def test_reading_is_within_a_transaction_that_ends_with_it(journal, ask, write, history):
    with journal.reading() as connection:
        assert ask(connection)
        assert journal.at_rest(lambda driver: driver.in_transaction)
    assert not journal.at_rest(lambda driver: driver.in_transaction)
    write(journal, history[:1])
    with journal.reading() as connection:
        assert not ask(connection)


@WAYS
def test_a_reader_that_fails_leaves_nothing_open(journal, ask, write, history):
    def fail():
        with journal.reading() as connection:
            ask(connection)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert not journal.at_rest(lambda driver: driver.in_transaction)
    write(journal, history)
    with journal.reading() as connection:
        assert not ask(connection)
