"""The years that can be asked for and written. One beyond is a slip of the hand."""

EARLIEST_YEAR, LATEST_YEAR = -5000, 3000
