"""`python -m search_model.extractor.fetch FOLDER`: VGG16's weights for an image, verified; or the reason why not.

The image is made all the same without them: the network that Recto ships is then the default.
"""

import sys
from pathlib import Path

from search_model.extractor.weights import VGG16_NO_TOP, Opener, WeightsError, download, open_url


def fetch(folder: Path, *, opener: Opener = open_url) -> str:
    """Put the weights into the folder; a sentence that says whether they are there now."""
    try:
        weights = download(VGG16_NO_TOP, folder / VGG16_NO_TOP.name, opener=opener)
    except WeightsError as error:
        return f"VGG16's weights are NOT in this image, and it uses the network that Recto ships: {error}"
    return f"VGG16's weights are in this image, {weights.source}, sha256 {weights.sha256}"


def main() -> None:
    """Fetch, and say what came of it."""
    print(f"extractor: {fetch(Path(sys.argv[1]))}", flush=True)  # noqa: T201 - seen where the image is built


if __name__ == "__main__":
    main()
