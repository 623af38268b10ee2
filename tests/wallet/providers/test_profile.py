"""Profiles are checked whole before anything is sent."""

from pathlib import Path

import pytest

from wallet.providers.client import profiles_to_pay_by
from wallet.providers.profile import ProfilesError, load_profiles


def _load(tmp_path: Path, text: str) -> object:
    file = tmp_path / "providers.toml"
    file.write_text(text, encoding="utf-8")
    return load_profiles(file)


def test_an_address_is_enough(tmp_path: Path) -> None:
    profiles = _load(tmp_path, '[providers.mobile]\nurl = "https://pay.example/osmp"\n')
    assert list(profiles) == ["mobile"]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('url = "http://pay.example/"', "loopback only"),
        ('url = "https://u:p@pay.example/"', "no password in the address"),
        ('url = "https://pay.example/?a=1"', "no query"),
        ('url = "ftp://pay.example/"', "not an https"),
        ('url = "https://a.example/"\ntime_zone = "Mars/Base"', "no such time zone"),
        ('url = "https://a.example/"\naccount_pattern = "("', "not a regular expression"),
        ('url = "https://a.example/"\ntimeout_s = 61', "less than or equal to 60"),
        ('url = "https://a.example/"\nfields = { a = "sum" }', "sent twice"),
        ('url = "https://a.example/"\nfields = { a = "x", b = "x" }', "sent twice"),
        ('url = "https://a.example/"\nuser = "u"', "go together"),
        ('url = "https://a.example/"\npassword = "p"', "Extra inputs"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(ProfilesError, match=reason) as caught:
        _load(tmp_path, f"[providers.mobile]\n{line}\n")
    assert "providers.mobile" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProfilesError, match="No such file"):
        load_profiles(tmp_path / "none.toml")


_SECURED = """[providers.mobile]
url = "https://pay.example/osmp"
user = "u"
password_env = "MOBILE_PASSWORD"
"""


def test_nobody_is_paid_by_a_password_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "providers.toml"
    file.write_text(_SECURED, encoding="utf-8")
    wrong = r"providers\.mobile\.password_env: the environment has no MOBILE_PASSWORD"
    with pytest.raises(ProfilesError, match=wrong):
        profiles_to_pay_by(file, {})
    assert list(profiles_to_pay_by(file, {"MOBILE_PASSWORD": "secret"})) == ["mobile"]
    assert list(load_profiles(file)) == ["mobile"], "a registry needs no password"


@pytest.mark.parametrize(("content", "reason"), [(None, "No such file"), ("no certificate", "")])
def test_nobody_is_paid_by_a_certificate_that_is_not_there(
    tmp_path: Path, content: str | None, reason: str
) -> None:
    authority = tmp_path / "ca.pem"
    if content is not None:
        authority.write_text(content)
    file = tmp_path / "providers.toml"
    file.write_text(
        f'[providers.mobile]\nurl = "https://pay.example/"\nca_file = "{authority}"\n',
        encoding="utf-8",
    )
    with pytest.raises(ProfilesError, match=rf"providers\.mobile\.ca_file: .*{reason}"):
        profiles_to_pay_by(file, {})
