"""Ratings of others on the scale `truth`: by their labels and numbers, and by which rule.

What is not known stays without a rating: a label is looked up and never interpreted.
"""

from service.interop.ratings.normalising import Normal, normalised

__all__ = ["Normal", "normalised"]
