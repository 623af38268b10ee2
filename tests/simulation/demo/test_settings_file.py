"""The settings file that the stand writes is one that the product reads."""

from config.settings import load_settings
from simulation.demo.settings_file import demo_settings, write_toml


def test_the_written_file_is_read_as_meant(tmp_path):
    path = tmp_path / "terminal.toml"
    settings = demo_settings(
        acceptor_port=tmp_path / 'a "quoted" port',
        printer_port=tmp_path / "p",
        backend_url="http://127.0.0.1:1234",
        journal=tmp_path / "journal.db",
        changes={"session": {"money_idle_s": 4}, "terminal": {"name": "Проба"}},
    )
    write_toml(path, settings)
    read = load_settings(path)
    assert read.acceptor.port == str(tmp_path / 'a "quoted" port')
    assert read.journal.path == tmp_path / "journal.db"
    assert read.session.money_idle_s == 4
    assert read.terminal.name == "Проба"
    assert read.terminal.demo
