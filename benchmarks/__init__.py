"""Benchmarks: how much more the product costs than the bare thing below it, never how long it takes.

Each runs the product's own code and a raw baseline in turns, in one run on one machine, so that a
slow disk or a busy neighbour hits both sides; what is told is their ratio. A ratio never fails a
test: `python -m benchmarks --help`.
"""
