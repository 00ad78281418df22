"""One module for each genre of print; each offers `GENRE`."""

from catalog.sample.genres import botany, landscapes, maps, plans, ships, woodcuts

GENRES = (landscapes.GENRE, woodcuts.GENRE, maps.GENRE, botany.GENRE, ships.GENRE, plans.GENRE)
