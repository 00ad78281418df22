"""The words for what people did for a print, German, English, French and Italian. Pure.

Only needed where a cell has no life dates to show where the name ends; any other word is a role after them.
"""

_WORDS = """
aquafortiste architect architecte architekt architektin architetto artist artista artiste auftraggeber
auftraggeberin auteur author autor autore autorin bildhauer bildhauerin blockcutter cartographer collector
copyist dargestellt dargestellte dargestellter dedicatee designer dessinateur disegnatore draftsman
draughtsman draughtsperson drucker druckerin editor editore engraver entwerfer entwurf erfinder etcher
formschneider formschneiderin fotograf fotografin fotografo graveur graveurin graveuse herausgeber
herausgeberin holzschneider holzschneiderin holzstecher illustrateur illustrator illustratore
illustratorin imprimeur incisore inventer inventor kartograf kartografin kartograph kopist kopistin
kupferstecher kupferstecherin künstler künstlerin lithograf lithografin lithograph lithographe
lithographer litografo maler malerin mezzotinter monogrammist painter patron peintre photograph
photographe photographer pittore printer provenienz publisher radierer radiererin sammler sammlerin
schabkünstler schreiber schreiberin scribe sculpteur sculptor sitter stampatore stecher stecherin
stempelschneider verfasser verfasserin verleger verlegerin vorbesitzer widmungsempfänger
widmungsempfängerin woodcutter woodcutterin xylografin xylograph xylographer zeichner zeichnerin éditeur
"""
_ROLES = frozenset(_WORDS.split()) | {"block cutter", "print maker", "wood engraver", "book designer"}

# "Stecher zugeschrieben", "engraver (attributed)", "nach Entwurf von": what bends a role is part of it.
_BENDING = frozenset(
    (
        "zugeschrieben",
        "attributed",
        "to",
        "after",
        "nach",
        "von",
        "der",
        "des",
        "the",
        "(attributed)",
        "wohl",
        "vermutlich",
        "possibly",
        "mutmasslich",
    )
)


def is_role(text: str) -> bool:
    """True when `text` is a role: a known word, or known words with such that bend them."""
    plain = text.casefold().strip()
    words = plain.replace("/", " ").replace("-", " ").split()
    return plain in _ROLES or (
        any(word in _ROLES for word in words) and all(word in _ROLES | _BENDING for word in words)
    )
