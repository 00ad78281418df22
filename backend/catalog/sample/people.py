"""The sample collection's artists, publishers and institutions. All are invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """`signature` is how the name stands on a plate."""

    name: str
    born: int
    died: int
    signature: str

    def with_roles(self, *roles: str) -> str:
        """As a cell of the catalogue: name, life dates, roles."""
        return ", ".join([f"{self.name} ({self.born} - {self.died})", *roles])


HARTLAUB = Person("Hartlaub, Sebald", 1489, 1547, "SH")
OETTINGER = Person("Öttinger, Marx", 1502, 1559, "M. Öttinger")
WAECKERLIN = Person("Wäckerlin, Jost", 1545, 1603, "I. Wäckerlin")
LEEUWE = Person("van der Leeuwe, Pieter", 1598, 1662, "P. v. Leeuwe")
MUETZLER = Person("Mützler, Johann Conrad", 1611, 1673, "J. C. Mützler")
KOLB = Person("Kolb, Hans Georg", 1634, 1691, "H. G. Kolb")
CERVELLI = Person("Cervelli, Giovanni Antonio", 1651, 1729, "G. A. Cervelli")
SAUVAGNE = Person("de Sauvagne, Étienne", 1686, 1751, "E. de Sauvagne")
BRUEGGLI = Person("Brüggli, Anna Barbara", 1702, 1768, "A. B. Brüggli")
ZEHNDLER = Person("Zehndler, Niklaus", 1720, 1790, "N. Zehndler")
ASHDOWNE = Person("Ashdowne, Thomas", 1741, 1809, "T. Ashdowne")
PEMBERLEY = Person("Pemberley, Mary", 1761, 1822, "M. Pemberley")
FROEHLI = Person("Fröhli, Samuel", 1756, 1819, "S. Fröhli")
MOREAU = Person("Moreau-Thibault, Célestine", 1784, 1851, "C. Moreau-Thibault")
GUENTHARDT = Person("Günthardt, Rosa", 1868, 1939, "R. Günthardt")
VOGELSANGER = Person("Vogelsanger, Émile", 1866, 1931, "EV")
LINDGREN = Person("Lindgrenius, Åsa", 1879, 1950, "ÅL")
AMSTEIN = Person("Amsteiner, Jürg", 1901, 1977, "J. Amsteiner")

DREXLER = Person("Offizin Drexler", 1530, 1611, "apud Drexlerum")
FUESSLIN = Person("Füesslin, Caspar", 1655, 1731, "C. Füesslin exc.")
WALDMEYER = Person("Waldmeyer, Dorothea", 1730, 1799, "chez la Veuve Waldmeyer")

INSTITUTIONS = (
    "Graphische Sammlung Birsau [Demonstration] (CH-DEMO01-1)",
    "Kupferstichkabinett Tannegg [Demonstration] (DE-DEMO02-2)",
    "Stadtbibliothek Seewyl [Demonstration] (CH-DEMO03-3)",
    "Museum für Gestaltung Lindenau [Demonstration] (AT-DEMO04-4)",
    "Ashdowne Print Room [demonstration] (GB-DEMO05-5)",
)
