"""Google's Fact Check Tools API (v1alpha1): records as it words them, and the way back.

Nothing here answers HTTP; the names of fields are those of Google's discovery document.
"""
