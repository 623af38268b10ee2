"""`scripts/fuzz`: looks for bytes that break a target, guided by coverage (atheris).

Exit code 0 when the time is up and nothing broke; else the bytes that break it are left in a file.
"""

import argparse
import importlib
import sys
from pathlib import Path
from typing import Final

LONGEST_INPUT: Final = 2048
NAMES: Final = ("answers", "ccnet", "decoders", "explainers", "id003", "ssp")


def main() -> int:
    """Fuzz one target."""
    options = _options()
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        sys.stderr.write("the fuzzer atheris is not installed; scripts/fuzz installs it\n")
        return 2
    with atheris.instrument_imports(include=["drivers"]):
        targets = importlib.import_module("simulation.fuzz.targets")
    corpus = options.out / f"{options.target}-corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, frame in enumerate(targets.FRAMES):
        (corpus / f"frame-{number}").write_bytes(targets.as_piece(frame) * 3)
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={options.seconds}",
            f"-max_len={LONGEST_INPUT}",
            f"-seed={options.seed}",
            f"-artifact_prefix={options.out}/{options.target}-",
            "-rss_limit_mb=2048",
            "-timeout=10",
            str(corpus),
        ],
        targets.TARGETS[options.target],
    )
    atheris.Fuzz()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    parser.add_argument("target", choices=NAMES, help="what to fuzz")
    parser.add_argument("--seconds", type=int, default=60, help="how long")
    parser.add_argument("--seed", type=int, default=1, help="of the fuzzer's choices; 0 for chance")
    parser.add_argument("--out", type=Path, default=Path("fuzz-out"), help="for bytes that break")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
