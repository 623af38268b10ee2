"""What must hold across a whole catalogue before a terminal may sell from it.

Each check names the key that is wrong in the words of the file. A catalogue that passes cannot lead
a customer into a dead end: every field can be typed, every example is judged as it says, every
smallest payment leaves something after its fee.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from config.amounts import NotReachedError, credited_minor, needed_minor
from config.catalogue_models import RANGES, Catalogue, FeeBand, Field, Provider
from config.checksums import valid_inn
from config.mask import MaskError
from config.pattern import PatternError

ACCOUNT_FIELD = "account"
"""Name of the field that identifies the payee; each provider has it."""

SMALLEST_NOTE_MINOR = 1_000
"""Ten roubles: every acceptor takes it, and every larger note is a multiple."""


class WrongKeyError(ValueError):
    """One key of the catalogue is wrong."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason


def check_catalogue(catalogue: Catalogue) -> None:
    """Raises WrongKeyError at the first thing that does not fit together."""
    _unique("categories.code", (category.code for category in catalogue.categories))
    _unique("categories.order", (category.order for category in catalogue.categories))
    _unique("providers.id", (provider.id for provider in catalogue.providers))
    _unique("providers.code", (provider.code for provider in catalogue.providers))
    _unique("popular", catalogue.popular)
    _check_references(catalogue)
    for provider in catalogue.providers:
        _check_provider(f"providers[{provider.code}]", provider)


def _check_references(catalogue: Catalogue) -> None:
    visible = {provider.code: provider for provider in catalogue.providers if provider.visible}
    categories = {category.code for category in catalogue.categories}
    for provider in catalogue.providers:
        if provider.category not in categories:
            key = f"providers[{provider.code}].category"
            raise WrongKeyError(key, f"no category {provider.category!r}")
    for empty in categories - {provider.category for provider in visible.values()}:
        raise WrongKeyError(f"categories[{empty}]", "no visible provider is in it")
    for code in catalogue.popular:
        if code not in visible:
            raise WrongKeyError("popular", f"no visible provider {code!r}")
    for prefix, code in catalogue.def_codes.items():
        if code not in visible or RANGES not in visible[code].tags:
            raise WrongKeyError(f"def_codes.{prefix}", f"no mobile operator {code!r}")


def _check_provider(key: str, provider: Provider) -> None:
    if not valid_inn(provider.inn):
        raise WrongKeyError(f"{key}.inn", "its check digit is wrong")
    if provider.min_minor > provider.max_minor:
        raise WrongKeyError(f"{key}.min_minor", "is greater than max_minor")
    fixed_minor = provider.fixed_minor
    if fixed_minor is not None and not provider.min_minor <= fixed_minor <= provider.max_minor:
        raise WrongKeyError(f"{key}.fixed_minor", "is outside min_minor to max_minor")
    _check_bands(f"{key}.fee", provider.fee)
    _check_something_is_credited(f"{key}.min_minor", provider)
    _check_fields(f"{key}.fields", provider.fields)
    _check_answer(key, provider)
    _check_amounts(key, provider)


def _check_answer(key: str, provider: Provider) -> None:
    """What a provider tells only matters where it is asked."""
    if provider.check_required and not provider.online_check:
        raise WrongKeyError(f"{key}.check_required", "needs online_check")
    if provider.answer and not provider.online_check:
        raise WrongKeyError(f"{key}.answer", "needs online_check")
    _unique(f"{key}.answer.name", (field.name for field in provider.answer))
    if sum(field.kind == "debt" for field in provider.answer) > 1:
        raise WrongKeyError(f"{key}.answer", "only one field can be the debt")


def _check_amounts(key: str, provider: Provider) -> None:
    ways = [bool(provider.amounts), provider.debt_only, provider.fixed_minor is not None]
    if sum(ways) > 1:
        raise WrongKeyError(key, "only one of amounts, debt_only and fixed_minor can be there")
    owed = any(field.kind == "debt" for field in provider.answer)
    if provider.debt_only and not (provider.check_required and owed):
        raise WrongKeyError(f"{key}.debt_only", "needs check_required and an answer that is a debt")
    _unique(f"{key}.amounts", provider.amounts)
    if list(provider.amounts) != sorted(provider.amounts):
        raise WrongKeyError(f"{key}.amounts", "must ascend")
    for amount_minor in provider.amounts:
        _check_amount(f"{key}.amounts", amount_minor, provider)


def _check_amount(key: str, amount_minor: int, provider: Provider) -> None:
    """Notes can make it up, and then it is credited to the kopeck: what is over belongs to nobody."""
    try:
        needed = needed_minor(amount_minor, provider.fee)
    except NotReachedError as error:
        raise WrongKeyError(key, str(error)) from None
    band = next(band for band in provider.fee if band.covers(needed))
    if needed % SMALLEST_NOTE_MINOR or credited_minor(needed, band) != amount_minor:
        raise WrongKeyError(key, f"with the fee no notes make up exactly {amount_minor}")
    if not provider.min_minor <= needed <= provider.max_minor:
        raise WrongKeyError(key, f"{needed} to insert is outside min_minor to max_minor")


def _check_bands(key: str, bands: tuple[FeeBand, ...]) -> None:
    expected_minor: int | None = 0
    for number, band in enumerate(bands):
        if band.from_minor != expected_minor:
            raise WrongKeyError(f"{key}[{number}].from_minor", f"must be {expected_minor}")
        if band.to_minor is not None and band.to_minor <= band.from_minor:
            raise WrongKeyError(f"{key}[{number}].to_minor", "is not greater than from_minor")
        if band.max_minor is not None and band.max_minor < band.min_minor:
            raise WrongKeyError(f"{key}[{number}].max_minor", "is less than min_minor")
        expected_minor = band.to_minor
        if expected_minor is None and band is not bands[-1]:
            raise WrongKeyError(f"{key}[{number}].to_minor", "only the last band has no end")
    if expected_minor is not None:
        raise WrongKeyError(f"{key}[{len(bands) - 1}].to_minor", "the last band must have no end")


def _check_something_is_credited(key: str, provider: Provider) -> None:
    """Within a band the credit never falls, so the least amount of each band is enough."""
    for band in provider.fee:
        least_minor = max(band.from_minor, provider.min_minor)
        reachable = least_minor <= provider.max_minor and band.covers(least_minor)
        if reachable and band.fee_minor(least_minor) >= least_minor:
            raise WrongKeyError(key, f"of {least_minor} inserted the fee leaves nothing")


def _check_fields(key: str, fields: tuple[Field, ...]) -> None:
    _unique(f"{key}.name", (field.name for field in fields))
    if ACCOUNT_FIELD not in {field.name for field in fields}:
        raise WrongKeyError(key, f"no field is named {ACCOUNT_FIELD!r}")
    others: dict[str, str] = {}
    for field in fields:
        _check_field(f"{key}[{field.name}]", field, others)
        others[field.name] = field.examples_ok[0]


def _check_field(key: str, field: Field, others: dict[str, str]) -> None:
    try:
        _ = field.pattern
    except PatternError as error:
        raise WrongKeyError(f"{key}.regex", str(error)) from None
    if (field.checksum == "bank_account_key") != (field.checksum_with is not None):
        raise WrongKeyError(f"{key}.checksum_with", "belongs to a bank_account_key and only there")
    if field.checksum_with is not None and field.checksum_with not in others:
        raise WrongKeyError(f"{key}.checksum_with", f"no earlier field {field.checksum_with!r}")
    if field.keyboard == "buttons":
        _check_options(key, field)
    else:
        _check_mask(key, field)
    _check_examples(key, field, others)


def _check_options(key: str, field: Field) -> None:
    if not field.options:
        raise WrongKeyError(f"{key}.options", "buttons need options")
    if field.mask or field.prefix:
        raise WrongKeyError(f"{key}.mask", "buttons have no mask and no prefix")
    _unique(f"{key}.options", field.options)
    if len(field.values) != len(field.options):
        raise WrongKeyError(f"{key}.option_values", "must be as many as options")
    for value in field.values:
        if not field.pattern.matches(value):
            raise WrongKeyError(f"{key}.options", f"{value!r} does not fit the regex")


def _check_mask(key: str, field: Field) -> None:
    if field.options or field.option_values:
        raise WrongKeyError(f"{key}.options", "only buttons have options")
    try:
        mask = field.parsed_mask
    except MaskError as error:
        raise WrongKeyError(f"{key}.mask", str(error)) from None
    if not mask.groups:
        raise WrongKeyError(f"{key}.mask", "nothing can be typed")
    around = len(field.prefix) + (0 if field.strip_mask else len(mask.literals))
    shortest, longest = mask.shortest + around, mask.longest + around
    pattern = field.pattern
    if shortest > pattern.shortest and not field.optional:
        raise WrongKeyError(f"{key}.mask", f"needs {shortest} characters, regex {pattern.shortest}")
    if pattern.longest is None and longest < pattern.shortest:
        raise WrongKeyError(f"{key}.mask", f"ends at {longest}, regex needs {pattern.shortest}")
    if pattern.longest is not None and longest != pattern.longest:
        raise WrongKeyError(f"{key}.mask", f"ends at {longest} characters, regex {pattern.longest}")


def _check_examples(key: str, field: Field, others: dict[str, str]) -> None:
    for example in field.examples_ok:
        if not field.accepts(example, others):
            raise WrongKeyError(f"{key}.examples_ok", f"{example!r} is not accepted")
        if field.keyboard != "buttons" and field.strip_mask and not _can_be_typed(field, example):
            raise WrongKeyError(f"{key}.examples_ok", f"{example!r} cannot be typed in the mask")
    for example in field.examples_bad:
        if field.accepts(example, others):
            raise WrongKeyError(f"{key}.examples_bad", f"{example!r} is accepted")


def _can_be_typed(field: Field, value: str) -> bool:
    typed = value.removeprefix(field.prefix)
    groups = (field.parsed_mask.group_at(index) for index in range(len(typed)))
    return all(group and group.takes(char) for group, char in zip(groups, typed, strict=True))


def _unique(key: str, values: Iterable[object]) -> None:
    for value in _repeated(values):
        raise WrongKeyError(key, f"{value!r} stands there more than once")


def _repeated(values: Iterable[object]) -> Iterator[object]:
    return (value for value, times in Counter(values).items() if times > 1)
