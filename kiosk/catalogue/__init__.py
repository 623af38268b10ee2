"""Pure rules over the provider catalogue: typing an account, fees, room for more cash, operators.

Nothing here reads a file, knows a device or keeps state; every function answers from its arguments.
"""
