"""The mobile operator of a phone number, by the catalogue's table of number ranges.

The table names who got the range first; a customer may have taken the number elsewhere, so what is
known of ported numbers wins, and the screen always offers to choose another operator. What is found
here is a proposal: it must never become the payee without a touch of the customer.
"""

from collections.abc import Mapping

from config.catalogue import Catalogue, Category, Field, Provider
from config.catalogue_models import RANGES
from kiosk.catalogue.entry import FieldEntry
from kiosk.catalogue.layout import is_phone

_NO_PORTED: Mapping[str, str] = {}


def operator_for(
    number: str, catalogue: Catalogue, ported: Mapping[str, str] = _NO_PORTED
) -> Provider | None:
    """The likely operator; None where nothing is known.

    Args:
        number: the digits after +7, all ten or only the first ones.
        catalogue: the one on sale, with its table of ranges.
        ported: whole numbers (ten digits) that are known to be with another provider code.
    """
    code = ported.get(number) or catalogue.def_codes.get(number[:3])
    return catalogue.provider(code) if code else None


def other_operator(provider: Provider, entry: FieldEntry, catalogue: Catalogue) -> Provider | None:
    """The operator that the typed number looks like, where that is not `provider`; None also where
    `provider` is no mobile operator, or where the other one could not take what was typed.
    """
    if RANGES not in provider.tags or not is_phone(entry.field):
        return None
    likely = operator_for(entry.typed, catalogue)
    if likely is None or likely.code == provider.code:
        return None
    return None if carried(entry, likely) is None else likely


def carried(entry: FieldEntry, provider: Provider) -> FieldEntry | None:
    """What was typed, as the first field of `provider`; None where it does not all belong there."""
    kept = FieldEntry(field=provider.fields[0]).press_all(entry.typed)
    return kept if is_phone(kept.field) and kept.typed == entry.typed else None


def mobile_category(catalogue: Catalogue) -> Category | None:
    """The category whose providers are found by a phone number; None where nothing is known of
    ranges, or nobody there takes one.
    """
    if not catalogue.def_codes:
        return None
    tagged = (one for one in catalogue.ordered_categories if RANGES in one.tags)
    return next((one for one in tagged if number_field(one.code, catalogue) is not None), None)


def number_field(category: str, catalogue: Catalogue) -> Field | None:
    """The field into which a number is typed before its operator is known: the first operator's."""
    firsts = (one.fields[0] for one in catalogue.in_category(category) if RANGES in one.tags)
    return next((one for one in firsts if is_phone(one)), None)
