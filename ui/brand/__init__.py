"""The operator's brand: name, logo, colours and slides from a file, checked before they are shown.

What does not read well or cannot be drawn is refused whole, and the house's own look is used. How a
file is read stands in `brand_file` and `start`, which a terminal without a brand never loads before
its first frame.
"""

from ui.brand.brand import BUILT_IN, Brand, Slide

__all__ = ["BUILT_IN", "Brand", "Slide"]
