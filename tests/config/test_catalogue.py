"""The built-in catalogue, and the one clear message for each way a catalogue can be wrong."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import config
from config.catalogue import Catalogue, CatalogueError, UnknownProviderError, load_catalogue

BUILT_IN = json.loads((Path(config.__file__).parent / "catalogue.json").read_text("utf-8"))
Tree = dict[str, Any]


def small_tree() -> Tree:
    """Two providers: a mobile operator, and a bank transfer with a BIK, an account and buttons."""
    tree: Tree = copy.deepcopy(BUILT_IN)
    tree["providers"] = [p for p in tree["providers"] if p["code"] in ("mts", "freepay")]
    tree["categories"] = [
        c for c in tree["categories"] if c["code"] in ("cellular", "legal_entity")
    ]
    tree["popular"] = ["mts"]
    tree["def_codes"] = {"916": "mts"}
    return tree


def refused(tmp_path: Path, text: str) -> CatalogueError:
    file = tmp_path / "catalogue.json"
    file.write_text(text, "utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(file)
    assert caught.value.file == str(file)
    assert "\n" not in str(caught.value)
    return caught.value


def test_the_built_in_catalogue_is_whole() -> None:
    catalogue = load_catalogue()
    assert len(catalogue.providers) == 47
    assert len(catalogue.categories) == 14
    assert catalogue.version == "2026-11-22.1"


def test_providers_are_found_by_code_id_and_category() -> None:
    catalogue = load_catalogue()
    mts = catalogue.provider("mts")
    assert catalogue.provider_by_id(mts.id) is mts
    assert catalogue.in_category("cellular")[0] is mts
    assert catalogue.in_category("nothing") == ()


def test_an_unknown_provider_is_an_error() -> None:
    catalogue = load_catalogue()
    with pytest.raises(UnknownProviderError, match="nobody"):
        catalogue.provider("nobody")
    with pytest.raises(UnknownProviderError, match="999999"):
        catalogue.provider_by_id(999_999)


def test_categories_come_in_their_order() -> None:
    orders = [category.order for category in load_catalogue().ordered_categories]
    assert orders == sorted(orders)


def test_what_is_invented_says_so() -> None:
    for provider in load_catalogue().providers:
        invented = "(демо)" in provider.legal_name or provider.inn.startswith("00000")
        invented = invented or provider.support_phone.startswith("8-800-000-00-")
        assert provider.demo_legal == invented, provider.code


def test_a_flat_fee_with_a_number_to_type_is_there_to_test_with() -> None:
    votes = load_catalogue().provider("vk_votes")
    assert [(band.percent_bp, band.min_minor) for band in votes.fee] == [(500, 0)]
    assert votes.min_minor == 10_00
    assert [field.keyboard for field in votes.fields] == ["digits"]


def test_buttons_send_their_values() -> None:
    urgent = load_catalogue().provider("freepay").fields[7]
    assert (urgent.name, urgent.values) == ("urgent", ("0",))
    vat = load_catalogue().provider("freepay").fields[6]
    assert vat.values == vat.options


def test_a_catalogue_of_ones_own_is_loaded_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(small_tree()), "utf-8")
    assert isinstance(load_catalogue(file), Catalogue)


def test_an_invisible_provider_is_known_and_not_offered(tmp_path: Path) -> None:
    tree = small_tree()
    old = copy.deepcopy(tree["providers"][0]) | {"id": 7, "code": "old", "tags": []}
    tree["providers"].append(old)
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(tree), "utf-8")
    catalogue = load_catalogue(file)
    assert catalogue.provider("old").id == 7
    assert [provider.code for provider in catalogue.in_category("cellular")] == ["mts"]


def phone(tree: Tree) -> Tree:
    field: Tree = tree["providers"][0]["fields"][0]
    return field


def bank(tree: Tree, number: int) -> Tree:
    field: Tree = tree["providers"][1]["fields"][number]
    return field


def fee(tree: Tree) -> list[Tree]:
    bands: list[Tree] = tree["providers"][0]["fee"]
    return bands


MTS = "providers[mts]"
PHONE = f"{MTS}.fields[account]"
CASES: list[tuple[Callable[[Tree], object], str, str]] = [
    (lambda t: t["providers"][1].update(id=1), "providers.id", "1 stands there more than once"),
    (lambda t: t["providers"][1].update(code="mts"), "providers.code", "more than once"),
    (lambda t: t["categories"].append(t["categories"][0]), "categories.code", "more than once"),
    (lambda t: t["categories"][1].update(order=1), "categories.order", "more than once"),
    (lambda t: t["providers"][0].update(category="x1"), f"{MTS}.category", "no category 'x1'"),
    (
        lambda t: t["categories"].append({"code": "e1", "title": "E", "order": 99}),
        "categories[e1]",
        "no visible provider is in it",
    ),
    (lambda t: t["popular"].append("tele2"), "popular", "no visible provider 'tele2'"),
    (lambda t: t["popular"].append("mts"), "popular", "more than once"),
    (lambda t: t["def_codes"].update({"917": "freepay"}), "def_codes.917", "no mobile operator"),
    (lambda t: t["def_codes"].update({"817": "mts"}), "def_codes.817.[key]", "match pattern"),
    (lambda t: t["providers"][0].update(inn="0000000019"), f"{MTS}.inn", "check digit"),
    (lambda t: t["providers"][0].update(max_minor=900), f"{MTS}.min_minor", "greater than max"),
    (lambda t: t["providers"][0].update(fixed_minor=900), f"{MTS}.fixed_minor", "is outside"),
    (lambda t: fee(t)[0].update(from_minor=1), f"{MTS}.fee[0].from_minor", "must be 0"),
    (lambda t: fee(t)[1].update(from_minor=20000), f"{MTS}.fee[1].from_minor", "must be 10000"),
    (lambda t: fee(t)[1].update(to_minor=10000), f"{MTS}.fee[1].to_minor", "not greater"),
    (lambda t: fee(t)[1].update(to_minor=None), f"{MTS}.fee[1].to_minor", "only the last"),
    (lambda t: fee(t)[2].update(to_minor=60000), f"{MTS}.fee[2].to_minor", "must have no end"),
    (lambda t: fee(t)[0].update(max_minor=299), f"{MTS}.fee[0].max_minor", "is less than min"),
    (lambda t: fee(t)[0].update(percent_bp=12.5), f"{MTS}.fee[0].percent_bp", "integer"),
    (lambda t: fee(t)[0].update(percent_bp=True), f"{MTS}.fee[0].percent_bp", "integer"),
    (lambda t: fee(t)[0].update(min_minor=1000), f"{MTS}.min_minor", "fee leaves nothing"),
    (lambda t: fee(t)[1].update(percent_bp=10000), f"{MTS}.min_minor", "of 10000 inserted"),
    (lambda t: phone(t).update(name="phone"), f"{MTS}.fields", "no field is named 'account'"),
    (lambda t: phone(t).update(regex=r"9\d{9}"), f"{PHONE}.regex", "anchored"),
    (lambda t: phone(t).update(regex=r"^9\d{9$"), f"{PHONE}.regex", "is expected"),
    (lambda t: phone(t).update(regex=r"^9\d{9,10}$"), f"{PHONE}.mask", "ends at 10 characters"),
    (lambda t: phone(t).update(regex=r"^9\d{8,9}$"), f"{PHONE}.mask", "needs 10 characters"),
    (lambda t: phone(t).update(regex=r"^9\d{10,}$"), f"{PHONE}.mask", "regex needs 11"),
    (lambda t: phone(t).update(mask="+7"), f"{PHONE}.mask", "nothing can be typed"),
    (lambda t: phone(t).update(mask="<!x"), f"{PHONE}.mask", "a group that is not"),
    (lambda t: phone(t).update(prefix="7"), f"{PHONE}.mask", "needs 11 characters"),
    (lambda t: phone(t).update(strip_mask=False), f"{PHONE}.mask", "needs 18 characters"),
    (lambda t: phone(t).update(options=["1"]), f"{PHONE}.options", "only buttons"),
    (lambda t: phone(t).update(keyboard="buttons"), f"{PHONE}.options", "buttons need options"),
    (lambda t: phone(t).update(keyboard="greek"), f"{PHONE}.keyboard", "Input should be"),
    (lambda t: phone(t).update(checksum="luhn"), f"{PHONE}.examples_ok", "is not accepted"),
    (lambda t: phone(t)["examples_ok"].append("123"), f"{PHONE}.examples_ok", "'123' is not"),
    (lambda t: phone(t).update(mask=r"+7 <![0-8]+{10}>"), f"{PHONE}.examples_ok", "be typed"),
    (lambda t: phone(t)["examples_bad"].append("9000000000"), f"{PHONE}.examples_bad", "accepted"),
    (lambda t: phone(t).update(examples_bad=[]), f"{PHONE}.examples_bad", "at least 1 item"),
    (lambda t: phone(t).update(chksum="luhn"), f"{PHONE}.chksum", "unknown key"),
    (lambda t: phone(t).update(checksum_with="account"), f"{PHONE}.checksum_with", "belongs to"),
    (
        lambda t: bank(t, 1).update(checksum_with="to_inn"),
        "providers[freepay].fields[account].checksum_with",
        "no earlier field 'to_inn'",
    ),
    (
        lambda t: bank(t, 1).update(name="to_bik"),
        "providers[freepay].fields.name",
        "more than once",
    ),
    (
        lambda t: bank(t, 7).update(option_values=["0", "1"]),
        "providers[freepay].fields[urgent].option_values",
        "as many as options",
    ),
    (
        lambda t: bank(t, 7).update(option_values=["5"]),
        "providers[freepay].fields[urgent].options",
        "'5' does not fit",
    ),
    (
        lambda t: bank(t, 7).update(mask=r"<!\d+{1}>"),
        "providers[freepay].fields[urgent].mask",
        "buttons have no mask",
    ),
    (lambda t: t.update(currency="USD"), "currency", "Input should be 'RUB'"),
    (lambda t: t.update(version="1"), "version", "match pattern"),
    (lambda t: t.pop("popular"), "popular", "Field required"),
    (lambda t: t["providers"].clear(), "providers", "at least 1 item"),
]


@pytest.mark.parametrize(("spoil", "key", "reason"), CASES)
def test_what_is_wrong_is_named_by_key_and_reason(
    tmp_path: Path, spoil: Callable[[Tree], object], key: str, reason: str
) -> None:
    tree = small_tree()
    spoil(tree)
    error = refused(tmp_path, json.dumps(tree))
    assert error.key == key
    assert reason in error.reason


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="there is no such file"):
        load_catalogue(tmp_path / "none.json")
    with pytest.raises(CatalogueError, match="cannot be read"):
        load_catalogue(tmp_path)
    file = tmp_path / "cp1251.json"
    file.write_bytes('{"version": "МТС"}'.encode("cp1251"))
    with pytest.raises(CatalogueError, match="is not UTF-8"):
        load_catalogue(file)


def test_broken_json_is_told_with_its_line(tmp_path: Path) -> None:
    assert "line 2" in refused(tmp_path, '{"version":\n}').reason


@pytest.mark.parametrize("text", ["[]", "null", "3", '{"providers": {"1": 2}}', '{"providers": 1}'])
def test_json_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    refused(tmp_path, text)


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    text = json.dumps(small_tree()).replace('{"916": "mts"}', '{"916": "mts", "916": "freepay"}')
    error = refused(tmp_path, text)
    assert (error.key, error.reason) == ("916", "the key stands there more than once")


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        ({"check_required": True, "online_check": False}, "check_required", "needs online_check"),
        (
            {"answer": [{"name": "disp1", "title": "Имя"}], "online_check": False},
            "answer",
            "needs online_check",
        ),
        (
            {"answer": [{"name": "disp1", "title": "Имя"}, {"name": "disp1", "title": "Долг"}]},
            "answer.name",
            "more than once",
        ),
        (
            {
                "answer": [
                    {"name": "a", "title": "Долг", "kind": "debt"},
                    {"name": "b", "title": "Пеня", "kind": "debt"},
                ]
            },
            "answer",
            "only one",
        ),
    ],
)
def test_what_a_provider_is_asked_fits_together(
    tmp_path: Path, change: Tree, key: str, reason: str
) -> None:
    tree = small_tree()
    tree["providers"][0].update(change)
    error = refused(tmp_path, json.dumps(tree))
    assert error.key == f"providers[mts].{key}"
    assert reason in error.reason


FREE = {
    "from_minor": 0,
    "to_minor": None,
    "percent_bp": 0,
    "fixed_minor": 0,
    "min_minor": 0,
    "max_minor": None,
}


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        ({"amounts": [30000, 10000]}, ".amounts", "must ascend"),
        ({"amounts": [10000, 10000]}, ".amounts", "more than once"),
        ({"amounts": [10050]}, ".amounts", "no notes make up"),
        ({"amounts": [2000000]}, ".amounts", "outside min_minor"),
        ({"amounts": [10000], "fixed_minor": 10000}, "", "only one of"),
        ({"debt_only": True}, ".debt_only", "needs check_required"),
        (
            {"debt_only": True, "check_required": True, "answer": [{"name": "d", "title": "Имя"}]},
            ".debt_only",
            "an answer that is a debt",
        ),
    ],
)
def test_amounts_that_a_provider_fixes_fit_together(
    tmp_path: Path, change: Tree, key: str, reason: str
) -> None:
    tree = small_tree()
    tree["providers"][0].update({"fee": [FREE], **change})
    error = refused(tmp_path, json.dumps(tree))
    assert error.key == f"providers[mts]{key}"
    assert reason in error.reason


def test_an_amount_that_its_fee_makes_odd_is_refused_and_one_that_comes_out_even_is_not(
    tmp_path: Path,
) -> None:
    tree = small_tree()
    tree["providers"][0].update({"fee": [{**FREE, "percent_bp": 300}], "amounts": [30000]})
    assert "no notes make up" in refused(tmp_path, json.dumps(tree)).reason
    tree["providers"][0]["amounts"] = [29100]
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(tree), "utf-8")
    assert load_catalogue(file).provider("mts").amounts == (29100,)
