"""Which of several deadlines comes first. Times in seconds; None is a deadline that never comes."""


def soonest(*deadlines: float | None) -> float | None:
    """The earliest of them; None when there is none."""
    first: float | None = None
    for at in deadlines:
        if at is not None and (first is None or at < first):
            first = at
    return first
