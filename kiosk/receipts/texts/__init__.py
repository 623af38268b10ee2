"""Words that are printed on slips, one TOML file a language. Data only: no code belongs here."""
