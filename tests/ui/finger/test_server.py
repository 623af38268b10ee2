"""The finger over a socket: JSON lines in, one answer line each, executed on the real window."""

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QLocalSocket

from ui.finger import FingerServer
from ui.gallery.samples import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Stage


class Client:
    def __init__(self, path: "Path", qtbot: "QtBot") -> None:
        self._qtbot = qtbot
        self.socket = QLocalSocket()
        self.socket.connectToServer(str(path))
        assert self.socket.waitForConnected(2000)

    def send(self, line: str) -> None:
        self.socket.write((line + "\n").encode())
        self.socket.flush()

    def receive(self) -> dict[str, object]:
        self._qtbot.waitUntil(self.socket.canReadLine, timeout=5000)
        return json.loads(bytes(self.socket.readLine().data()))

    def ask(self, **request: object) -> dict[str, object]:
        self.send(json.dumps(request))
        return self.receive()


@pytest.fixture
def client(stage: "Stage", tmp_path: "Path", qtbot: "QtBot") -> "Iterator[Client]":
    path = tmp_path / "finger"
    server = FingerServer(stage.finger, path)
    client = Client(path, qtbot)
    yield client
    client.socket.disconnectFromServer()
    server.close()


def test_a_scenario_runs_over_the_socket(client: Client, stage: "Stage", tmp_path: "Path") -> None:
    stage.show(SAMPLES["entry"])
    assert client.ask(do="screen") == {"ok": True, "screen": "entry", "settled": True}
    assert client.ask(do="type", text="67") == {"ok": True}
    assert client.ask(do="touch", target="erase") == {"ok": True}
    assert [touch.value for touch in stage.touches] == ["6", "7", ""]
    assert client.ask(do="text_of", target="entry:value")["ok"]
    assert client.ask(do="exists", target="pay") == {"ok": True, "exists": False}
    texts = client.ask(do="texts")["texts"]
    assert "Осталось 2 цифры" in texts
    picture = tmp_path / "entry.png"
    assert client.ask(do="screenshot", path=str(picture)) == {"ok": True}
    assert picture.stat().st_size > 10_000


def test_waiting_for_a_screen_answers_when_it_is_there(client: Client, stage: "Stage") -> None:
    stage.show(SAMPLES["home"])
    client.send('{"do": "wait_screen", "screen": "money", "timeout_s": 5}')
    QTimer.singleShot(100, lambda: stage.kiosk.publish(SAMPLES["money"]))
    assert client.receive() == {"ok": True}
    assert client.ask(do="wait_text", text="Оплатить", timeout_s=1) == {"ok": True}


def test_what_cannot_be_done_is_said_in_words(client: Client, stage: "Stage") -> None:
    stage.show(SAMPLES["entry"])
    answers = [
        client.ask(do="touch", target="pay"),
        client.ask(do="touch", target="forward"),
        client.ask(do="wait_screen", screen="money", timeout_s=0.05),
    ]
    assert [answer["ok"] for answer in answers] == [False, False, False]
    assert "nothing of this name on screen entry" in str(answers[0]["error"])
    assert "switched off" in str(answers[1]["error"])
    assert "shown is entry" in str(answers[2]["error"])


def test_nonsense_is_answered_and_the_server_lives_on(client: Client, stage: "Stage") -> None:
    stage.show(SAMPLES["home"])
    for line in ("{", '{"do": "dance"}', "[]", '{"do": "touch"}'):
        client.send(line)
        assert client.receive()["ok"] is False
    assert client.ask(do="screen")["ok"] is True
