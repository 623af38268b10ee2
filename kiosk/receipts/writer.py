"""Makes a finished slip of its data: by the templates in force, else by the built-in ones, else bare.

Whatever is wrong with a template, or with the sums, a slip comes out and an alarm goes to the log:
the payment that it is about is made already.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import structlog

from kiosk.receipts.errors import ReceiptError, SumsDoNotAddUpError, TemplateRefusedError
from kiosk.receipts.finish import Facts, SlipData, finish, minimal_receipt
from kiosk.receipts.issuer import SlipHead
from kiosk.receipts.model import Receipt
from kiosk.receipts.templates.library import TemplateSet, built_in
from kiosk.receipts.templates.markup import read_markup
from kiosk.receipts.wording import Wording

_ALARM = "template refused"
_WORDS = "template."

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipWriter:
    """Knows the templates of one terminal; `own` are the ones that were sent to it, newest first."""

    own: tuple[TemplateSet, ...] = ()
    shipped: TemplateSet = field(default_factory=built_in)

    def receipt(
        self, data: SlipData, wording: Wording, *, service: str = "", made_by: str = ""
    ) -> Receipt:
        """Make the slip. `service` is the provider's code, for a template of its own; `made_by` is
        the mark that was stored with a slip, which then comes out by the same templates if they are
        still here.
        """
        try:
            data.check()
        except SumsDoNotAddUpError as error:
            _log.error("slip_sums_wrong", alarm="slip sums wrong", **_about(data, error))
            return minimal_receipt(data, wording)
        for templates, name in self._candidates(data, wording.language, service, made_by):
            try:
                return set_by(templates, name, data, wording)
            except ReceiptError as error:
                _log.error("slip_template_refused", alarm=_ALARM, **_about(data, error))
        return minimal_receipt(data, wording)

    def _candidates(
        self, data: SlipData, language: str, service: str, made_by: str
    ) -> Iterator[tuple[TemplateSet, str]]:
        for templates in self._sets(made_by):
            for name in templates.candidates(data.kind, language=language, service=service):
                yield templates, name

    def _sets(self, made_by: str) -> Iterator[TemplateSet]:
        known = (*self.own, self.shipped)
        yield from (one for one in known if made_by.startswith(f"{one.mark}:"))
        yield from self.own[:1]
        yield self.shipped


def set_by(templates: TemplateSet, name: str, data: SlipData, wording: Wording) -> Receipt:
    """Make the slip by this template and no other.

    Raises:
        TemplateRefusedError: the template cannot be used for it; the message names it.
        WordingError: the language lacks a word.
    """
    template = templates.template(name)
    markup = template.render(_offered(data, wording))
    try:
        return finish(read_markup(markup), data, wording, templates.mark)
    except TemplateRefusedError as error:
        raise TemplateRefusedError(f"{templates.mark} {name}: {error}") from None


def _offered(data: SlipData, wording: Wording) -> Facts:
    """What every template may use beside what its own slip offers."""
    head = data.head
    words = {
        key.removeprefix(_WORDS): text
        for key, text in wording.words.items()
        if key.startswith(_WORDS)
    }
    return {
        **data.facts(),
        "say": words,
        "kind": data.kind.value,
        "language": wording.language,
        "slip": _slip(head),
    }


def _slip(head: SlipHead) -> Facts:
    issuer = head.issuer
    return {
        "number": head.receipt_number,
        "terminal": issuer.terminal_id,
        "agent": issuer.agent_name,
        "place": issuer.terminal_address,
        "is_copy": head.copy,
        "is_demo": issuer.demo,
    }


def _about(data: SlipData, error: Exception) -> dict[str, object]:
    return {"kind": data.kind.value, "receipt": data.head.receipt_number, "why": str(error)}
