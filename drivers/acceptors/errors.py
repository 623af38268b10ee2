"""What can go wrong between a banknote acceptor and its driver, told apart by whose fault it is.

These errors stay inside the drivers: the terminal above sees numbered faults, never an exception.
"""


class AcceptorError(Exception):
    """Anything that an acceptor driver raises."""


class LocalProtocolError(AcceptorError):
    """Our side asked for something that the protocol cannot carry: a bug of ours."""


class RemoteProtocolError(AcceptorError):
    """The other side sent what the protocol does not allow: their bytes, or a bad line."""
