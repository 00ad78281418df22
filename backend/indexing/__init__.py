"""Vectors of the pictures, the log of what became searchable, and the published index."""
