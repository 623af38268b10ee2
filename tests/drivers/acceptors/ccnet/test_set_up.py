"""What a CCNET device is told before it takes notes: security, and masks as long as its table."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from drivers.acceptors.ccnet.bill_table import pack_bill_table, parse_bill_table
from drivers.acceptors.ccnet.codes import Command
from drivers.acceptors.ccnet.device import CcnetDevice
from drivers.acceptors.ccnet.frames import encode_answer, encode_command
from drivers.acceptors.ccnet.host import CcnetHost
from drivers.acceptors.contract import Fault, Note, Ready, Rejected, RejectReason
from drivers.acceptors.device_half.paper import COUPON
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.sans_io import AcceptorHost
from simulation.acceptor.bench import Bench
from simulation.acceptor.ccnet_kit import CCNET
from simulation.acceptor.laws import broken, works_again
from simulation.acceptor.notes import validator_identification
from simulation.acceptor.protocols import Build, HostBuild

RUB_5000 = Note(minor=500_000, currency="RUB")
WIDE_TABLE = pack_bill_table(
    {3: (5, "RUS", 1), 23: (1, "RUS", 2), 46: (5, "RUS", 2)},
    types=48,
)


def strict_host(build: HostBuild) -> AcceptorHost:
    return CcnetHost(build.boot, build.currency, high_security=frozenset({RUB_5000}))


def wide_machine(_: Build) -> CcnetDevice:
    return CcnetDevice(table=WIDE_TABLE, identification=validator_identification())


def frames(bench: Bench[CcnetDevice]) -> bytes:
    return b"".join(data for to_device, data in bench.rig.wire if to_device)


def test_security_is_set_for_the_notes_of_the_settings_and_cleared_for_the_others() -> None:
    bench = Bench(CCNET, make_host=strict_host)
    bench.start()
    assert encode_command(Command.SET_SECURITY, bytes.fromhex("00 00 80")) in frames(bench)
    plain = Bench(CCNET)
    plain.start()
    assert bytes.fromhex("02 03 09 32 00 00 00 26 1F") in frames(plain)


def illegal_for(command: Command) -> Callable[[bytes, bool], bytes]:
    """A line on which one command is answered ILLEGAL."""
    asked = False

    def noise(data: bytes, to_device: bool) -> bytes:
        nonlocal asked
        if to_device:
            asked = data[3] == command
            return data
        return encode_answer(b"\x30") if asked else data

    return noise


def test_a_device_that_refuses_the_wished_security_takes_no_notes() -> None:
    bench = Bench(CCNET, make_host=strict_host, noise=illegal_for(Command.SET_SECURITY))
    bench.rig.run(20)
    assert bench.events == [Fault(number=FaultNumber.REFUSES_SET_UP, raw="")]


def test_a_device_without_security_is_good_enough_where_none_is_wished() -> None:
    bench = Bench(CCNET, noise=illegal_for(Command.SET_SECURITY))
    bench.start()
    assert works_again(bench) == []


def test_notes_that_the_device_leaves_out_of_its_mask_are_told_once() -> None:
    asked = False

    def leaves_out_5000(data: bytes, to_device: bool) -> bytes:
        nonlocal asked
        if to_device:
            asked = data[3] == Command.GET_STATUS
            return data
        body = bytes([*data[3:5], data[5] & 0x7F, *data[6:9]])
        return encode_answer(body) if asked and len(data) == 11 else data

    bench = Bench(CCNET, noise=leaves_out_5000)
    bench.start()
    bench.rig.run(5)
    assert bench.told(Fault) == [Fault(number=FaultNumber.NOTES_REFUSED, raw="31 000080")]
    assert works_again(bench) == []
    assert len(bench.told(Fault)) == 1


def test_a_table_of_48_types_doubles_the_masks_and_moves_the_coupon() -> None:
    bench = Bench(replace(CCNET, make_machine=wide_machine))
    bench.start()
    ready = bench.told(Ready)[0]
    assert isinstance(ready, Ready)
    assert [note.minor for note in ready.denominations] == [50_00, 100_00, 500_00]
    mask = bytes.fromhex("40 00 00 80 00 08")
    assert encode_command(Command.ENABLE_BILL_TYPES, mask + mask) in frames(bench)
    for value in (500, 100):  # 100 is type 23, a coupon's in a short table.
        assert bench.insert(value)
        bench.rig.run(6)
    assert bench.credited() == bench.cassette() == [500, 100]
    assert works_again(bench) == []
    assert broken(bench) == []


@pytest.mark.parametrize("types", [24, 48])
def test_the_last_type_of_a_table_is_never_a_note(types: int) -> None:
    table = pack_bill_table({0: (5, "RUS", 1), types - 1: (1, "RUS", 3)}, types=types)
    parsed = parse_bill_table(table)
    assert parsed.types == types
    assert parsed.note(types - 1) is None


@pytest.mark.parametrize("wide", [False, True])
def test_a_coupon_that_reaches_escrow_is_refused_politely(wide: bool) -> None:
    """Escrow cannot be switched off for coupons; some devices draw them in without being asked."""
    bench = Bench(replace(CCNET, make_machine=wide_machine) if wide else CCNET)
    bench.start()
    bench.body.enabled |= {COUPON}
    bench.body.escrowed |= {COUPON}
    assert bench.machine.insert(COUPON, bench.rig.now)
    bench.rig.run(6)
    (rejected,) = bench.told(Rejected)
    assert isinstance(rejected, Rejected)
    assert rejected.reason is RejectReason.COUPON
    assert bench.returned() == [0]
    assert works_again(bench) == []
    assert broken(bench) == []
