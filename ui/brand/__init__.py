"""The operator's brand: name, logo, colours and slides from a file, checked before they are shown.

What does not read well or cannot be drawn is refused whole, and the house's own look is used.
"""

from ui.brand.brand import BUILT_IN, Brand, Slide
from ui.brand.brand_file import BrandError, load_brand
from ui.brand.start import brand_at_start

__all__ = ["BUILT_IN", "Brand", "BrandError", "Slide", "brand_at_start", "load_brand"]
