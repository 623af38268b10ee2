"""The payment terminal: session, terminal actor, fees, receipts and the command line."""
