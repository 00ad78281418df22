"""The words for what people did for a print, German, English, French and Italian. Pure.

Only needed where a cell has no life dates to show where the name ends; any other word is a role after them.
"""

_ROLES = frozenset(
    """
    künstler künstlerin artist artiste artista zeichner zeichnerin draughtsman draftsman draughtsperson dessinateur
    disegnatore entwerfer entwurf designer inventor inventer erfinder maler malerin painter peintre pittore stecher
    stecherin kupferstecher kupferstecherin engraver graveur graveurin incisore graveuse radierer radiererin etcher
    aquafortiste formschneider formschneiderin holzschneider holzschneiderin holzstecher xylograph xylografin
    xylographer woodcutter woodcutterin blockcutter lithograf lithografin lithograph lithographer lithographe
    litografo drucker druckerin printer imprimeur stampatore verleger verlegerin publisher éditeur editore
    herausgeber herausgeberin editor autor autorin author auteur autore verfasser verfasserin illustrator
    illustratorin illustrateur illustratore photograph fotograf fotografin photographer photographe fotografo
    dargestellter dargestellte dargestellt sitter widmungsempfänger widmungsempfängerin dedicatee auftraggeber
    auftraggeberin patron kopist kopistin copyist schreiber schreiberin scribe kartograf kartografin kartograph
    cartographer architekt architektin architect architecte architetto bildhauer bildhauerin sculptor sculpteur
    schabkünstler mezzotinter monogrammist sammler sammlerin collector stempelschneider vorbesitzer provenienz
    """.split()
) | {
    "block cutter",
    "print maker",
    "printmaker",
    "wood engraver",
    "line engraver",
    "book designer",
    "author of text",
}

# "Stecher zugeschrieben", "engraver (attributed)", "nach Entwurf von": what bends a role is part of it.
_BENDING = frozenset(
    "zugeschrieben attributed to after nach von der des the (attributed) wohl vermutlich possibly mutmasslich".split()
)


def is_role(text: str) -> bool:
    """True when `text` is a role: a known word, or known words with such that bend them."""
    plain = text.casefold().strip()
    words = plain.replace("/", " ").replace("-", " ").split()
    return plain in _ROLES or (
        any(word in _ROLES for word in words) and all(word in _ROLES | _BENDING for word in words)
    )
