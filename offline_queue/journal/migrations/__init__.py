"""How a journal file of an earlier version becomes one of today's, step by step, with Alembic.

The mark of a file's version is `PRAGMA user_version` alone: readable without Alembic, and moved in
the transaction of the change itself. So there is no `alembic_version` table, no `env.py` and no
`alembic.ini`: `offline_queue.journal.upgrade` runs the revisions found in `versions`.

To change the schema:

1. change `schema.py` and raise its `SCHEMA_VERSION` by one;
2. add `versions/vNNNN_what.py` with `revision = "NNNN"`, the new version in four digits,
   `down_revision` the one before, and `upgrade()`, which works through `alembic.op`;
3. a projection need not be changed by hand: `REBUILD = True` in the revision has all projections
   dropped, made as `schema.py` says and filled again from the records, once, after the last revision.
   It takes time in proportion to the journal: for a new empty table, or one new column of which the
   content is known, say so with `op` instead, and leave `REBUILD` out. Rows that outlived pruned
   records stand in `sealed` by the names of their columns: a column that is renamed or dropped, or a
   new one without a default, needs them sealed anew in the same step;
4. what the step reads and writes must be named by strings, as it was then: `schema.py` moves on.

A revision that has been shipped is never changed. It must never touch `record`'s stored text: the
chain is computed over it. `op.batch_alter_table` forgets WITHOUT ROWID unless it is told
(`table_kwargs={"sqlite_with_rowid": False}`). The tests hold an upgraded file against a new one.
"""
