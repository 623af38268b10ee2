"""A process that is a CCNET validator on a pseudo-terminal, with a mechanism that loses no time.

Prints the name of its line and takes commands as `kiosk acceptor simulate` does.
"""

import sys
from pathlib import Path

from drivers.acceptors.device_half.phases import MechanismTiming
from simulation.acceptor import AcceptorSimulator
from simulation.acceptor.protocols import Build, ProtocolName, kit_of

QUICK = MechanismTiming(initialise_s=0.05, accepting_s=0.01, stacking_s=0.01)


def main() -> None:
    """Run until the parent process ends it."""
    machine = kit_of(ProtocolName.CCNET).make_machine(Build(timing=QUICK))
    simulator = AcceptorSimulator(machine, control=Path(sys.argv[1]))
    sys.stdout.write(f"{simulator.path}\n")
    sys.stdout.flush()
    simulator.run()


if __name__ == "__main__":
    main()
