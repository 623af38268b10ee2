"""Looks payments of a time up without reading the whole table: for a customer who has lost a receipt.

Read-only. It walks from the newest payment back, and stops at the first one before the time that is
asked for, so that a long journal costs no more than a short one.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, func, select

from offline_queue.journal import schema as s


def numbers_of(
    connection: Connection,
    fits: Callable[[str], bool],
    *,
    since: datetime,
    until: datetime,
    most: int,
) -> tuple[int, ...]:
    """Numbers of the payments formed from `since` to `until` whose account `fits`, newest first, at
    most so many. Both times are aware of their zone.
    """
    item = s.payment.c.item
    query = select(
        s.payment.c.number,
        func.json_extract(item, "$.formed_at"),
        func.json_extract(item, "$.account"),
    ).order_by(s.payment.c.number.desc())
    found: list[int] = []
    for number, formed_at, account in connection.execute(query):
        formed = datetime.fromisoformat(formed_at)
        if formed < since or len(found) == most:
            break
        if formed <= until and fits(account):
            found.append(number)
    return tuple(found)
