"""Sample data of each kind of slip, for trying templates. Data only: no code belongs here."""
