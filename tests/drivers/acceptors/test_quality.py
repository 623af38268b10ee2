"""Each driver says of itself how far it is, rule by rule, and leaves none out."""

import tomllib
from importlib.resources import files

import pytest

from drivers.acceptors.open_acceptor import AcceptorProtocol

RULES = {
    "bronze": {"vectors", "states_as_tables", "simulator", "contract_suite", "fault_numbers"},
    "silver": {
        "acknowledged_after_the_record",
        "money_under_faults",
        "memory_between_lives",
        "denominations_of_the_device",
        "echo_and_noise",
    },
    "gold": {
        "technician_texts",
        "device_counter",
        "security",
        "orientation",
        "coupons",
        "probe",
        "wire_trace",
        "statistics",
    },
    "platinum": {"fuzzed", "proof", "enable_is_read_back", "real_device"},
}


@pytest.mark.parametrize("protocol", AcceptorProtocol)
def test_every_rule_is_answered_with_its_proof_or_its_reason(protocol: str) -> None:
    file = files("drivers.acceptors").joinpath(protocol, "quality.toml")
    scale = tomllib.loads(file.read_text(encoding="utf-8"))
    assert {tier: set(rules) for tier, rules in scale.items()} == RULES
    for rules in scale.values():
        for name, rule in rules.items():
            match rule["is"]:
                case "done":
                    assert rule["shown"], name
                case "todo" | "exempt":
                    assert rule["why"], name
                case other:
                    pytest.fail(f"{name}: {other}")
