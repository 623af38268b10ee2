"""The check before money as QML sees it: what was typed, in groups, beside fee and limits."""

from dataclasses import dataclass
from typing import TypedDict

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal

from kiosk.terminal.snapshot import AccountCheck, ConfirmView
from ui.viewmodels.catalogue_text import translated
from ui.viewmodels.fee_text import NO_TERMS, terms_text
from ui.viewmodels.money_text import exact
from ui.viewmodels.plates import NO_PROVIDER, ProviderPlate, provider_plate
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable
from ui.viewmodels.terms import TermsSection
from ui.viewmodels.words import counsel_text

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


FEW = 2
"""So many fields are shown very large."""
MOST_IN_ONE_COLUMN = 4
MOST_BESIDE_AN_ANSWER = 2


class FieldLine(TypedDict):
    """A field to be checked as QML sees it; `told` by the provider, who may have a sum `owed`."""

    title: str
    value: str
    told: bool
    owed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmShown:
    """What the check screen draws."""

    provider: ProviderPlate
    fields: tuple[FieldLine, ...]
    few: bool
    many: bool
    answered: bool
    counsel: str
    unchecked: bool


EMPTY = ConfirmShown(
    provider=NO_PROVIDER,
    fields=(),
    few=True,
    many=False,
    answered=False,
    counsel="",
    unchecked=False,
)


def present_confirm(view: ConfirmView) -> ConfirmShown:
    """Return the check screen."""
    told = _told(view)
    fields = (*_typed(view), *told)
    return ConfirmShown(
        provider=provider_plate(view.provider),
        fields=fields,
        few=len(view.fields) == 1 or len(fields) <= FEW,
        many=len(view.fields) > (MOST_BESIDE_AN_ANSWER if told else MOST_IN_ONE_COLUMN),
        answered=bool(told),
        counsel=counsel_text(view.check),
        unchecked=view.check is AccountCheck.UNANSWERED,
    )


def _typed(view: ConfirmView) -> tuple[FieldLine, ...]:
    return tuple(
        FieldLine(
            title=translated(item.title),
            value=translated(item.value) if item.chosen else item.value,
            told=False,
            owed=False,
        )
        for item in view.fields
    )


def _told(view: ConfirmView) -> tuple[FieldLine, ...]:
    """What the provider says; where the catalogue has no name for it, it speaks for itself."""
    lines = [
        FieldLine(
            title=translated(line.title) if line.title else "",
            value=line.value,
            told=True,
            owed=False,
        )
        for line in view.answer
    ]
    owed = view.amount_minor or view.debt_minor
    if owed is not None:
        title = QCoreApplication.translate("Confirm", "To be paid")
        lines.append(FieldLine(title=title, value=exact(owed), told=True, owed=True))
    return tuple(lines)


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

    @Property(bool, notify=changed)
    def few(self) -> bool:
        return self._shown.few

    @Property(bool, notify=changed)
    def many(self) -> bool:
        return self._shown.many

    @Property(bool, notify=changed)
    def answered(self) -> bool:
        return self._shown.answered

    @Property(str, notify=changed)
    def counsel(self) -> str:
        return self._shown.counsel

    @Property(bool, notify=changed)
    def unchecked(self) -> bool:
        return self._shown.unchecked

    @Property(TermsSection, constant=True)
    def terms(self) -> TermsSection:
        return self._terms
