"""The words of a manifest, which carries all its languages at once. Pure."""

Words = dict[str, list[str]]


def _in(en: str, de: str, fr: str, it: str) -> Words:
    return {"en": [en], "de": [de], "fr": [fr], "it": [it]}


# The English ones are those that Recto's own import of manifests reads back into its fields.
INVENTORY_NUMBER = _in("Inventory number", "Inventarnummer", "Numéro d’inventaire", "Numero d’inventario")
PEOPLE = _in("People", "Beteiligte", "Personnes", "Persone")
DATE = _in("Date", "Datierung", "Date", "Datazione")
CLASSIFICATION = _in("Classification", "Gattung", "Classification", "Classificazione")
TECHNIQUE = _in("Technique", "Technik", "Technique", "Tecnica")
INSTITUTION = _in("Institution", "Institution", "Institution", "Istituzione")
COLLECTION = _in("Collection", "Sammlung", "Collection", "Collezione")
RECORD = _in("Record number", "Datensatz", "Notice", "Scheda")
LICENCE = _in("Licence", "Lizenz", "Licence", "Licenza")
RELATIONS = _in("Relations", "Beziehungen", "Relations", "Relazioni")
ATTRIBUTION = _in("Attribution", "Nachweis", "Mention obligatoire", "Attribuzione")
SOURCE_PAGE = _in(
    "Record in the catalogue", "Datensatz im Katalog", "Notice dans le catalogue", "Scheda nel catalogo"
)
OWN_PAGE = _in("The print in Recto", "Der Druck in Recto", "L’estampe dans Recto", "La stampa in Recto")
UNTITLED = _in("Untitled", "Ohne Titel", "Sans titre", "Senza titolo")


def picture(number: int) -> Words:
    return _in(f"Picture {number}", f"Bild {number}", f"Image {number}", f"Immagine {number}")


def as_written(*texts: str) -> Words:
    """Texts of the catalogue, in whatever language it is."""
    return {"none": list(texts)}
