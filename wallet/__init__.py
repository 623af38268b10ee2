"""The wallet backend: takes payments from terminals, keeps the ledger, answers how payments stand.

It talks to terminals through `terminal_api` and knows nothing else of the project.
"""
