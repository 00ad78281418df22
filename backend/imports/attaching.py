"""Giving pictures to prints: what they have stays, one of the same name and other bytes is replaced."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.history import Author, hold_prints, images_leave, images_written, recorded
from catalog.models import Print, PrintImage
from imports.models import ImportRun
from imports.picture import Picture
from imports.placeholders import PLACEHOLDER

PICTURE_COLUMNS = ("image_file", "image_url")
BYTES = ("path", "name", "sha256", "width", "height", "format")


@dataclass(frozen=True)
class Attached:
    """How many pictures are new, have other bytes, were there already, or were taken away."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0

    def __add__(self, other: "Attached") -> "Attached":
        return Attached(
            self.added + other.added,
            self.replaced + other.replaced,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
        )


def attach_fetched(run: ImportRun, pictures: Mapping[str, Sequence[Picture]]) -> Attached:
    """Give records of a run (by record id) pictures that came after them, as one transaction.

    Records that are gone meanwhile get nothing. It belongs to the run: undoing takes it back, too.
    """
    prints = Print.objects.filter(collection=run.collection, record_id__in=list(pictures))
    hold_prints(prints)
    ids = dict(prints.order_by().values_list("record_id", "pk"))
    with recorded(run.collection, ids.values(), author_of(run)):
        wanted = {ids[record]: some for record, some in pictures.items() if record in ids}
        return attach_pictures(wanted, only_these=replaced_prints(run, ids))


def replaced_prints(run: ImportRun, ids: Mapping[str, int]) -> set[int]:
    """Of prints (ids by record id) those of which a replacing run takes the pictures that it does not name.

    As long as one of its new pictures could not be had, a record keeps its old ones.
    """
    if run.action != ImportRun.Action.REPLACE:
        return set()
    problems = run.issues.filter(record_id__in=list(ids), column__in=PICTURE_COLUMNS, left_out=True)
    not_had = set(problems.exclude(code=PLACEHOLDER).values_list("record_id", flat=True))
    return {pk for record_id, pk in ids.items() if record_id not in not_had}


def author_of(run: ImportRun) -> Author:
    """In whose name the revisions of a run are written."""
    return Author("import", run.pk, run.created_by)


def attach_pictures(
    pictures: Mapping[int, Sequence[Picture]], *, only_these: Collection[int] = ()
) -> Attached:
    """Give prints (by id) their pictures, in the caller's transaction and recording.

    The prints `only_these` lose their other pictures, if they are given at least one.
    """
    given = {pk: some for pk, some in pictures.items() if some}
    stored: dict[int, list[PrintImage]] = defaultdict(list)
    for row in PrintImage.objects.filter(print__in=list(given)).order_by("position", "pk"):
        stored[row.print_id].append(row)
    plan = _Plan()
    for pk, some in given.items():
        _plan_print(plan, pk, some, stored[pk], only_these=pk in only_these)
    return _write(plan)


@dataclass
class _Plan:
    new: list[PrintImage] = field(default_factory=list)
    replaced: list[PrintImage] = field(default_factory=list)
    renamed: list[PrintImage] = field(default_factory=list)
    removed: list[PrintImage] = field(default_factory=list)
    unchanged: int = 0


def _plan_print(
    plan: _Plan, pk: int, pictures: Sequence[Picture], stored: list[PrintImage], *, only_these: bool
) -> None:
    left = list(stored)
    position = max((row.position for row in stored), default=-1)
    taken: set[str] = set()
    for picture in pictures:
        if picture.sha256 in taken:
            continue
        taken.add(picture.sha256)
        row = _counterpart(picture, left)
        if row is None:
            position += 1
            plan.new.append(PrintImage(print_id=pk, position=position, **_bytes_of(picture)))
            continue
        left.remove(row)
        _plan_row(plan, row, picture)
    plan.removed += left if only_these else []


def _plan_row(plan: _Plan, row: PrintImage, picture: Picture) -> None:
    if row.sha256 != picture.sha256:
        for name, value in _bytes_of(picture).items():
            setattr(row, name, value)
        plan.replaced.append(row)
        return
    plan.unchanged += 1
    if not row.name:
        # Loaded as a folder once: from now on a new scan of that name is known to replace it.
        row.name = picture.name
        plan.renamed.append(row)


def _counterpart(picture: Picture, stored: Sequence[PrintImage]) -> PrintImage | None:
    """The picture of the print that this one is, or replaces."""
    same = (row for row in stored if row.sha256 == picture.sha256)
    namesake = (row for row in stored if row.path == picture.path or (row.name and row.name == picture.name))
    return next(same, None) or next(namesake, None)


def _bytes_of(picture: Picture) -> dict[str, object]:
    return {name: getattr(picture, name) for name in BYTES}


def _write(plan: _Plan) -> Attached:
    leaving = [row.pk for row in (*plan.removed, *plan.replaced)]
    if not (leaving or plan.new or plan.renamed):
        return Attached(unchanged=plan.unchanged)
    images_leave.send(PrintImage, image_ids=leaving)
    PrintImage.objects.filter(pk__in=[row.pk for row in plan.removed]).delete()
    PrintImage.objects.bulk_update([*plan.replaced, *plan.renamed], BYTES, batch_size=100)
    created = PrintImage.objects.bulk_create(plan.new)
    images_written.send(PrintImage, image_ids=[row.pk for row in (*created, *plan.replaced)])
    return Attached(len(created), len(plan.replaced), plan.unchanged, len(plan.removed))
