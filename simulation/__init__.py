"""The world outside: banknotes, customers, devices, power and network, with faults on order."""
