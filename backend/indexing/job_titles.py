"""What a kind of job does, in words. The page has them in its own languages; this is for everybody else."""

TITLES = {
    "extract_features": "Describe new pictures",
    "publish_knn_model": "Publish the index of vectors",
    "publish_local_index": "Publish the index of details",
    "compact_index": "Compact the index",
    "compact_local_index": "Compact the index of details",
    "check_index": "Check the index",
    "change_descriptor": "Prepare another descriptor",
    "find_same_images": "Find pictures of the same image",
    "check_import": "Check a table",
    "apply_import": "Load a table",
    "undo_import": "Undo an import",
    "fetch_images": "Fetch pictures",
    "harvest_iiif": "Read a IIIF manifest",
    "sweep_files": "Delete files that nobody needs",
    "purge_searches": "Delete kept searches whose time is over",
}


def title_of(kind: str) -> str:
    """Of a kind without one, its name."""
    return TITLES.get(kind) or kind.replace("_", " ").capitalize()
