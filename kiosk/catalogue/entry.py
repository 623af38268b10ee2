"""Typing into one field of a provider: an immutable state, a new one for each key.

Keys that do not belong are ignored, so that nothing is ever cut off or replaced behind the
customer's back; the one exception is the 8 or 7 that people put before a mobile number, which goes
as soon as the real number begins. Nothing here knows the screen or remembers who typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Self

from config.catalogue import Field
from kiosk.catalogue.keyboards import has_key
from kiosk.catalogue.layout import is_phone, segments_of, sent_value, typed_of
from kiosk.terminal.snapshot import EntryProblem, Segment

_TRUNK_DIGITS = ("8", "7")
_WORD_BREAKS = (" ", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldEntry:
    """One field being typed. `others` are the sent values of the fields before it."""

    field: Field
    typed: str = ""
    others: Mapping[str, str] = dataclass_field(default_factory=dict)

    @classmethod
    def resumed(cls, field: Field, value: str, others: Mapping[str, str]) -> Self:
        """The entry as it was when `value` was sent on: the customer came back to change it."""
        typed = value if field.keyboard == "buttons" else typed_of(field, value)
        return cls(field=field, typed=typed, others=others)

    def press(self, char: str) -> Self:
        """One key; the same state where the key does not belong."""
        if len(char) != 1 or not has_key(self.field.keyboard, char):
            return self
        char = self._in_case(char)
        group = self.field.parsed_mask.group_at(len(self.typed))
        if group is None or not group.takes(char):
            return self
        return replace(self, typed=self._without_trunk(self.typed + char))

    def press_all(self, text: str) -> Self:
        """Every character of `text` as a key, for a scanned or pasted number."""
        entry = self
        for char in text:
            entry = entry.press(char)
        return entry

    def choose(self, option: str) -> Self:
        """One of the field's buttons by its text; the same state for any other text."""
        sent = dict(zip(self.field.options, self.field.values, strict=True))
        return replace(self, typed=sent[option]) if option in sent else self

    def erase(self) -> Self:
        """Without the last character."""
        return self.erase_all() if self._has_buttons else replace(self, typed=self.typed[:-1])

    def erase_all(self) -> Self:
        """Empty again."""
        return replace(self, typed="")

    def segments(self) -> tuple[Segment, ...]:
        """What is shown, in runs of fixed, typed and blank characters."""
        return () if self._has_buttons else segments_of(self.field, self.typed)

    def value(self) -> str:
        """What would be sent now."""
        return self.typed if self._has_buttons else sent_value(self.field, self.typed)

    def remaining(self) -> int:
        """How many characters are missing at least; 0 also when nothing can make it right, and
        for buttons.
        """
        return 0 if self._has_buttons else self._missing() or 0

    def problem(self) -> EntryProblem | None:
        """Why the value cannot be used (yet); None = the way forward is open."""
        missing = self._missing()
        if missing is None:
            starts_with_8 = is_phone(self.field) and self.typed.startswith(_TRUNK_DIGITS)
            return EntryProblem.STARTS_WITH_8 if starts_with_8 else EntryProblem.WRONG_FORM
        if missing:
            return EntryProblem.INCOMPLETE
        if not self.field.accepts(self.value(), self.others):
            return EntryProblem.WRONG_CHECKSUM
        return None

    @property
    def _has_buttons(self) -> bool:
        return self.field.keyboard == "buttons"

    def _missing(self) -> int | None:
        if not self.typed:
            return 0 if self.field.optional else self.field.pattern.missing(self.field.prefix)
        return self.field.pattern.missing(self.value())

    def _in_case(self, char: str) -> str:
        match self.field.letters:
            case "as_typed":
                return char
            case "upper":
                return char.upper()
            case "capitalised":
                at_word = not self.typed or self.typed.endswith(_WORD_BREAKS)
                return char.upper() if at_word else char.lower()

    def _without_trunk(self, typed: str) -> str:
        """Without the 8 or 7 before a mobile number, once the digit behind it can only be the
        number's first.
        """
        if len(typed) != 2 or typed[0] not in _TRUNK_DIGITS or not is_phone(self.field):
            return typed
        pattern, prefix = self.field.pattern, self.field.prefix
        wrong = pattern.missing(prefix + typed) is None
        right = pattern.missing(prefix + typed[1]) is not None
        return typed[1] if wrong and right else typed
