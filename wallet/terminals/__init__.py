"""Terminals as the backend knows them: how they became known, whose request it is, how they stand,
and what they shall become. Nothing here knows of money.
"""
