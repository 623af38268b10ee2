"""The mobile operator of a phone number, by the catalogue's table of number ranges.

The table names who got the range first; a customer may have taken the number elsewhere, so what is
known of ported numbers wins, and the screen always offers to choose another operator.
"""

from collections.abc import Mapping

from config.catalogue import Catalogue, Provider

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
