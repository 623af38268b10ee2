"""CCNET, the serial protocol of CashCode banknote validators (protocol description rev 2.6.0).

Left out: bill-to-bill recyclers, what stands on coupons (they are given back), downloads of
firmware, the layout of statistics (the facts sheet does not know it). The device half lives beside
the host half for tests and simulation; the running terminal never imports it, so this package
imports neither by itself.
"""
