"""Full payments by a finger on the glass, in every language, to the backend's books."""

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject
from structlog.testing import capture_logs

from ui.finger import scene

if TYPE_CHECKING:
    from tests.ui.whole.conftest import Counter

ACCOUNT = "9037654381"
TRACES = (ACCOUNT, "7654381", "765-43-81", "765 43 81", "43-81", "43 81")
"""How the account, or what a masked one shows of it, could be written."""
HOLDS_TEXT = (
    "QString",
    "QVariant",
    "QVariantList",
    "QVariantMap",
    "QStringList",
    "QUrl",
    "QJSValue",
)


def pays(counter: "Counter", *notes: int, provider: str = "mts", account: str = ACCOUNT) -> None:
    counter.touch(f"provider:{provider}")
    counter.type_text(account)
    counter.touch("forward", "forward")
    assert counter.finger.current_screen() == "money"
    for note in notes:
        counter.feed(note)
    counter.touch("pay")
    counter.until(lambda: counter.shown.screen == "thanks")


def payments(counter: "Counter") -> list[tuple[str, int]]:
    return [(one.provider_code, one.inserted_minor) for one in counter.payments()]


@pytest.mark.parametrize(
    ("language", "done"),
    [("ru", "Готово"), ("en", "Done"), ("kk", "Дайын")],
)
def test_a_whole_payment_in_each_language(counter: "Counter", language: str, done: str) -> None:
    counter.touch("languages", f"language:{language}")
    pays(counter, 100, 500)
    assert counter.shown.manner.language == language
    assert any(done in text for text in counter.finger.texts()), counter.finger.texts()
    counter.touch("finish")
    assert counter.finger.current_screen() == "home"
    assert payments(counter) == [("mts", 60_000)]
    assert counter.verdict() == ()


def test_several_payments_in_one_visit_and_nobody_types_for_another(counter: "Counter") -> None:
    counter.touch("languages", "language:kk")
    pays(counter, 100)
    counter.touch("another")
    assert counter.shown.manner.language == "kk"
    pays(counter, 50, 50, provider="wallet", account="9031112233")
    counter.touch("another")
    pays(counter, 500, provider="beeline", account="9051112233")
    counter.touch("finish")
    assert counter.shown.manner.language == "ru"
    assert payments(counter) == [("mts", 10_000), ("wallet", 10_000), ("beeline", 50_000)]
    assert counter.verdict() == ()


def test_nothing_of_a_customer_is_left_anywhere(counter: "Counter") -> None:
    with capture_logs() as logs:
        counter.touch("provider:mts")
        counter.type_text(ACCOUNT)
        assert found(counter)
        counter.touch("home")
        counter.pass_time(1)
        assert found(counter) == []
        pays(counter, 100)
        counter.touch("finish")
        counter.pass_time(5)
    assert found(counter) == []
    assert [one for one in logs if any(trace in str(one) for trace in TRACES)] == []


def found(counter: "Counter") -> list[str]:
    """Where in the window anything of the account stands: items, view models, what QML holds."""
    gc.collect()
    root = counter.window.window
    items = list(scene.items(root.contentItem()))
    models = [counter.window.model, *counter.window.model.findChildren(QObject)]
    objects = [root, *root.findChildren(QObject), *items, *models]
    places = [
        f"{one.metaObject().className()}.{name}"
        for one in objects
        for name, value in values(one)
        if any(trace in value for trace in TRACES)
    ]
    return places + [
        f"{type(one).__name__}.{name}"
        for one in models
        for name, value in vars(one).items()
        if any(trace in repr(value) for trace in TRACES)
    ]


def values(one: QObject) -> list[tuple[str, str]]:
    """Its properties, as texts."""
    about = one.metaObject()
    all_of_it = [about.property(index) for index in range(about.propertyCount())]
    told = [each.name() for each in all_of_it if each.typeName() in HOLDS_TEXT]
    return [(name, repr(one.property(name))) for name in told]
