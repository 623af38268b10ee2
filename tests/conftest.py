"""What every test shares: no display, the software renderer, and hypothesis without a stopwatch."""

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

settings.register_profile("terminal", deadline=None, derandomize=True)
settings.load_profile("terminal")
