"""The one gate between a template and the printer.

A template proposes where things stand; what every slip must show is filled in here, from data. A
draft that leaves out a part, shows one twice, or asks for one that its slip does not have, is
refused; hotline and foot are added to any slip. When all templates fail, `minimal_receipt` sets the
parts one below the other, so that a customer never leaves without proof.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Protocol

from kiosk.receipts.errors import TemplateRefusedError
from kiosk.receipts.issuer import Parts, SlipHead, foot_blocks
from kiosk.receipts.model import Block, Draft, Part, Place, Receipt, Rule, SlipKind
from kiosk.receipts.wording import Wording

MINIMAL_TEMPLATE = "minimal:1"
_RULE_BEFORE = frozenset({Part.TERMINAL, Part.PROVIDER, Part.SUMS, Part.STATUS, Part.COUNTS})

Facts = Mapping[str, "str | int | bool | Facts | tuple[Facts, ...]"]
"""What a template may ask and say in its own words: texts, counts, yes or no."""


class SlipData(Protocol):
    """All that one slip shows."""

    @property
    def head(self) -> SlipHead:
        """What stands on every slip."""

    @property
    def kind(self) -> SlipKind:
        """Which template sets it."""

    def parts(self, wording: Wording) -> Parts:
        """What code shows. Raises WordingError."""

    def facts(self) -> Facts:
        """What a template may use."""

    def check(self) -> None:
        """Raise SumsDoNotAddUpError where the data contradicts itself."""


def finish(draft: Draft, data: SlipData, wording: Wording, template: str) -> Receipt:
    """Fill the places of a draft and foot it.

    Raises:
        TemplateRefusedError: a mandatory part is not there, or one is placed that cannot be.
    """
    parts = data.parts(wording)
    placed = Counter(block.part for block in draft if isinstance(block, Place))
    _must_place_all(parts, placed)
    return _receipt(tuple(_filled(draft, parts)), data, wording, template)


def minimal_receipt(data: SlipData, wording: Wording) -> Receipt:
    """Make the slip of last resort: every part, in the order of `Part`, and nothing else."""
    parts = data.parts(wording)
    blocks: list[Block] = []
    for part in Part:
        shown = parts.get(part, ())
        if shown and part in _RULE_BEFORE:
            blocks.append(Rule())
        blocks += shown
    return _receipt(tuple(blocks), data, wording, MINIMAL_TEMPLATE)


def _must_place_all(parts: Parts, placed: Counter[Part]) -> None:
    for part, times in placed.items():
        if part not in parts:
            raise TemplateRefusedError(f"a slip of this kind has no part @{part.value}")
        if times > 1:
            raise TemplateRefusedError(f"the template shows @{part.value} {times} times")
    for part, blocks in parts.items():
        if blocks and part not in placed:
            raise TemplateRefusedError(f"the template loses the mandatory part @{part.value}")


def _filled(draft: Draft, parts: Parts) -> Iterator[Block]:
    for block in draft:
        if isinstance(block, Place):
            yield from parts[block.part]
        else:
            yield block


def _receipt(blocks: tuple[Block, ...], data: SlipData, wording: Wording, template: str) -> Receipt:
    return Receipt(
        kind=data.kind,
        language=wording.language,
        template=f"{template}:{data.kind.value}:{wording.language}",
        blocks=(*_without_double_rules(blocks), *foot_blocks(data.head.issuer, wording)),
    )


def _without_double_rules(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """A part that is empty this time leaves no second rule behind, and none before the foot's."""
    held = False
    begun = False
    for block in blocks:
        if isinstance(block, Rule):
            held = begun
            continue
        if held:
            yield Rule()
        held, begun = False, True
        yield block
