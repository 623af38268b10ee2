"""What terminals sell and print, in versions: catalogue, fee tables, receipt templates.

Published here, named to terminals through their desired state, fetched by them by kind and version.
What a version holds never changes. Whether a terminal can use it the terminal itself decides.
"""
