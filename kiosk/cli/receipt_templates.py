"""`kiosk receipt pack` and `install`: bundles of templates, signed, and taken into use.

The private key is read for packing alone, on the computer of whoever writes templates; a terminal
knows only the public one (`[receipt] template_key`). What reads bundles is loaded by the
command that needs it: every other command starts without.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from config.settings import load_settings
from kiosk.cli.failures import fail, told_plainly
from kiosk.exit_codes import ExitCode
from kiosk.receipts.errors import BundleError
from kiosk.receipts.templates.library import TemplateSet

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )


def pack_bundle(
    folder: Annotated[Path, typer.Argument(help="A folder of files KIND.slip.")],
    name: Annotated[str, typer.Option("--id", help="What the bundle is called, for ever.")],
    version: Annotated[int, typer.Option(help="Higher than the one in use.")],
    key: Annotated[Path, typer.Option(help="Private Ed25519 key (PEM, not encrypted).")],
    out: Annotated[Path, typer.Option(help="The bundle.")],
) -> None:
    """Check the templates of a folder on the samples of every kind, and sign them as a bundle."""
    from kiosk.receipts.templates.bundle import check, pack
    from kiosk.receipts.templates.folder import read_folder

    with told_plainly():
        private = _private_key(key)
        bundle = read_folder(folder, bundle_id=name, version=version)
        check(bundle)
        out.write_bytes(pack(bundle, private))
        typer.echo(f"{out}: {len(bundle.templates)} templates, {name} {version}")
        typer.echo(f"template_key = {private.public_key().public_bytes_raw().hex()!r}")


def install_bundle(
    bundle: Annotated[Path, typer.Argument(help="A signed bundle.")],
    config: Annotated[Path, typer.Option(help="The terminal's settings file (TOML).")],
) -> None:
    """Take a bundle into use on this terminal, from its next start; the built-in templates and the
    bundle before stay at hand.
    """
    from kiosk.receipts.templates.bundle_store import BundleStore

    with told_plainly():
        wanted = load_settings(config).receipt
        if wanted.template_folder is None:
            fail(f"{config}: receipt.template_folder is not set", ExitCode.BAD_INPUT)
            return
        store = BundleStore(folder=wanted.template_folder, key=public_key(wanted.template_key))
        done = store.install(bundle.read_bytes())
        typer.echo(f"{done.id} {done.version}: in use from the next start")


def templates_to_try(source: Path, key: str) -> TemplateSet:
    """The templates of a folder, or of a bundle that is signed by `key` (hex).

    Raises:
        BundleError: they cannot be used.
        OSError: they cannot be read.
    """
    from kiosk.receipts.templates.bundle import unpack
    from kiosk.receipts.templates.folder import read_folder

    if source.is_dir():
        return read_folder(source, bundle_id="unsigned", version=1).templates_set
    if not key:
        raise BundleError("to try a bundle, give the key that signed it: --key HEX")
    return unpack(source.read_bytes(), public_key(key)).templates_set


def public_key(text: str) -> "Ed25519PublicKey":
    """The key in these 64 hexadecimal digits; raises BundleError."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))
    except ValueError:
        raise BundleError("an Ed25519 public key has 64 hexadecimal digits") from None


def _private_key(path: Path) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise BundleError(f"{path}: no private key in PEM without a password: {error}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise BundleError(f"{path}: not an Ed25519 key")
    return key
