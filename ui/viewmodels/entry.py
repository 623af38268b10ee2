"""The field being typed as QML sees it: its masked value as marked-up text, its keys, what is
missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TypedDict

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal

from kiosk.terminal.snapshot import EntryProblem, EntryView, Segment, SegmentRole
from ui.viewmodels.catalogue_text import translated
from ui.viewmodels.fee_text import NO_TERMS, terms_text
from ui.viewmodels.money_text import NO_BREAK_SPACE, exact
from ui.viewmodels.plates import NO_PROVIDER, ProviderPlate, provider_plate
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable
from ui.viewmodels.terms import TermsSection
from ui.viewmodels.words import entry_problem

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SEGMENT_COLOURS = {
    SegmentRole.FIXED: "#404E66",
    SegmentRole.TYPED: "#10203A",
    SegmentRole.BLANK: "#7F8DA1",
}
CONTRAST_COLOURS = {
    SegmentRole.FIXED: "#FFFFFF",
    SegmentRole.TYPED: "#FFE14D",
    SegmentRole.BLANK: "#9A9A9A",
}
"""Ink, muted and blank of the theme: rich text in a field cannot name tokens."""

LONGEST_UNBROKEN = 30
"""Longer values may break into lines; shorter ones keep their spaces unbreakable."""


class OptionShown(TypedDict):
    """An answer as QML sees it: `value` is what is told, `text` what is read."""

    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryShown:
    """What the entry screen draws."""

    provider: ProviderPlate
    title: str
    hint: str
    value_markup: str
    value_text: str
    keyboard: str
    options: tuple[OptionShown, ...]
    missing: str
    wrong: bool
    complete: bool
    optional: bool
    place: str
    other: ProviderPlate
    by_hand: str = ""
    noticed: bool = False


EMPTY = EntryShown(
    provider=NO_PROVIDER,
    title="",
    hint="",
    value_markup="",
    value_text="",
    keyboard="digits",
    options=(),
    missing="",
    wrong=False,
    complete=False,
    optional=False,
    place="",
    other=NO_PROVIDER,
)


def present_entry(view: EntryView, *, contrast: bool = False) -> EntryShown:
    """Return the entry screen in words and marked-up text."""
    colours = CONTRAST_COLOURS if contrast else SEGMENT_COLOURS
    chosen = view.keyboard == "buttons"
    if view.amounts:
        return _amounts(view, colours[SegmentRole.TYPED])
    return EntryShown(
        provider=provider_plate(view.provider),
        title=translated(view.title),
        hint=_notice(view) or translated(view.hint),
        value_markup=_markup(view.segments, colours, chosen=chosen),
        value_text="".join(segment.text for segment in view.segments),
        keyboard=view.keyboard.value,
        options=tuple(OptionShown(value=one, text=translated(one)) for one in view.options),
        missing=entry_problem(view),
        wrong=_wrong(view),
        complete=view.complete,
        optional=view.optional,
        place=_place(view),
        other=provider_plate(view.other) if view.other else NO_PROVIDER,
        by_hand=view.by_hand,
        noticed=_notice(view) != "",
    )


def _notice(view: EntryView) -> str:
    """What is to be told of the operator of a number."""
    if view.other:
        return QCoreApplication.translate("Entry", "This looks like another operator's number")
    if view.by_hand and view.complete and not view.provider.code:
        return QCoreApplication.translate("Entry", "Choose the operator yourself")
    return ""


def _amounts(view: EntryView, colour: str) -> EntryShown:
    """The sums that the provider credits, to be chosen from as other answers are."""
    chosen = view.amount_minor
    sums = tuple(OptionShown(value=str(minor), text=exact(minor)) for minor in view.amounts)
    return EntryShown(
        provider=provider_plate(view.provider),
        title=QCoreApplication.translate("Entry", "Sum to be credited"),
        hint="",
        value_markup="" if chosen is None else f'<font color="{colour}">{exact(chosen)}</font>',
        value_text="" if chosen is None else str(chosen),
        keyboard=view.keyboard.value,
        options=sums,
        missing=entry_problem(view),
        wrong=False,
        complete=view.complete,
        optional=False,
        place="",
        other=NO_PROVIDER,
    )


def _markup(
    segments: tuple[Segment, ...], colours: Mapping[SegmentRole, str], *, chosen: bool
) -> str:
    unbroken = sum(len(segment.text) for segment in segments) <= LONGEST_UNBROKEN
    return "".join(
        f'<font color="{colours[segment.role]}">{_escaped(text, unbroken)}</font>'
        for segment in segments
        for text in [translated(segment.text) if chosen else segment.text]
    )


def _escaped(text: str, unbroken: bool) -> str:
    return escape(text.replace(" ", NO_BREAK_SPACE) if unbroken else text)


def _wrong(view: EntryView) -> bool:
    if view.problem is None:
        return view.refusal is not None
    return view.problem is not EntryProblem.INCOMPLETE


def _place(view: EntryView) -> str:
    if view.fields < 2:
        return ""
    text = QCoreApplication.translate("Entry", "Field %1 of %2")
    return text.replace("%1", str(view.field_number)).replace("%2", str(view.fields))


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class EntrySection(QObject):
    """The entry screen."""

    changed = Signal()
    valueChanged = Signal()
    optionsChanged = Signal()
    providerChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = EMPTY
        self._terms = TermsSection(self)

    def show(self, view: EntryView | None, *, contrast: bool = False) -> None:
        """Show `view`; a key changes the value and its remark, never the keys themselves."""
        before, self._shown = self._shown, present_entry(view, contrast=contrast) if view else EMPTY
        self._terms.show(terms_text(view.terms) if view and view.terms else NO_TERMS)
        if before.options != self._shown.options:
            self.optionsChanged.emit()
        if before.provider != self._shown.provider:
            self.providerChanged.emit()
        if before.value_markup != self._shown.value_markup:
            self.valueChanged.emit()
        if before != self._shown:
            self.changed.emit()

    @Property(dict, notify=providerChanged)
    def provider(self) -> ProviderPlate:
        return self._shown.provider

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._shown.title

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._shown.hint

    @Property(str, notify=valueChanged)
    def valueMarkup(self) -> str:
        return self._shown.value_markup

    @Property(str, notify=valueChanged)
    def valueText(self) -> str:
        return self._shown.value_text

    @Property(str, notify=changed)
    def keyboard(self) -> str:
        return self._shown.keyboard

    @Property(list, notify=optionsChanged)
    def options(self) -> list[OptionShown]:
        return list(self._shown.options)

    @Property(str, notify=changed)
    def missing(self) -> str:
        return self._shown.missing

    @Property(bool, notify=changed)
    def wrong(self) -> bool:
        return self._shown.wrong

    @Property(bool, notify=changed)
    def complete(self) -> bool:
        return self._shown.complete

    @Property(bool, notify=changed)
    def optional(self) -> bool:
        return self._shown.optional

    @Property(dict, notify=changed)
    def other(self) -> ProviderPlate:
        return self._shown.other

    @Property(str, notify=changed)
    def byHand(self) -> str:
        return self._shown.by_hand

    @Property(bool, notify=changed)
    def noticed(self) -> bool:
        return self._shown.noticed

    @Property(str, notify=changed)
    def place(self) -> str:
        return self._shown.place

    @Property(TermsSection, constant=True)
    def terms(self) -> TermsSection:
        return self._terms
