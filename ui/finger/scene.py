"""Looks at the scene of a window: which items there are, which are seen, which a touch at a point
would hit.

Read-only; walks `childItems`, because delegates of a Repeater are no QObject children of the window.
"""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtQuick import QQuickItem, QQuickWindow


def items(root: QQuickItem) -> Iterator[QQuickItem]:
    """Yield the items below `root` in the order they are painted (later ones lie above)."""
    for child in sorted(root.childItems(), key=lambda item: item.z()):
        yield child
        yield from items(child)


def visible_items(window: QQuickWindow) -> Iterator[QQuickItem]:
    """Yield all items of the window that are shown, in the order they are painted."""
    for item in items(window.contentItem()):
        if item.isVisible() and item.opacity() > 0:
            yield item


def flag(item: QQuickItem, name: str) -> bool:
    """Return a boolean property, False where the item has none.

    The look-up comes first: reading a property that is not there drops a reference of None in
    PySide 6.12, and after enough of them the interpreter dies.
    """
    return item.metaObject().indexOfProperty(name) >= 0 and bool(item.property(name))


def scene_rectangle(item: QQuickItem) -> QRectF:
    """Return where the item lies in the window, in pixels."""
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def scene_centre(item: QQuickItem) -> QPointF:
    """Return the item's centre in the window, in pixels."""
    return scene_rectangle(item).center()


def is_target(item: QQuickItem) -> bool:
    """Return True for what can be pressed."""
    return flag(item, "pressTarget")


def covers_all(item: QQuickItem) -> bool:
    """Return True for a sheet that takes every touch on it."""
    return flag(item, "coversAll")


def topmost_at(window: QQuickWindow, point: QPointF) -> QQuickItem | None:
    """Return the item that a touch at `point` would go to: the last painted target or sheet there."""
    hit = None
    for item in visible_items(window):
        if (is_target(item) or covers_all(item)) and scene_rectangle(item).contains(point):
            hit = item
    return hit


def texts(window: QQuickWindow) -> list[str]:
    """Return every text that is shown inside the window, top to bottom, as people read it."""
    bounds = QRectF(0, 0, window.width(), window.height())
    shown = [
        (scene_rectangle(item), str(item.property("text")))
        for item in visible_items(window)
        if item.inherits("QQuickText") and item.property("text")
    ]
    seen = [(box.top(), box.left(), text) for box, text in shown if bounds.intersects(box)]
    return [text for _, _, text in sorted(seen)]
