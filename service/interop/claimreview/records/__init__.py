"""Records: one item as a claim, a verdict and sources, each sound and with an id that follows.

What several items share, and what is there already, belongs to importing.
"""
