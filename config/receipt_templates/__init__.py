"""Built-in templates of slips, one file a kind. Data only: no code belongs here."""
