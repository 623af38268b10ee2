"""The double-entry ledger: accounts, transactions, the proof of the books."""
