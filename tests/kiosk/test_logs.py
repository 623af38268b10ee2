"""Logs: one JSON object a line, and nothing in it that belongs to a customer."""

import io
import json

import pytest
import structlog

from kiosk.logs import PatientStream, set_up_logs


@pytest.fixture
def log(tmp_path):
    """Logs to a file; gives what was written. Everything is as before afterwards."""
    path = tmp_path / "terminal.log"

    def set_up(level="INFO", max_bytes=1_000_000):
        set_up_logs(level=level, path=path, max_bytes=max_bytes, keep=2)
        return structlog.get_logger("test")

    def lines():
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    yield set_up, lines
    factory = structlog.get_config()["logger_factory"]
    structlog.reset_defaults()
    factory._file.close()


def test_a_line_is_one_json_object_with_level_and_utc_time(log):
    set_up, lines = log
    set_up().info("payment_formed", payment=7)
    (line,) = lines()
    assert (line["event"], line["level"], line["payment"]) == ("payment_formed", "info", 7)
    assert line["timestamp"].endswith("Z")


def test_russian_text_stays_readable(log, tmp_path):
    set_up, _ = log
    set_up().info("slip", provider="МТС")
    assert "МТС" in (tmp_path / "terminal.log").read_text("utf-8")


@pytest.mark.parametrize("key", ["account", "phone", "pin", "password", "secret", "key", "fields"])
def test_keys_of_a_customer_are_blanked(log, key):
    set_up, lines = log
    set_up().info("oops", **{key: "9161234567"})
    assert lines()[0][key] == "***"


def test_a_traceback_shows_no_values(log):
    set_up, lines = log
    logger = set_up()

    def crash(account):
        raise RuntimeError("a bug")

    try:
        crash("9161234567")
    except RuntimeError:
        logger.exception("terminal_crashed")
    (line,) = lines()
    assert line["exception"][0]["exc_type"] == "RuntimeError"
    assert line["exception"][0]["frames"][-1]["name"] == "crash"
    assert "9161234567" not in json.dumps(line)


def test_lower_levels_are_left_out(log):
    set_up, lines = log
    logger = set_up("WARNING")
    logger.info("nothing")
    logger.warning("something")
    assert [line["event"] for line in lines()] == ["something"]


def test_a_log_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(OSError, match="missing"):
        set_up_logs(
            level="INFO", path=tmp_path / "missing" / "terminal.log", max_bytes=1000, keep=2
        )


def test_the_log_is_bounded_and_its_lines_stay_whole(log, tmp_path):
    set_up, lines = log
    logger = set_up(max_bytes=2000)
    for number in range(200):
        logger.info("line", number=number)
    files = sorted(tmp_path.glob("terminal.log*"))
    assert [one.name for one in files] == ["terminal.log", "terminal.log.1", "terminal.log.2"]
    assert all(one.stat().st_size <= 2000 for one in files)
    written = [line for one in files for line in one.read_text("utf-8").splitlines()]
    numbers = [json.loads(line)["number"] for line in written]
    assert sorted(numbers) == list(range(200 - len(numbers), 200))
    assert lines()[-1]["number"] == 199


def test_a_log_that_cannot_be_put_aside_loses_lines_and_stops_nobody(log, tmp_path):
    set_up, lines = log
    logger = set_up(max_bytes=500)
    (tmp_path / "terminal.log.1").mkdir()
    (tmp_path / "terminal.log.1" / "in the way").touch()
    for number in range(20):
        logger.info("line", number=number)
    assert lines()


class FullDisk(io.StringIO):
    """A stream that takes nothing any more."""

    def write(self, text):
        raise OSError(28, "No space left on device")


def test_a_log_that_the_disk_refuses_stops_nobody():
    stream = PatientStream(FullDisk())
    print("a line", file=stream, flush=True)
