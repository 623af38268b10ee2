"""The backend over HTTP: the app, its routes, what it refuses, what it logs and counts.

Whose request it is decides `wallet.terminals`; this room joins it to the books and must hold no rule
about money.
"""
