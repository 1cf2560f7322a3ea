"""Writing: our verdicts as ClaimReview, one or all; nothing here knows how that of others is read.

Pages, headers and who may see what belong to routes and site.
"""
