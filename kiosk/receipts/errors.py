"""What can go wrong while a slip is made. None of it may ever stop a payment."""


class ReceiptError(Exception):
    """A slip cannot be made as asked; a built-in slip can be printed instead."""


class WordingError(ReceiptError):
    """The file of words has no such word, or a word lacks a value for its place."""


class SumsDoNotAddUpError(ReceiptError):
    """The sums of a slip break `inserted = credited + fee + change`, or one is negative."""


class IssuerIncompleteError(ReceiptError):
    """Who answers for the slip lacks something that stands on every slip."""


class TemplateRefusedError(ReceiptError):
    """A template is not used: it breaks the sandbox, grows past its bounds, is no markup, or loses
    a part that its slip must show. The message says which, for whoever writes templates.
    """


class BundleError(ReceiptError):
    """A bundle of templates is damaged, is not signed by the right key, or is no bundle."""
