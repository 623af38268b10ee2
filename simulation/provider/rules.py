"""The provider's side of the protocol, strictly (facts sheet wallet_network §1.2-1.5).

A known number with the same requisites is answered as the first time; with others it is refused and
never credited. An account of eight zeros and two digits answers with that code: `0000000005` is
unknown, `0000000079` is not active, `0000000001` fails for now. Every other account exists.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from simulation.provider.memory import Credit, ProviderMemory

_TXN_ID = re.compile(r"[0-9]{1,20}", re.ASCII)
_SUM = re.compile(r"([0-9]{1,9})\.([0-9]{2})", re.ASCII)
_DATE = re.compile(r"[0-9]{14}", re.ASCII)
_ACCOUNT = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
_CODED = re.compile(r"0{8}([0-9]{2})")
_LEAST_MINOR = 100
_MOST_MINOR = 1_500_000

_OK, _FORM, _OTHER, _SMALL, _LARGE = 0, 4, 300, 241, 242


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the provider answers; None = the element is left out."""

    result: int
    comment: str = ""
    txn_id: str | None = None
    prv_txn: int | None = None
    minor: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


def answer(memory: ProviderMemory, asked: Mapping[str, str]) -> Reply:
    """Do what is asked, once, and answer."""
    command = asked.get("command", "")
    match command:
        case "getInfo":
            return _info(asked)
        case "check":
            wrong = _wrong(asked)
            return wrong or Reply(result=_OK, txn_id=asked["txn_id"], comment="OK")
        case "pay":
            return _pay(memory, asked)
        case _:
            return Reply(result=_OTHER, comment="unknown command")


def render(reply: Reply, *, encoding: str = "UTF-8", only_result: bool = False) -> bytes:
    """The answer's body."""
    lines = [f'<?xml version="1.0" encoding="{encoding}"?>', "<response>"]
    if not only_result:
        if reply.txn_id is not None:
            lines.append(f"  <osmp_txn_id>{reply.txn_id}</osmp_txn_id>")
        if reply.prv_txn is not None:
            lines.append(f"  <prv_txn>{reply.prv_txn}</prv_txn>")
        if reply.minor is not None:
            lines.append(f"  <sum>{reply.minor // 100}.{reply.minor % 100:02}</sum>")
    lines.append(f"  <result>{reply.result}</result>")
    if not only_result:
        lines.append(f"  <comment>{reply.comment}</comment>")
        if reply.fields:
            told = (f'<field{n} name="{name}">{value}</field{n}>'
                    for n, (name, value) in enumerate(reply.fields.items(), 1))  # fmt: skip
            lines += ["  <fields>", *told, "  </fields>"]
    return "\n".join([*lines, "</response>", ""]).encode(encoding)


def _info(asked: Mapping[str, str]) -> Reply:
    code = _code_of_account(asked.get("account", ""))
    if code != _OK:
        return Reply(result=code, comment="no such subscriber")
    # "Demo D." as a Russian provider would write it: the reader must cope with its letters.
    name = "\u0414\u0435\u043c\u043e \u0414."
    return Reply(result=_OK, fields={"disp1": name, "disp2": _owed(asked), "ev_demo": "1"})


def _owed(asked: Mapping[str, str]) -> str:
    """Accounts that end in 7 owe something, the others nothing: both can be looked at."""
    account = asked.get("account", "")
    owes = account.endswith("7") and account[-4:].isdecimal()
    return f"{int(account[-4:-1])}.70" if owes else "0.00"


def _pay(memory: ProviderMemory, asked: Mapping[str, str]) -> Reply:
    if not _DATE.fullmatch(asked.get("txn_date", "")):
        return Reply(result=_OTHER, comment="txn_date")
    wrong = _wrong(asked)
    if wrong is not None:
        return wrong
    minor = _minor(asked["sum"])
    assert minor is not None
    credited = memory.credit(
        txn_id=asked["txn_id"], txn_date=asked["txn_date"], account=asked["account"], minor=minor
    )
    if (credited.account, credited.minor) != (asked["account"], minor):
        return Reply(result=_OTHER, txn_id=asked["txn_id"], comment="known with other requisites")
    return _credited(credited)


def _credited(credit: Credit) -> Reply:
    return Reply(
        result=_OK,
        comment="OK",
        txn_id=credit.txn_id,
        prv_txn=credit.prv_txn,
        minor=credit.minor,
    )


def _wrong(asked: Mapping[str, str]) -> Reply | None:
    txn_id = asked.get("txn_id", "")
    if not _TXN_ID.fullmatch(txn_id):
        return Reply(result=_OTHER, comment="txn_id")
    minor = _minor(asked.get("sum", ""))
    code = _code_of_account(asked.get("account", ""))
    if minor is None:
        return Reply(result=_OTHER, txn_id=txn_id, comment="sum")
    if code == _OK and minor < _LEAST_MINOR:
        code = _SMALL
    if code == _OK and minor > _MOST_MINOR:
        code = _LARGE
    return None if code == _OK else Reply(result=code, txn_id=txn_id, comment=f"code {code}")


def _code_of_account(account: str) -> int:
    if not _ACCOUNT.fullmatch(account):
        return _FORM
    coded = _CODED.fullmatch(account)
    return int(coded[1]) if coded else _OK


def _minor(text: str) -> int | None:
    told = _SUM.fullmatch(text)
    return int(told[1]) * 100 + int(told[2]) if told else None
