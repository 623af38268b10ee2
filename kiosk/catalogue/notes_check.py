"""Whether the notes of this terminal lead to every amount that a catalogue fixes.

Asked where a catalogue is taken up, because only there both are known. It must never let a terminal
sell what a customer could begin to pay and neither finish nor get back.
"""

from collections.abc import Collection

from config.catalogue import Catalogue, CatalogueError, Provider
from kiosk.catalogue.room import smallest_divides_all


def check_notes(catalogue: Catalogue, name: str, *, denominations_minor: Collection[int]) -> None:
    """Raises CatalogueError, by the catalogue's name, for a fixed amount that notes cannot make up.

    An amount in `amounts` that the notes lead past is no reason: it is not offered, and the others
    are.
    """
    smallest = min(denominations_minor)
    even = smallest_divides_all(denominations_minor)
    for provider in catalogue.providers:
        key = _fixes(provider)
        if not provider.visible or key is None:
            continue
        place = f"providers[{provider.code}].{key}"
        if not even:
            reason = (
                f"needs notes that are multiples of the smallest, which is {smallest // 100} "
                "roubles here: change acceptor.denominations, or take the key out"
            )
            raise CatalogueError(file=name, key=place, reason=reason)
        if provider.fixed_minor is not None and provider.fixed_minor % smallest:
            reason = f"no notes make it up: the smallest is {smallest // 100} roubles here"
            raise CatalogueError(file=name, key=place, reason=reason)


def _fixes(provider: Provider) -> str | None:
    """By which key it fixes what is paid; None = whatever is inserted is paid."""
    if provider.amounts:
        return "amounts"
    if provider.debt_only:
        return "debt_only"
    return "fixed_minor" if provider.fixed_minor is not None else None
