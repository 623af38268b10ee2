"""The table of the settings file about slips: the check address, and templates of one's own.

A module of its own, because it is about nothing else. It must never read a file.
"""

from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from config.sections import Section

PAYMENT_PLACE = "{payment}"
"""Stands in the check address for the payment's number."""


def _check_address(text: str) -> str:
    if not text:
        return text
    if not text.startswith(("http://", "https://")) or not text.isascii() or " " in text:
        raise ValueError("must be empty, or an address that begins with https://")
    if text.count(PAYMENT_PLACE) != 1 or "{" in text.replace(PAYMENT_PLACE, ""):
        raise ValueError(f"must hold {PAYMENT_PLACE} once, and no other braces")
    return text


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


class ReceiptSettings(Section):
    """Slips. `check_url` stands on payment slips as a QR code; empty: no code. `template_folder`
    keeps bundles of templates that are signed by `template_key` (64 hexadecimal digits); none: the
    built-in templates.
    """

    check_url: Annotated[str, Field(max_length=120), AfterValidator(_check_address)]
    template_folder: Annotated[Path | None, BeforeValidator(_empty_is_none)]
    template_key: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]

    @model_validator(mode="after")
    def _a_folder_needs_a_key(self) -> Self:
        if self.template_folder is not None and not self.template_key:
            raise ValueError("template_folder needs the template_key that signs its bundles")
        return self
