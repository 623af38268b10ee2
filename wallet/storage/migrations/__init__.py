"""The revisions of the backend's tables; see `wallet.storage.migrate`."""
