"""Which pictures are one of the placeholders in images_to_remove/: the same bytes, or the same picture."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from catalog.images import Pixels, decode, scan_limits
from core.sentences import say
from imports.issues import Issue, Source, make_issue
from imports.looks import DECODED_SIDE, may_be_same, same_picture
from imports.models import CheckedFile
from imports.picture import Picture
from imports.pictures import BATCH
from imports.progress import Progress, tracked

PLACEHOLDER = "placeholder"  # the code of the issue


def find_placeholders(
    pictures: Sequence[Picture], placeholders: Sequence[Picture], *, data_dir: Path, progress: Progress
) -> dict[str, Issue]:
    """The pictures (by path) that are a placeholder, each with the issue that says which and how."""
    if not placeholders:
        return {}
    step = "Comparing with images_to_remove"
    compare = _Comparison(placeholders, data_dir)
    found = {}
    batches = [pictures[start : start + BATCH] for start in range(0, len(pictures), BATCH)]
    for batch in tracked(batches, step, progress):
        looks = _looks_of(batch)
        for picture in batch:
            if issue := compare.issue_for(picture, looks[picture.path]):
                found[picture.path] = issue
    return found


def _looks_of(pictures: Sequence[Picture]) -> dict[str, bytes]:
    rows = CheckedFile.objects.filter(path__in=[picture.path for picture in pictures])
    return {path: bytes(look) for path, look in rows.values_list("path", "look")}


class _Comparison:
    """Compares pictures with the placeholders, of which it keeps the looks and, once needed, the pixels."""

    def __init__(self, placeholders: Sequence[Picture], data_dir: Path) -> None:
        self._data_dir = data_dir
        self._by_sha256 = {one.sha256: one for one in placeholders}
        looks = _looks_of(placeholders)
        self._looks = [(one, looks[one.path]) for one in self._by_sha256.values()]
        self._pixels: dict[str, Pixels] = {}

    def issue_for(self, picture: Picture, look: bytes) -> Issue | None:
        if same := self._by_sha256.get(picture.sha256):
            return _issue(
                picture,
                say("placeholder_file", f"the same file as {same.name} in images_to_remove/", file=same.name),
            )
        pixels: Pixels | None = None
        for placeholder in self._alike(picture, look):
            pixels = self._read(picture) if pixels is None else pixels
            if same_picture(pixels, self._pixels_of(placeholder)):
                reason = f"the same picture as {placeholder.name} in images_to_remove/"
                return _issue(picture, say("placeholder_picture", reason, file=placeholder.name))
        return None

    def _alike(self, picture: Picture, look: bytes) -> Iterator[Picture]:
        shape = picture.width, picture.height
        for placeholder, other in self._looks:
            if may_be_same(look, other, shape=shape, other_shape=(placeholder.width, placeholder.height)):
                yield placeholder

    def _pixels_of(self, placeholder: Picture) -> Pixels:
        if placeholder.path not in self._pixels:
            self._pixels[placeholder.path] = self._read(placeholder)
        return self._pixels[placeholder.path]

    def _read(self, picture: Picture) -> Pixels:
        return decode(self._data_dir / picture.path, limits=scan_limits(), longest_side=DECODED_SIDE)


def _issue(picture: Picture, reason: str) -> Issue:
    return make_issue(Source(picture.path), PLACEHOLDER, reason, left_out=True)
