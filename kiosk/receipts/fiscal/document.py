"""What a registrar is told of one payment, with the tags of the fiscal data format.

Names follow the open tables of the tags (facts sheet receipts §3.4); agent and supplier hang on each
item, as in format 1.2, and a driver of format 1.05 lifts them to the whole receipt. Sums are kopecks.
This is a data model: which regime holds for a service is the agent's decision, not this file's.
"""

from dataclasses import dataclass
from enum import IntFlag

_LONGEST_OPERATION = 24
_LONGEST_PHONE = 19
_LONGEST_NAME = 128

Tags = dict[int, "str | int | tuple[str, ...] | Tags | tuple[Tags, ...]"]
"""Values by the numbers of their tags; a group is a table of its own."""


class FiscalDataError(ValueError):
    """A document cannot be registered as it is; the message names the tag."""


class AgentSign(IntFlag):
    """As whom the money is taken (tags 1057 and 1222)."""

    BANK_AGENT = 0x01
    BANK_SUBAGENT = 0x02
    PAYMENT_AGENT = 0x04
    PAYMENT_SUBAGENT = 0x08
    ATTORNEY = 0x10
    COMMISSION_AGENT = 0x20
    AGENT = 0x40


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferOperator:
    """The bank for which a bank agent acts."""

    name: str
    address: str
    inn: str
    phones: tuple[str, ...]

    def tags(self) -> Tags:
        """1026, 1005, 1016, 1075."""
        return {
            1026: _bounded(1026, self.name, _LONGEST_NAME),
            1005: self.address,
            1016: self.inn,
            1075: _phones(1075, self.phones),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentData:
    """The agent's data of an item (group 1223). `operation` is a bank agent's; `receiver_phones` are
    those of the operator that accepts payments, `operator` is the bank.
    """

    phones: tuple[str, ...]
    operation: str = ""
    receiver_phones: tuple[str, ...] = ()
    operator: TransferOperator | None = None

    def tags(self) -> Tags:
        """1044, 1073, 1074, and the operator's."""
        tags: Tags = {1073: _phones(1073, self.phones)}
        if self.operation:
            tags[1044] = _bounded(1044, self.operation, _LONGEST_OPERATION)
        if self.receiver_phones:
            tags[1074] = _phones(1074, self.receiver_phones)
        return tags if self.operator is None else tags | self.operator.tags()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierData:
    """Whose service is paid for (group 1224, and 1226 beside it)."""

    name: str
    inn: str
    phones: tuple[str, ...]

    def tags(self) -> Tags:
        """1171, 1225."""
        name = _bounded(1225, self.name, _LONGEST_NAME)
        return {1171: _phones(1171, self.phones), 1225: name}


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalItem:
    """A line of the receipt. An item of the agent's own (its fee) has no sign, agent or supplier."""

    name: str
    minor: int
    sign: AgentSign | None = None
    agent: AgentData | None = None
    supplier: SupplierData | None = None

    def __post_init__(self) -> None:
        if self.minor <= 0:
            raise FiscalDataError(f"tag 1043: an item of {self.minor} kopecks")
        together = {self.sign is None, self.agent is None, self.supplier is None}
        if len(together) != 1:
            raise FiscalDataError("tags 1222, 1223, 1224: an agent's item needs all three")

    def tags(self) -> Tags:
        """1030, 1043, and what makes it an agent's."""
        tags: Tags = {1030: _bounded(1030, self.name, _LONGEST_NAME), 1043: self.minor}
        if self.sign is not None and self.agent is not None and self.supplier is not None:
            tags |= {
                1222: int(self.sign),
                1223: self.agent.tags(),
                1224: self.supplier.tags(),
                1226: self.supplier.inn,
            }
        return tags


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalDocument:
    """The receipt of one cash payment. `identity` is the payment's own for ever: a registrar that is
    told twice registers once.
    """

    identity: str
    user_name: str
    user_inn: str
    address: str
    place: str
    machine: str
    items: tuple[FiscalItem, ...]
    cash_minor: int
    buyer: str = ""

    def __post_init__(self) -> None:
        if not self.items or sum(item.minor for item in self.items) != self.cash_minor:
            raise FiscalDataError(f"tag 1031: the items are not {self.cash_minor} kopecks")

    def tags(self) -> Tags:
        """The document as a registrar's driver takes it: 1054 = 1 (income), 1081 = 0 (no card)."""
        tags: Tags = {
            1009: self.address,
            1018: self.user_inn,
            1031: self.cash_minor,
            1036: self.machine,
            1048: _bounded(1048, self.user_name, _LONGEST_NAME),
            1054: 1,
            1059: tuple(item.tags() for item in self.items),
            1081: 0,
            1187: self.place,
        }
        return tags | {1008: self.buyer} if self.buyer else tags


def _phones(tag: int, phones: tuple[str, ...]) -> tuple[str, ...]:
    if not phones:
        raise FiscalDataError(f"tag {tag}: no phone")
    return tuple(_bounded(tag, phone, _LONGEST_PHONE) for phone in phones)


def _bounded(tag: int, text: str, longest: int) -> str:
    if not 1 <= len(text) <= longest:
        raise FiscalDataError(f"tag {tag}: {len(text)} signs, 1 to {longest} are allowed")
    return text
