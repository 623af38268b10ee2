"""Fetches what the backend wants this terminal to have, and hands it on; decides nothing about it."""
