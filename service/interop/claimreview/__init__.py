"""ClaimReview, the markup of fact-checks at schema.org: reviews of others in, our verdicts out.

What comes in is mended as far as it can be understood, and every mend is told. How records are
written, and what the request or the command line was, belongs to others.
"""
