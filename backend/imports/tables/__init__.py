"""A table file as curators bring it -> rows of text, one at a time, with what was wrong with each.

`opening.open_table` is the way in. Pure of Django; files are read as a stream and never held as a whole.
"""
