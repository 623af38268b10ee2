"""Devices that say what a test puts into their mouth, one module for each protocol."""
