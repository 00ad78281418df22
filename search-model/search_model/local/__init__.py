"""Local features, descriptors of small patches: the index they vote in, and geometric verification."""
