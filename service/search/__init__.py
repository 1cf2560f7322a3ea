"""Finding: has this been checked before, and what is said where."""
