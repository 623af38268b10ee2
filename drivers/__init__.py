"""Devices: serial transports, banknote acceptors, receipt printers.

Drivers turn wires into typed events and typed commands into bytes. They never decide about money:
they report what a device says and hold back an acknowledgement until told that it is recorded.
"""
