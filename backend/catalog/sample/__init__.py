"""The sample collection: print-like pictures drawn by this code, with an invented catalogue.

It lets a newcomer try Recto before any scan is loaded. Nothing here touches the database.
"""

from catalog.sample.making import make_sample_collection

__all__ = ["make_sample_collection"]
