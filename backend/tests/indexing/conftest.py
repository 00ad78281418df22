"""The fixtures of this folder."""

from tests.indexing.fixtures import _fresh_live_index, extractor, make_print, run_in_threads, which_database

__all__ = ["_fresh_live_index", "extractor", "make_print", "run_in_threads", "which_database"]
