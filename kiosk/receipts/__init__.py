"""Receipts: what a slip says, and its three forms: plain text, printer bytes and a picture."""
