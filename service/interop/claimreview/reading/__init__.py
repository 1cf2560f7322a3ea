"""Reading: from a file to the items in it, and to the members of an item; what is found is noted.

What the members say of a claim or a verdict, and what is made of it, belongs to others.
"""
