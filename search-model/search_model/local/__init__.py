"""Local features: which print is this? Descriptors of small patches, the index they vote in, and geometric verification."""
