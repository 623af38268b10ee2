"""The brand at the start of a terminal: a bad one is an alarm in the log, and never an outage."""

from collections.abc import Sequence
from pathlib import Path

from ui.brand.brand import BUILT_IN, Brand
from ui.brand.brand_file import BrandError, load_brand
from ui.late_log import LateLog

log = LateLog(__name__)


def brand_at_start(path: Path | None, *, hotlines: Sequence[str]) -> Brand:
    """Return the brand of the settings, or the house's own look when there is none to be used."""
    if path is None:
        return BUILT_IN
    brand, problems = _tried(path, hotlines)
    if problems:
        log.error("brand_refused", alarm="brand refused", problems=problems)
    else:
        log.info("brand_loaded", slides=len(brand.slides), logo=brand.logo is not None)
    return brand


def _tried(path: Path, hotlines: Sequence[str]) -> tuple[Brand, list[str]]:
    try:
        return load_brand(path, hotlines=hotlines), []
    except BrandError as error:
        return BUILT_IN, list(error.problems)
