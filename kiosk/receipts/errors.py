"""What can go wrong while a slip is made. None of it may ever stop a payment."""


class ReceiptError(Exception):
    """A slip cannot be made as asked; a built-in minimal slip can be printed instead."""


class WordingError(ReceiptError):
    """The file of words has no such word, or a word lacks a value for its place."""


class SumsDoNotAddUpError(ReceiptError):
    """The sums of a slip break `inserted = credited + fee + change`, or one is negative."""


class MissingPartError(ReceiptError):
    """A slip lacks something that every slip of its kind must show."""

    def __init__(self, part: str) -> None:
        super().__init__(f"the slip does not show its mandatory part {part!r}")
        self.part = part
