"""ClaimReview (schema.org): verdicts as others read them, and reviews of others as records."""
