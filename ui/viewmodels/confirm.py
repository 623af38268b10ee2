"""The check before money as QML sees it: what was typed, in groups, beside fee and limits."""

from dataclasses import dataclass
from typing import TypedDict

from PySide6.QtCore import Property, QObject, Signal

from kiosk.terminal.snapshot import ConfirmView
from ui.viewmodels.catalogue_text import translated
from ui.viewmodels.fee_text import NO_TERMS, terms_text
from ui.viewmodels.plates import NO_PROVIDER, ProviderPlate, provider_plate
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable
from ui.viewmodels.terms import TermsSection

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


class FieldLine(TypedDict):
    """A typed field as QML sees it."""

    title: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmShown:
    """What the check screen draws."""

    provider: ProviderPlate
    fields: tuple[FieldLine, ...]


EMPTY = ConfirmShown(provider=NO_PROVIDER, fields=())


def present_confirm(view: ConfirmView) -> ConfirmShown:
    """Return the check screen."""
    return ConfirmShown(
        provider=provider_plate(view.provider),
        fields=tuple(
            FieldLine(
                title=translated(item.title),
                value=translated(item.value) if item.chosen else item.value,
            )
            for item in view.fields
        ),
    )


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class ConfirmSection(QObject):
    """The check screen."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = EMPTY
        self._terms = TermsSection(self)

    def show(self, view: ConfirmView | None) -> None:
        """Show `view`; silent when nothing differs."""
        before, self._shown = self._shown, present_confirm(view) if view else EMPTY
        self._terms.show(terms_text(view.terms) if view else NO_TERMS)
        if before != self._shown:
            self.changed.emit()

    @Property(dict, notify=changed)
    def provider(self) -> ProviderPlate:
        return self._shown.provider

    @Property(list, notify=changed)
    def fields(self) -> list[FieldLine]:
        return list(self._shown.fields)

    @Property(TermsSection, constant=True)
    def terms(self) -> TermsSection:
        return self._terms
