"""Bundles of templates: only what is signed and whole is used, and the switch is all or nothing."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk.receipts.errors import BundleError
from kiosk.receipts.model import SlipKind
from kiosk.receipts.templates.bundle import LONGEST, Bundle, check, pack, unpack
from kiosk.receipts.templates.bundle_store import BundleStore
from kiosk.receipts.templates.library import built_in

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
WHOLE = built_in().sources["payment"]
FIRST = Bundle(id="shop", version=1, templates={"payment": "# Первый\n" + WHOLE})
SECOND = replace(FIRST, version=2, templates={"payment": "# Второй\n" + WHOLE})


@pytest.fixture
def store(tmp_path):
    return BundleStore(folder=tmp_path, key=KEY.public_key())


def in_use(store):
    return [one.mark for one in store.sets()]


def test_what_is_packed_is_unpacked():
    assert unpack(pack(FIRST, KEY), KEY.public_key()) == FIRST


def test_another_key_or_another_word_is_refused():
    data = pack(FIRST, KEY)
    with pytest.raises(BundleError, match="not signed"):
        unpack(data, OTHER.public_key())
    with pytest.raises(BundleError, match="not signed"):
        unpack(data.replace("Первый".encode(), "Второй".encode()), KEY.public_key())


@given(
    data=st.one_of(
        st.binary(max_size=200),
        st.recursive(
            st.none() | st.text(max_size=5) | st.integers(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["bundle", "signature", "id", "x"]), inner, max_size=4
                )
            ),
        ).map(lambda tree: json.dumps(tree).encode()),
    )
)
def test_any_bytes_are_a_bundle_or_a_bundle_error(data):
    with pytest.raises(BundleError):
        unpack(data, KEY.public_key())


def test_too_large_a_bundle_is_not_even_parsed():
    with pytest.raises(BundleError, match="too large"):
        unpack(b"[" * (LONGEST + 1), KEY.public_key())


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "built-in"},
        {"id": "minimal"},
        {"id": "a:b"},
        {"id": "../x"},
        {"version": 0},
        {"templates": {}},
        {"templates": {"cheque": "x"}},
        {"templates": {"payment+": "x"}},
        {"templates": {"payment.de": "x"}},
        {"templates": {"../payment": "x"}},
    ],
)
def test_names_that_cannot_be_are_refused(wrong):
    with pytest.raises(BundleError):
        replace(FIRST, **wrong)


def test_the_built_in_templates_would_pass_as_a_bundle():
    check(Bundle(id="shop", version=1, templates=built_in().sources))
    assert set(built_in().sources) == {kind.value for kind in SlipKind}


def test_a_bundle_with_a_bad_template_is_not_taken_into_use(store):
    store.install(pack(FIRST, KEY))
    for name in ("payment", "payment+mts", "payment.kk"):
        bad = replace(SECOND, templates={**SECOND.templates, name: WHOLE.replace("@sums", "")})
        with pytest.raises(BundleError, match="loses the mandatory part @sums"):
            store.install(pack(bad, KEY))
    assert in_use(store) == ["shop:1"]


def test_a_newer_bundle_takes_over_and_the_one_before_stays_at_hand(store):
    for bundle in (FIRST, SECOND, replace(SECOND, version=3)):
        store.install(pack(bundle, KEY))
    assert in_use(store) == ["shop:3", "shop:2"]


def test_an_older_bundle_is_refused_and_the_same_one_changes_nothing(store):
    store.install(pack(SECOND, KEY))
    with pytest.raises(BundleError, match="not newer"):
        store.install(pack(FIRST, KEY))
    with pytest.raises(BundleError, match="not newer"):
        store.install(pack(replace(SECOND, templates=FIRST.templates), KEY))
    assert store.install(pack(SECOND, KEY)) == SECOND
    assert in_use(store) == ["shop:2"]


def test_a_power_cut_anywhere_leaves_the_old_templates_or_the_new(store, monkeypatch):
    """Each rename fails once, as if the power went before it."""
    store.install(pack(FIRST, KEY))
    rename = Path.replace
    seen = []
    for cut in range(2):
        done = []

        def maybe(self, target, done=done, cut=cut):
            if len(done) == cut:
                raise OSError("power cut")
            done.append(target)
            return rename(self, target)

        monkeypatch.setattr(Path, "replace", maybe)
        with pytest.raises(OSError, match="power cut"):
            store.install(pack(SECOND, KEY))
        monkeypatch.setattr(Path, "replace", rename)
        seen.append(in_use(store)[0])
    assert seen == ["shop:1", "shop:1"]
    store.install(pack(SECOND, KEY))
    assert in_use(store)[0] == "shop:2"


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\xfe", None])
def test_a_damaged_file_is_left_out_with_an_alarm(store, damage, capsys):
    store.install(pack(FIRST, KEY))
    store.install(pack(SECOND, KEY))
    path = store.folder / "shop-2.bundle"
    path.unlink() if damage is None else path.write_bytes(damage)
    assert in_use(store) == ["shop:1"]
    assert "template refused" in capsys.readouterr().out
    store.install(pack(replace(SECOND, version=3), KEY))
    assert in_use(store)[0] == "shop:3"


@pytest.mark.parametrize("pointer", [b"../../etc/passwd", b"", b"x", b"\xff"])
def test_a_pointer_to_anything_else_is_no_pointer(store, pointer):
    store.install(pack(FIRST, KEY))
    (store.folder / "current").write_bytes(pointer)
    assert in_use(store) == []
