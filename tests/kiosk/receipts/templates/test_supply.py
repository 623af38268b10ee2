"""Bundles that are sent: taken when signed and whole, an alarm else."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from structlog.testing import capture_logs

from kiosk.receipts.templates.bundle import Bundle, pack
from kiosk.receipts.templates.bundle_store import BundleStore
from kiosk.receipts.templates.library import built_in
from kiosk.receipts.templates.supply import TemplateSupply

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
GOOD = Bundle(id="shop", version=1, templates={"payment": built_in().sources["payment"]})


@pytest.fixture
def supply(tmp_path):
    return TemplateSupply(BundleStore(folder=tmp_path, key=KEY.public_key()))


def test_a_signed_bundle_is_news_once(supply):
    assert supply.newer() is None
    assert supply.take("shop-1", pack(GOOD, KEY))
    assert [one.mark for one in supply.newer().own] == ["shop:1"]
    assert supply.newer() is None


@pytest.mark.parametrize("content", [b"", b"\xff", b"{}", pack(GOOD, OTHER), pack(GOOD, KEY)[:-5]])
def test_anything_else_is_an_alarm_and_changes_nothing(supply, content):
    with capture_logs() as logs:
        assert not supply.take("shop-1", content)
    assert [it["event"] for it in logs if it.get("alarm")] == ["content_refused"]
    assert supply.newer() is None


def test_a_terminal_without_a_key_takes_no_bundle():
    with capture_logs() as logs:
        assert not TemplateSupply(None).take("shop-1", pack(GOOD, KEY))
    assert "template_key" in logs[0]["reason"]
