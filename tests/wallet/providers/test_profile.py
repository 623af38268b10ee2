"""Profiles are checked whole before anything is sent."""

from pathlib import Path

import pytest

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
