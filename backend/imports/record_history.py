"""The history of a record for people: who changed what, in the words of a table's cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from catalog.models import Revision
from catalog.snapshots import Snapshot
from imports.comparing import difference
from imports.dates import YearRange, years_of
from imports.institutions import InstitutionEntry
from imports.people import PersonEntry
from imports.records import Record
from imports.relations import RelationEntry

SAME = ("inventory_number", "title", "date_text", "record_url", "licence", "extra")


@dataclass(frozen=True)
class HistoryEntry:
    """One change; `changes` are of a record that was there before and after."""

    id: int
    at: datetime
    by: str
    kind: str
    origin: str
    import_id: int | None
    changes: Mapping[str, list[str]]
    pictures_added: int
    pictures_removed: int
    pictures_replaced: int


def history_of(print_id: int) -> QuerySet[Revision]:
    """The changes of a print, also of one that is gone, the newest first."""
    return Revision.objects.filter(print_id=print_id).select_related("user", "collection").order_by("-pk")


def entry_of(revision: Revision) -> HistoryEntry:
    before, after = revision.before, revision.after
    old, new = _pictures(before), _pictures(after)
    return HistoryEntry(
        id=revision.pk,
        at=revision.at,
        by=revision.user.get_username() if revision.user else "",
        kind=revision.kind,
        origin=revision.origin,
        import_id=revision.origin_id,
        changes=_changes(before, after) if before and after else {},
        pictures_added=len(new.keys() - old.keys()),
        pictures_removed=len(old.keys() - new.keys()),
        pictures_replaced=sum(old[pk] != new[pk] for pk in old.keys() & new.keys()),
    )


def _pictures(snapshot: Snapshot | None) -> dict[int, str]:
    return {one["id"]: one["sha256"] for one in snapshot["images"]} if snapshot else {}


def _changes(before: Snapshot, after: Snapshot) -> dict[str, list[str]]:
    old, new = record_of_snapshot(before), record_of_snapshot(after)
    found = difference(old, new)
    if old.years != new.years and not (_says_its_years(old) and _says_its_years(new)):
        found["years"] = [_years_text(one.years) for one in (old, new)]
    if before["hidden"] != after["hidden"]:
        found["hidden"] = [str(one["hidden"]).lower() for one in (before, after)]
    return found


def _says_its_years(record: Record) -> bool:
    """Whether the years are those of the date; else somebody set them, and the date's cell does not tell."""
    return record.years == years_of(record.date_text)


def _years_text(years: YearRange | None) -> str:
    if years is None:
        return ""
    return str(years.first) if years.first == years.last else f"{years.first}–{years.last}"


def record_of_snapshot(snapshot: Snapshot) -> Record:
    """What a table would say of that state."""
    first, last = snapshot["year_min"], snapshot["year_max"]
    institution, classification = snapshot["institution"], snapshot["classification"]
    return Record(
        record_id=snapshot["record_id"],
        sources=(),
        **{name: snapshot[name] for name in SAME},
        years=None if first is None or last is None else YearRange(first, last),
        classification=classification["name"] if classification else "",
        institution=InstitutionEntry(institution["name"], institution["isil"]) if institution else None,
        techniques=tuple(one["technique"]["name"] for one in snapshot["techniques"]),
        people=tuple(_person(one["person"], one["roles"]) for one in snapshot["people"]),
        relations=tuple(RelationEntry(one["kind"], one["target_text"]) for one in snapshot["relations"]),
    )


def _person(row: Mapping[str, object], roles: list[str]) -> PersonEntry:
    return PersonEntry(str(row["name"]), _year(row["birth_year"]), _year(row["death_year"]), tuple(roles))


def _year(value: object) -> int | None:
    return value if isinstance(value, int) else None
