"""`python -m wallet` and the `wallet` command."""

from wallet.cli import app


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
