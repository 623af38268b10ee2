"""Whatever the backend sends, the terminal has a good catalogue."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from config.catalogue import Catalogue, CatalogueError, load_catalogue
from config.shelf import Shelf
from kiosk.catalogue.supply import CatalogueSupply
from terminal_api.content import ContentKind

_SHIPPED = load_catalogue()
_BAND = {
    "from_minor": 0,
    "to_minor": None,
    "percent_bp": 700,
    "fixed_minor": 0,
    "min_minor": 0,
    "max_minor": None,
}


def _no_more(catalogue: Catalogue, name: str) -> None:
    del catalogue, name


def _supply(tmp_path: Path, check: Any = _no_more) -> CatalogueSupply:
    return CatalogueSupply(Shelf(tmp_path / "content"), _SHIPPED, check)


def _catalogue(version: str, **changes: Any) -> bytes:
    tree = json.loads(_SHIPPED.model_dump_json())
    return json.dumps({**tree, "version": version, **changes}).encode()


def _fees(version: str, code: str = "mts") -> bytes:
    return json.dumps({"fee_version": version, "fees": {code: [_BAND]}}).encode()


def test_a_good_catalogue_is_news_once_and_in_use_after_a_start(tmp_path: Path) -> None:
    supply = _supply(tmp_path)
    assert supply.newer() is None
    assert supply.take(ContentKind.CATALOGUE, "2030-01-01.1", _catalogue("2030-01-01.1"))
    newer = supply.newer()
    assert newer is not None
    assert newer.version == "2030-01-01.1"
    assert supply.newer() is None
    assert _supply(tmp_path).at_start().version == "2030-01-01.1"


def test_a_fee_table_goes_over_the_catalogue_in_use(tmp_path: Path) -> None:
    supply = _supply(tmp_path)
    assert supply.take(ContentKind.FEES, "2030-01-02.1", _fees("2030-01-02.1"))
    newer = supply.newer()
    assert newer is not None
    assert newer.fee_version == "2030-01-02.1"
    assert newer.provider("mts").fee[0].percent_bp == 700
    assert newer.provider("beeline").fee == _SHIPPED.provider("beeline").fee
    assert newer.version == _SHIPPED.version
    assert _supply(tmp_path).at_start().fee_version == "2030-01-02.1"


def test_a_catalogue_with_newer_fees_is_not_overlaid_by_older_ones(tmp_path: Path) -> None:
    supply = _supply(tmp_path)
    supply.take(ContentKind.FEES, "2030-01-02.1", _fees("2030-01-02.1"))
    content = _catalogue("2030-01-03.1", fee_version="2030-01-03.1")
    supply.take(ContentKind.CATALOGUE, "2030-01-03.1", content)
    newer = supply.newer()
    assert newer is not None
    assert newer.fee_version == "2030-01-03.1"
    assert newer.provider("mts").fee == _SHIPPED.provider("mts").fee


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (ContentKind.CATALOGUE, b""),
        (ContentKind.CATALOGUE, b"\xff"),
        (ContentKind.CATALOGUE, b"[" * 100_000),
        (ContentKind.CATALOGUE, _catalogue("2030-01-01.1")[:-9]),
        (ContentKind.CATALOGUE, _catalogue("2030-01-01.1", providers=[])),
        (ContentKind.CATALOGUE, _catalogue("2030-01-01.1", popular=["nobody"])),
        (ContentKind.CATALOGUE, _catalogue("no version")),
        (ContentKind.FEES, _fees("2030-01-01.1", "nobody")),
        (ContentKind.FEES, b'{"fee_version": "2030-01-01.1", "fees": {"mts": []}}'),
        (ContentKind.FEES, b"[" * 100_000),
        (ContentKind.FEES, b"{}"),
    ],
)
def test_a_bad_content_is_an_alarm_and_changes_nothing(
    tmp_path: Path, kind: ContentKind, content: bytes
) -> None:
    supply = _supply(tmp_path)
    assert supply.take(ContentKind.CATALOGUE, "2029-01-01.1", _catalogue("2029-01-01.1"))
    supply.newer()
    with capture_logs() as logs:
        assert not supply.take(kind, "2030-01-01.1", content)
    assert [it["event"] for it in logs if it.get("alarm")] == ["content_refused"]
    assert supply.newer() is None
    assert _supply(tmp_path).at_start().version == "2029-01-01.1"


def test_a_kept_catalogue_that_no_longer_reads_gives_way_to_the_one_before(tmp_path: Path) -> None:
    supply = _supply(tmp_path)
    for version in ("2030-01-01.1", "2030-01-01.2"):
        assert supply.take(ContentKind.CATALOGUE, version, _catalogue(version))

    def stricter(catalogue: Catalogue, name: str) -> None:
        if catalogue.version.endswith(".2"):
            raise CatalogueError(file=name, key="version", reason="not any more")

    assert _supply(tmp_path, stricter).at_start().version == "2030-01-01.1"

    def strictest(catalogue: Catalogue, name: str) -> None:
        raise CatalogueError(file=name, key="version", reason="not any more")

    assert _supply(tmp_path, strictest).at_start().version == _SHIPPED.version


_TREE = json.loads(_SHIPPED.model_dump_json())
_JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.text(max_size=5), st.just([]),
    st.just({}), st.just([{}]), st.floats(allow_nan=True),
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_catalogue_takes_the_terminal_down(tmp_path: Path, data: st.DataObject) -> None:
    tree = json.loads(json.dumps(_TREE))
    node, depth = tree, 0
    while depth < 4:
        depth += 1
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if isinstance(node[key], dict | list) and depth < 4 and data.draw(st.booleans()):
            node = node[key]
            continue
        node[key] = data.draw(_JUNK)
        break
    supply = _supply(tmp_path)
    supply.take(ContentKind.CATALOGUE, "2030-01-01.1", json.dumps(tree).encode())
    assert _supply(tmp_path).at_start().providers
