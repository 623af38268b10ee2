"""Tells the backend how the terminal stands and what happened to it; decides nothing about money."""
