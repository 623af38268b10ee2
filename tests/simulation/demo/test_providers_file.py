"""The demo's profiles are such as the backend takes."""

from pathlib import Path

from config.catalogue import load_catalogue
from simulation.demo.providers_file import write_profiles
from wallet.providers.profile import load_profiles


def test_every_provider_of_the_catalogue_is_paid_at_the_demo_provider(tmp_path: Path) -> None:
    codes = [one.code for one in load_catalogue().providers]
    file = tmp_path / "providers.toml"
    write_profiles(file, codes, "http://127.0.0.1:9/pay")
    profiles = load_profiles(file)
    assert sorted(profiles) == sorted(codes)
    assert {it.url for it in profiles.values()} == {"http://127.0.0.1:9/pay"}
