"""`wallet terminals` as a person or a script meets it."""

import json

from typer.testing import CliRunner

from wallet.cli import app

T = "10000001"


def run(*arguments: str):
    return CliRunner().invoke(app, ["terminals", *arguments])


def test_a_token_is_made_shown_once_and_lets_a_terminal_in(database, enrol) -> None:
    made = run("enrol-token", T, "--database", str(database), "--json")
    told = json.loads(made.stdout)
    assert (made.exit_code, told["terminal_id"]) == (0, T)
    assert told["token"].startswith(f"{T}.")
    assert told["token"].encode() not in database.read_bytes()
    plain = run("enrol-token", T, "--database", str(database)).stdout.strip()
    assert plain.startswith(f"{T}.")
    assert plain != told["token"]


def test_terminals_are_listed_and_shut_out(database, enrol) -> None:
    enrol(database, T)
    listed = json.loads(run("list", "--database", str(database), "--json").stdout)
    assert [(one["terminal_id"], one["ended_at"], one["seen_at"]) for one in listed] == [
        (T, None, None)
    ]
    assert "in force" in run("list", "--database", str(database)).stdout
    assert run("revoke", T, "--database", str(database)).exit_code == 0
    assert run("revoke", T, "--database", str(database)).exit_code == 1
    assert "ended revoked" in run("list", "--database", str(database)).stdout


def test_what_is_no_number_of_a_terminal_is_told(database) -> None:
    result = run("enrol-token", "1", "--database", str(database))
    assert (result.exit_code, "eight digits" in result.stderr) == (2, True)
