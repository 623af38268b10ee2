"""Pays providers for payments that were taken, once each, and tells what became of it.

The protocol (`codes`, `profile`, `requests`, `answers`, `verdicts`) and the life of a payout
(`payout_states`, `schedule`) are pure; `client` speaks HTTP, `payout_store` remembers, `worker` joins
them. Nothing here may decide from a failed exchange that a provider was not paid.
"""
