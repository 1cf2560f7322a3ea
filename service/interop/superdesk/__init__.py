"""Superdesk: whether a push is from it, and what a news item leads to here.

What the members of an item mean belongs to `service.interop.ninjs`.
"""
