"""What every simulated acceptor is made of, whatever it speaks: paper, metal, a line that fails.

Here is the physical truth that the terminal's books are compared with. The device half of a protocol
puts words around a `Mechanism`; nothing here may depend on what a host believes, and the running
terminal must never import it.
"""
