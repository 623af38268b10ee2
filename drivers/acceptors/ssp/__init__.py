"""SSP and eSSP, the serial protocol of Innovative Technology banknote validators (NV9, NV10, NV200
without payout, BV series), protocol versions 3 to 8.

Left out: recyclers, payouts and hoppers, tickets, change of the line's speed, downloads of firmware,
change of the fixed key. The device half lives beside the host half for tests and simulation; the
running terminal never imports it, so this package imports neither by itself.
"""
