"""The fixtures of this folder."""

from tests.indexing.fixtures import _fresh_live_index, either_database, extractor, make_print, run_in_threads

__all__ = ["_fresh_live_index", "either_database", "extractor", "make_print", "run_in_threads"]
