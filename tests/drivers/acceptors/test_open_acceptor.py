"""The choice of a driver by the protocol's name."""

from pathlib import Path

import pytest

from config.sections import AcceptorSettings
from drivers.acceptors.open_acceptor import AcceptorProtocol, open_acceptor
from drivers.acceptors.options import AcceptorOptions, Orientation


@pytest.mark.parametrize("protocol", AcceptorProtocol)
def test_every_protocol_opens(protocol: AcceptorProtocol, tmp_path: Path) -> None:
    options = AcceptorOptions(
        boot="boot",
        port=str(tmp_path / "line"),
        baud=9600,
        currency="RUB",
        memory=tmp_path / "kept",
    )
    acceptor = open_acceptor(protocol, options, lambda _: None)
    acceptor.stop_thread()


def test_the_settings_know_the_same_protocols_and_orientations() -> None:
    fields = AcceptorSettings.model_json_schema()["properties"]
    known = fields["protocol"].get("enum", [fields["protocol"].get("const")])
    assert known == list(AcceptorProtocol)
    assert fields["orientations"]["items"]["enum"] == list(Orientation)
