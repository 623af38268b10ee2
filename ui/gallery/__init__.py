"""Sample snapshots of every screen and state, and the pictures made of them for people to look at.

Only for tests and for looking; a terminal in the street never imports it.
"""
