"""Records and pictures -> the prints that the catalogue shall have. Pure: no Django, no I/O."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.sentences import say
from imports.issues import Issue, Source, make_issue
from imports.matching import Matching
from imports.picture import Picture
from imports.records import Record

BEHIND_ITS_OWN = 1000  # a position; no print has so many pictures
OVER_EDITS = "load the folder with --over-edits"


@dataclass(frozen=True)
class KeptEdits:
    """What was changed in Recto itself: ids of records, and the pictures that such records have or had.

    `held` are paths of pictures that they have. `taken_away` are path and SHA-256 of those that were taken
    from them; `gone` the SHA-256 of those of them that the collection has nowhere, under any name.
    """

    records: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    taken_away: frozenset[tuple[str, str]] = frozenset()
    gone: frozenset[str] = frozenset()

    def keep_away(self, picture: Picture) -> bool:
        return (picture.path, picture.sha256) in self.taken_away or picture.sha256 in self.gone


NO_EDITS = KeptEdits()


@dataclass(frozen=True)
class PlannedPrint:
    """One print and its pictures in order, the first at `position`.

    `described` is False where the record's values do not count: no table knows the picture, or the print was
    changed in Recto itself.
    """

    record: Record
    pictures: tuple[Picture, ...]
    described: bool = True
    position: int = 0


@dataclass(frozen=True)
class Plan:
    """`kept` are pictures in the catalogue that no table names (any more): they stay where they are."""

    prints: list[PlannedPrint]
    kept: list[Picture]
    issues: list[Issue] = field(default_factory=list)


def plan_prints(
    records: Sequence[Record],
    matching: Matching,
    pictures: Mapping[str, Picture],
    *,
    known_records: frozenset[str],
    known_paths: frozenset[str],
    longest_id: int,
    edits: KeptEdits = NO_EDITS,
) -> Plan:
    """The plan for one folder. `pictures` are the usable ones by name; the catalogue has `known_…`.

    Records and pictures of `edits` stay as they are in the catalogue, or away from it.
    """
    plan = Plan([], [])
    for record in records:
        names = matching.images[record.record_id]
        usable = tuple(pictures[name] for name in names if name in pictures)
        if record.record_id in edits.records:
            _plan_edited(plan, record, usable, edits, known_records, known_paths)
            continue
        usable = _leave_held(plan, record, usable, edits)
        if not usable:
            plan.issues.append(_without_picture(record, names, known=record.record_id in known_records))
        if usable or record.record_id in known_records:
            plan.prints.append(PlannedPrint(record, usable))
    ids = _UnusedIds({record.record_id for record in records}, longest_id)
    for picture in (pictures[name] for name in matching.unclaimed if name in pictures):
        if picture.path in known_paths:
            plan.kept.append(picture)
        elif edits.keep_away(picture):
            plan.issues.append(_kept_away(Source(picture.path), picture))
        else:
            record = Record(ids.take(picture), (Source(picture.path),))
            plan.prints.append(PlannedPrint(record, (picture,), described=False))
    return plan


def _plan_edited(
    plan: Plan,
    record: Record,
    pictures: Sequence[Picture],
    edits: KeptEdits,
    known_records: frozenset[str],
    known_paths: frozenset[str],
) -> None:
    """Pictures that it never had are added behind its own; those that were taken from it stay away."""
    plan.kept.extend(picture for picture in pictures if picture.path in known_paths)
    if record.record_id not in known_records:
        return
    others = [picture for picture in pictures if picture.path not in known_paths]
    new = tuple(picture for picture in others if not edits.keep_away(picture))
    plan.issues.extend(_kept_away(record.sources[0], picture) for picture in others if picture not in new)
    if new:
        plan.prints.append(PlannedPrint(record, new, described=False, position=BEHIND_ITS_OWN))


def _kept_away(source: Source, picture: Picture) -> Issue:
    text = f"the picture {picture.name} was removed in Recto, and stays so: to have it back, {OVER_EDITS}"
    reason = say("picture_kept_away", text, picture=picture.name)
    return make_issue(source, "removed_here", reason, value=picture.name, left_out=True)


def _leave_held(
    plan: Plan, record: Record, pictures: Sequence[Picture], edits: KeptEdits
) -> tuple[Picture, ...]:
    """Those of the pictures that no record holds which was changed in Recto; the others stay there."""
    held = [picture for picture in pictures if picture.path in edits.held]
    plan.kept.extend(held)
    for picture in held:
        stays = f"the picture {picture.name} stays with its record, which was changed in Recto"
        text = f"{stays}: to take it all the same, {OVER_EDITS}"
        reason = say("picture_held", text, picture=picture.name)
        plan.issues.append(make_issue(record.sources[0], "edited_here", reason, value=record.title))
    return tuple(picture for picture in pictures if picture.path not in edits.held)


def _without_picture(record: Record, names: Sequence[str], *, known: bool) -> Issue:
    what = f"the picture {names[0]} was left out" if names else "there is no picture for it in images/"
    outcome = "the print stays as it was" if known else "a print without a picture cannot be found; left out"
    reason = say("print_without_picture", f"record {record.record_id!r}: {what}; {outcome}")
    code = "picture_left_out" if names else "row_without_image"
    return make_issue(record.sources[0], code, reason, value=record.title, left_out=not known)


class _UnusedIds:
    """Record ids for pictures without metadata: the file's name, or its path where two have that name."""

    def __init__(self, taken: set[str], longest: int) -> None:
        self._taken, self._longest = taken, longest

    def take(self, picture: Picture) -> str:
        name = picture.name.rpartition("/")[2]
        digest = hashlib.sha256(picture.name.encode()).hexdigest()
        choices = (name, picture.name, f"{name[: self._longest - 9]}~{digest[:8]}")
        free = (one for one in choices if one not in self._taken and len(one) <= self._longest)
        chosen = next(free, digest)
        self._taken.add(chosen)
        return chosen
