"""One byte form for one content: what is hashed, compared and sent again.

Two models with equal content give equal bytes on every machine and after every restart: keys
sorted, no blanks, UTF-8, instants in UTC. It must never depend on the order in which fields were
declared or dictionaries were filled: the backend tells a repeat from a conflict by these bytes.
"""

import hashlib
import json

from pydantic import BaseModel


def canonical_bytes(item: BaseModel) -> bytes:
    """The canonical JSON of a wire model, ready to be sent as a request body or hashed."""
    content = item.model_dump(mode="json")
    text = json.dumps(
        content, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode()


def body_hash(item: BaseModel) -> str:
    """SHA-256 of the canonical bytes, as 64 lowercase hexadecimal digits."""
    return hash_of(canonical_bytes(item))


def hash_of(canonical: bytes) -> str:
    """SHA-256 of canonical bytes that are at hand already; as `body_hash` says."""
    return hashlib.sha256(canonical).hexdigest()
