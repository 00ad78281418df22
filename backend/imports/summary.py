"""What a loading did, in numbers and sentences. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields

from imports.issues import Issue


@dataclass(frozen=True)
class Counts:
    """Prints and pictures of one loading. `images_missing` are in the catalogue and no longer on disk."""

    prints_created: int = 0
    prints_changed: int = 0
    prints_unchanged: int = 0
    prints_removed: int = 0
    images_added: int = 0
    images_replaced: int = 0
    images_moved: int = 0
    images_unchanged: int = 0
    images_removed: int = 0
    images_missing: int = 0
    prints_without_metadata: int = 0
    examples: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(self)))

    @property
    def nonzero(self) -> dict[str, int]:
        """What there is to tell."""
        return {name: number for name, number in asdict(self).items() if number}

    @property
    def changed_anything(self) -> bool:
        """False when the catalogue is as it was."""
        doing = {"created", "changed", "removed", "added", "replaced", "moved"}
        return any(getattr(self, item.name) for item in fields(self) if item.name.partition("_")[2] in doing)


@dataclass(frozen=True)
class LoadSummary:
    """What one loading did, left out and doubted. `job_id` is the job that makes the features."""

    collection: str
    run_id: int
    job_id: int
    seconds: float
    counts: Counts
    issues: Sequence[Issue] = field(default_factory=tuple)

    @property
    def left_out(self) -> dict[str, int]:
        """How many rows and files are not in the catalogue, by the code of the reason."""
        return dict(Counter(issue.code for issue in self.issues if issue.left_out))

    @property
    def noted(self) -> dict[str, int]:
        """How many other findings there are, by code: the row or file is loaded, but not all of it."""
        return dict(Counter(issue.code for issue in self.issues if not issue.left_out))

    def lines(self, *, shown: int = 5) -> list[str]:
        """The summary for people, with up to `shown` examples of each reason."""
        counts = self.counts
        undescribed = counts.prints_without_metadata
        lines = [
            f"{self.collection}: loaded in {self.seconds:.1f} s (run {self.run_id})",
            f"  prints: {counts.prints_created} created, {counts.prints_changed} changed, "
            f"{counts.prints_unchanged} unchanged, {counts.prints_removed} removed",
            f"  images: {counts.images_added} added, {counts.images_replaced} replaced, "
            f"{counts.images_moved} moved, {counts.images_unchanged} unchanged, "
            f"{counts.images_removed} removed",
        ]
        lines += [f"  {undescribed} of the new prints have no metadata"] if undescribed else []
        lines += [f"  examples: {counts.examples}"] if counts.examples else []
        lines.append(f"  left out: {sum(self.left_out.values())}")
        lines += self._reasons(self.left_out, shown=shown, left_out=True)
        lines += [f"  noted: {sum(self.noted.values())}"] if self.noted else []
        return lines + self._reasons(self.noted, shown=shown, left_out=False)

    def _reasons(self, codes: dict[str, int], *, shown: int, left_out: bool) -> list[str]:
        lines = []
        for code, number in codes.items():
            lines.append(f"    {number} × {code}")
            alike = [one for one in self.issues if one.code == code and one.left_out == left_out]
            lines += [f"      {sentence(one)}" for one in alike[:shown]]
            lines += [f"      … and {number - shown} more"] if number > shown else []
        return lines


def sentence(issue: Issue) -> str:
    """One issue in one line: the place, the value where there is one, and the reason."""
    place = issue.source.file + (f", row {issue.source.row}" if issue.source.row else "")
    cell = f" {issue.column} {issue.value!r}" if issue.column and issue.value else ""
    return f"{place}{cell}: {issue.reason}"
