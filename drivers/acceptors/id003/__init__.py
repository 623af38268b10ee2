"""ID-003, the serial protocol of JCM banknote validators (UBA, iVIZION, EBA, WBA and the like).

Written after the facts sheet id003, whose sources are measurements and open drivers; the vendor's
own document was not available. Left out: recyclers, tickets, encryption, interrupt mode (its ENQ is
tolerated, the host polls). The device half lives beside the host half for tests and simulation; the
running terminal never imports it, so this package imports neither by itself.
"""
