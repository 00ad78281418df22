"""Writes to the catalogue."""

from collections.abc import Collection as Ids


def refresh_search_text(*, print_ids: Ids[int] | None = None) -> int:
    """Write what the text search reads, for these prints or for all. Returns how many rows changed."""
    raise NotImplementedError
