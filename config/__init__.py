"""Settings schema with its defaults, and the provider catalogue with the rules of its notation.

Nothing here may import another room of the house, open a device or look at the clock.
"""
