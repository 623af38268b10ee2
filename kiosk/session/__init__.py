"""The customer's session as a pure machine: state and event in; state, records and commands out."""
