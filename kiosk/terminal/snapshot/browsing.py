"""What is shown while a provider is looked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderItem:
    """A provider as a tile or a heading; its colour is derived from its name."""

    code: str
    name: str
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryItem:
    """A category as a tile; its icon goes by `code`."""

    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The start screen: the wallet, a few popular providers, categories; `more` tells that further
    categories stand on the categories screen. `denominations` are the notes that are taken now;
    `by_number`: the operator of a phone number can be found here.
    """

    wallet: ProviderItem | None
    popular: tuple[ProviderItem, ...]
    categories: tuple[CategoryItem, ...]
    more: bool
    denominations: tuple[int, ...] = ()
    by_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """One page of categories or of providers. `page` counts from 1."""

    title: str
    categories: tuple[CategoryItem, ...] = ()
    providers: tuple[ProviderItem, ...] = ()
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """What is being looked for, and the providers that fit, the best first."""

    text: str
    results: tuple[ProviderItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """Who gets the money of a provider's payments."""

    name: str
    legal_name: str
    inn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterView:
    """One page of payees by name. `page` counts from 1."""

    payees: tuple[Payee, ...]
    page: int
    pages: int
