"""The two sides of the wire: what a terminal tells is checked strictly, what the backend answers may
carry fields of a later version, which an older terminal ignores.
"""

from pydantic import BaseModel, ConfigDict


class Told(BaseModel):
    """What a terminal tells."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Answered(BaseModel):
    """What the backend answers; strict about what it knows, silent about what comes later."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)
