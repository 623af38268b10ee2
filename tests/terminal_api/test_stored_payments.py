"""A payment that an earlier version stored is sent, hashed and compared as it was then."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from terminal_api import PaymentItem, body_hash, canonical_bytes

FIRST = Path(__file__).parents[1] / "offline_queue" / "journal" / "data" / "schema-1.db"

# Told by the program that wrote the file, commit 968c197.
HASHES = {
    1: "02dfbaa7b901fbfc44a74e7c78007da993a15f16387edb22178ee45b001c26a2",
    2: "ed5757b1c328511cc28849fc913cc237ab25df6d0a1fa0e2dffd5903b2a611c9",
    3: "6c865c71b604bd34e9a13e1a2d9ae45fc86b204830b39d3066537ec7829f0694",
    4: "35dbe82f6bb8c6ea7bd3e5359438d8da97d0ac9e1e23a0b58724c60a16d8e1ab",
    5: "519545c4611c579b62e1327ba350a56e9cb3c6af408841eaf06090ddbc8e86db",
    6: "209134f5ec2db13d419f9ba83e541cbf636c907aaa6cebda910eb68766f8d610",
    7: "5f9f03b5104897cad8ea5082bc8f6eeb88112a155f6bb85028aad97d607f9143",
    8: "8318b156d4788aed02a654ed2757e527e05462d62a2515f64c74a82a44d48df4",
}


@pytest.fixture(scope="module")
def stored():
    with closing(sqlite3.connect(f"{FIRST.as_uri()}?mode=ro&immutable=1", uri=True)) as file:
        return dict(file.execute("SELECT number, item FROM payment").fetchall())


def test_what_is_sent_has_exactly_the_fields_that_were_stored(stored):
    """A field that came later must not appear: a backend that has the payment would see another
    content under the same number, and call it a conflict. Give such a field
    `exclude_if=lambda value: value == <its default>`.
    """
    for text in stored.values():
        sent = json.loads(canonical_bytes(PaymentItem.model_validate_json(text)))
        assert sent == json.loads(text)


def test_its_hash_is_what_the_backend_has_kept(stored):
    found = {
        number: body_hash(PaymentItem.model_validate_json(text)) for number, text in stored.items()
    }
    assert found == HASHES
