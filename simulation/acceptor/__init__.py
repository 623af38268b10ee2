"""A banknote acceptor without metal: device halves on pseudo-terminals and under simulated time."""

from simulation.acceptor.simulator import AcceptorSimulator, run_acceptor_simulator

__all__ = ["AcceptorSimulator", "run_acceptor_simulator"]
