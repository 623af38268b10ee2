"""Banknote acceptors: one contract upward, one folder per wire protocol.

Everything above this package imports `drivers.acceptors.contract` and nothing else of it; which
protocol stands behind is wiring.
"""
