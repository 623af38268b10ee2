"""A banknote acceptor without metal: device halves on pseudo-terminals and under simulated time."""
