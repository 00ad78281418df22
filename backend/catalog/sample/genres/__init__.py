"""One module for each genre of print; each offers `GENRE`."""

from catalog.sample.genres import landscapes

GENRES = (landscapes.GENRE,)
