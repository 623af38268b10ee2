"""A disk that loses and tears what was not synced, under the real SQLite and unmodified code."""
