"""The program: fact-check records that remember every revision."""
