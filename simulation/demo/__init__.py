"""The demo stand: a whole terminal with simulated devices, a line that can be cut, and a backend,
each in its own process, so that power can really be cut.
"""
