"""Fee tables apart from the catalogue: the bands of some providers, laid over it.

A table goes over a catalogue whole or not at all, and what comes out is checked like any catalogue.
It must never change what a payment that was begun costs: that stands in the payment.
"""

import json
from typing import Annotated

from annotated_types import Len
from pydantic import BaseModel, ConfigDict, ValidationError

from config.catalogue import Catalogue, CatalogueError, FeeBand
from config.catalogue_checks import WrongKeyError, check_catalogue
from config.catalogue_models import Code, Version


class FeeTable(BaseModel):
    """The bands of some providers, by their codes; of the others the catalogue's stay."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    fee_version: Version
    fees: dict[Code, Annotated[tuple[FeeBand, ...], Len(1)]]


def read_fee_table(content: bytes, name: str) -> FeeTable:
    """The table in these bytes. Raises CatalogueError."""
    try:
        json.loads(content)
        return FeeTable.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        key = ".".join(str(step) for step in first["loc"])
        raise CatalogueError(file=name, key=key, reason=first["msg"]) from None
    except (ValueError, RecursionError) as error:
        raise CatalogueError(file=name, key="", reason=f"not valid JSON: {error}") from None


def with_fees(catalogue: Catalogue, table: FeeTable, name: str) -> Catalogue:
    """The catalogue with these fees. Raises CatalogueError where both do not fit together."""
    known = {one.code for one in catalogue.providers}
    unknown = sorted(set(table.fees) - known)
    if unknown:
        raise CatalogueError(file=name, key=f"fees.{unknown[0]}", reason="no such provider")
    providers = tuple(
        one.model_copy(update={"fee": table.fees.get(one.code, one.fee)})
        for one in catalogue.providers
    )
    changed = catalogue.model_copy(
        update={"providers": providers, "fee_version": table.fee_version}
    )
    # Copies carry over what was computed of the old one; a catalogue read anew does not.
    fresh = Catalogue.model_validate_json(changed.model_dump_json(by_alias=True))
    try:
        check_catalogue(fresh)
    except WrongKeyError as error:
        raise CatalogueError(file=name, key=error.key, reason=error.reason) from None
    return fresh
