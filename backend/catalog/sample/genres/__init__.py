"""One module for each genre of print; each offers `GENRE`."""

from catalog.sample.genres import (
    architecture,
    astronomy,
    botany,
    emblems,
    geometry,
    landscapes,
    maps,
    nature_studies,
    nocturnes,
    ornaments,
    plans,
    portraits,
    ships,
    titlepages,
    woodcuts,
)

GENRES = (
    landscapes.GENRE,
    woodcuts.GENRE,
    maps.GENRE,
    botany.GENRE,
    emblems.GENRE,
    astronomy.GENRE,
    portraits.GENRE,
    ships.GENRE,
    architecture.GENRE,
    ornaments.GENRE,
    nature_studies.GENRE,
    titlepages.GENRE,
    nocturnes.GENRE,
    geometry.GENRE,
    plans.GENRE,
)
