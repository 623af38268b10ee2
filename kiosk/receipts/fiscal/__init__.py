"""The place of a fiscal registrar beside the slips: what it is told, and what it answers.

A hook and a software fake, no more: no registrar is driven here and no compliance with any law is
claimed. Slips without one say that they are no fiscal document.
"""
