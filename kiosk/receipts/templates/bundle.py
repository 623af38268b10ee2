"""Bundles of templates: what is sent to a terminal, signed by whoever may change its slips.

A bundle is a JSON document of an id, a version and templates by name, with an Ed25519 signature over
its canonical form. What is not signed by the terminal's own key is never looked at further.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.receipts.errors import BundleError, ReceiptError, TemplateRefusedError
from kiosk.receipts.layout import lay_out
from kiosk.receipts.model import SlipKind
from kiosk.receipts.slip_files import sample_slip
from kiosk.receipts.templates.library import BUILT_IN_NAME, TemplateSet
from kiosk.receipts.wording import LANGUAGES, load_wording
from kiosk.receipts.writer import set_by

LONGEST: Final = 500_000
_MOST_TEMPLATES = 500
_MOST_VERSION = 10**9
_PURPOSE = b"receipt templates, form 1\n"
"""Signed along, so that no other document signed by the same key passes for a bundle."""
_ID = re.compile(r"[a-z][a-z0-9-]{1,39}")
_RESERVED = frozenset({BUILT_IN_NAME, "minimal"})
_KINDS = "|".join(kind.value for kind in SlipKind)
_NAME = re.compile(rf"({_KINDS})(?:\+[a-z][a-z0-9_]{{1,39}})?(?:\.({'|'.join(LANGUAGES)}))?")
_WIDTHS = (32, 42, 48)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Templates by their names. `id` and `version` name the bundle for ever.

    Raises:
        BundleError: the id, the version or a name cannot be one.
    """

    id: str
    version: int
    templates: Mapping[str, str]

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id) or self.id in _RESERVED:
            raise BundleError(f"{self.id!r} cannot be the id of a bundle")
        if not 1 <= self.version <= _MOST_VERSION:
            raise BundleError(f"{self.version} cannot be the version of a bundle")
        if not 1 <= len(self.templates) <= _MOST_TEMPLATES:
            raise BundleError(f"a bundle holds 1 to {_MOST_TEMPLATES} templates")
        for name in self.templates:
            if not _NAME.fullmatch(name):
                raise BundleError(f"{name!r} is no name of a template: kind+service.language")

    @property
    def templates_set(self) -> TemplateSet:
        """The templates, ready to be asked for."""
        return TemplateSet(name=self.id, version=self.version, sources=dict(self.templates))


def pack(bundle: Bundle, key: Ed25519PrivateKey) -> bytes:
    """The signed document of this bundle."""
    content = _content(bundle)
    document = {"bundle": content, "signature": key.sign(_signed(content)).hex()}
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def unpack(data: bytes, key: Ed25519PublicKey) -> Bundle:
    """The bundle in a signed document.

    Raises:
        BundleError: it is none, it is too large, or it is not signed by this key.
    """
    if len(data) > LONGEST:
        raise BundleError(f"a bundle of {len(data)} bytes is too large, {LONGEST} are allowed")
    try:
        document = json.loads(data)
        content, signature = document["bundle"], bytes.fromhex(document["signature"])
        key.verify(signature, _signed(content))
    except InvalidSignature:
        raise BundleError("the bundle is not signed by the key of this terminal") from None
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise BundleError(f"this is no bundle of templates: {error!r}") from None
    return _bundle(content)


def check(bundle: Bundle) -> None:
    """Set every template on the samples of its kind, in its languages and all widths.

    Raises:
        BundleError: a template would be refused; the message says which and why.
    """
    templates = bundle.templates_set
    for name in templates.sources:
        found = _NAME.fullmatch(name)
        if found is None:
            raise BundleError(f"{name!r} is no name of a template")
        languages = (found[2],) if found[2] else LANGUAGES
        for language in languages:
            _try(templates, name, SlipKind(found[1]), language)


def _try(templates: TemplateSet, name: str, kind: SlipKind, language: str) -> None:
    try:
        receipt = set_by(templates, name, sample_slip(kind), load_wording(language))
    except TemplateRefusedError as error:
        raise BundleError(str(error)) from None
    except ReceiptError as error:
        raise BundleError(f"{name}: {error}") from error
    for columns in _WIDTHS:
        lay_out(receipt, columns)


def _content(bundle: Bundle) -> dict[str, object]:
    return {"id": bundle.id, "version": bundle.version, "templates": dict(bundle.templates)}


def _signed(content: object) -> bytes:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _PURPOSE + canonical.encode()


def _bundle(content: object) -> Bundle:
    match content:
        case {"id": str(name), "version": int(version), "templates": dict(templates)} if all(
            isinstance(text, str) for text in templates.values()
        ):
            return Bundle(id=name, version=version, templates=templates)
    raise BundleError("a bundle has an id, a version and templates, each of them a text")
