"""One row of a table -> a record with typed values; several rows of one record -> one. Pure.

Nothing is refused for one bad cell: the cell is cut or dropped, an issue says so, and the rest counts.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import PurePosixPath

from core.sentences import say
from imports.cells import is_spreadsheet_error, split_outside_brackets, unique
from imports.dates import YearRange, says_undated, years_of
from imports.institutions import InstitutionEntry, institution_in
from imports.issues import Issue, Source, make_issue
from imports.materials import techniques_in
from imports.people import PersonEntry, people_in
from imports.reading import Row
from imports.relations import RelationEntry, relations_in

LONGEST_CELL = 10_000  # characters of a cell that has no shorter limit of its own
_BETWEEN_ADDRESSES = re.compile(r"(?:\s+|\s*[;|]\s*)(?=https?://)", re.IGNORECASE)
_COORDINATES = {"latitude": 90.0, "longitude": 180.0}
_FROM_TO = re.compile(r"(?<![\d.])(\d{4})\s*[-–—]\s*(\d{4})(?!\d)")
_DATES = "a year, two years, a century or nothing: 1520 · ca. 1520 · 1515 - 1525 · 16. Jh. · undated"
_PEOPLE = "names between semicolons: Vallotton, Félix (1865 - 1925), Künstler; Doré, Gustave"


@dataclass(frozen=True)
class Record:
    """What the table says about one print. `sources` are its rows; an empty value is a value not said."""

    record_id: str
    sources: tuple[Source, ...]
    inventory_number: str = ""
    title: str = ""
    date_text: str = ""
    years: YearRange | None = None
    classification: str = ""
    institution: InstitutionEntry | None = None
    techniques: tuple[str, ...] = ()
    people: tuple[PersonEntry, ...] = ()
    relations: tuple[RelationEntry, ...] = ()
    record_url: str = ""
    licence: str = ""
    image_files: tuple[str, ...] = ()
    image_url: str = ""
    image_urls: tuple[str, ...] = ()  # of all rows; `image_url` is the first
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Lengths:
    """The longest texts, in characters, that the catalogue keeps; the caller asks the models for them."""

    record_id: int = LONGEST_CELL
    inventory_number: int = LONGEST_CELL
    date: int = LONGEST_CELL
    classification: int = LONGEST_CELL
    institution: int = LONGEST_CELL
    isil: int = LONGEST_CELL
    technique: int = LONGEST_CELL
    person: int = LONGEST_CELL
    relation_kind: int = LONGEST_CELL
    relation_target: int = LONGEST_CELL
    image_licence: int = LONGEST_CELL


class _RowReader:
    """Hands out a row's cells, cut to what can be kept, and collects what is wrong with them."""

    def __init__(self, row: Row, lengths: Lengths) -> None:
        self.row, self.lengths = row, lengths
        self.issues: list[Issue] = []

    def complain(
        self, code: str, reason: str, column: str, value: str, *, accepted: str, left_out: bool = False
    ) -> None:
        self.issues.append(
            make_issue(
                self.row.source,
                code,
                reason,
                column=column,
                value=value,
                accepted=accepted,
                left_out=left_out,
            )
        )

    def text(self, column: str) -> str:
        return self.bounded(
            column, self.row.cells.get(column, ""), getattr(self.lengths, column, LONGEST_CELL)
        )

    def bounded(self, column: str, text: str, longest: int) -> str:
        """`text`, cut to `longest` characters; a spreadsheet's error value is no value."""
        if is_spreadsheet_error(text):
            accepted = "the value itself, or an empty cell"
            reason = "the spreadsheet could not compute this cell; left empty"
            self.complain("spreadsheet_error", reason, column, text, accepted=accepted)
            return ""
        if len(text) <= longest:
            return text
        hint = " Is a closing quotation mark missing?" if len(text) > LONGEST_CELL else ""
        reason = say(
            "cell_too_long",
            f"{len(text):,} characters; only the first {longest:,} are kept.{hint}",
            length=len(text),
            limit=longest,
        )
        self.complain("cell_too_long", reason, column, text, accepted=_at_most(longest))
        return text[:longest].rstrip()

    def bounded_all(self, column: str, texts: Iterable[str], longest: int) -> tuple[str, ...]:
        return unique([self.bounded(column, text, longest) for text in texts])


def _at_most(longest: int) -> str:
    return say("accepted.cell_too_long", f"at most {longest:,} characters", limit=longest)


def read_record(row: Row, lengths: Lengths) -> tuple[Record | None, list[Issue]]:
    """The record in `row` and what was wrong with it; None when the row names neither a record nor a file."""
    reader = _RowReader(row, lengths)
    if _key_is_unusable(reader):
        return None, reader.issues
    image_files = tuple(split_outside_brackets(reader.text("image_file"), ";|"))
    image_urls = _web_addresses(reader, "image_url")
    number = reader.text("inventory_number")
    record_id = reader.text("record_id") or number or _stem(image_files)
    if not record_id:
        reason = (
            "the row has no record_id, no inventory number and no image_file, so nothing can be found by it"
        )
        accepted = "the number of the record, the same in every table"
        reader.complain("no_record_id", reason, "record_id", "", accepted=accepted, left_out=True)
        return None, reader.issues
    record = Record(
        record_id=record_id[: lengths.record_id],
        sources=(row.source,),
        inventory_number=number,
        title=reader.text("title"),
        date_text=reader.text("date"),
        years=_years(reader),
        classification=reader.text("classification"),
        institution=_institution(reader),
        techniques=reader.bounded_all(
            "material_technique", techniques_in(reader.text("material_technique")), lengths.technique
        ),
        people=_people(reader),
        relations=_relations(reader),
        record_url=_web_address(reader, "record_url", reader.text("record_url")),
        licence=reader.text("image_licence"),
        image_files=image_files,
        image_url=next(iter(image_urls), ""),
        image_urls=image_urls,
        extra=_extra(reader),
    )
    return record, reader.issues


def _key_is_unusable(reader: _RowReader) -> bool:
    """A key that is cut off or stands for another would find, and change, the wrong record."""
    key, longest = reader.row.cells.get("record_id", ""), reader.lengths.record_id
    if is_spreadsheet_error(key):
        reason = say("key_not_computed", "the spreadsheet could not compute the record_id")
        accepted = say("accepted.key_not_computed", "the number of the record")
        reader.complain("spreadsheet_error", reason, "record_id", key, accepted=accepted, left_out=True)
    elif len(key) > longest:
        reason = say(
            "key_too_long",
            f"{len(key):,} characters are too many for a record_id",
            length=len(key),
            limit=longest,
        )
        limit = _at_most(longest)
        reader.complain("cell_too_long", reason, "record_id", key, accepted=limit, left_out=True)
    return bool(reader.issues)


def _stem(image_files: tuple[str, ...]) -> str:
    return PurePosixPath(image_files[0].replace("\\", "/")).stem if image_files else ""


def _years(reader: _RowReader) -> YearRange | None:
    text = reader.row.cells.get("date", "")
    years = years_of(text)
    if is_spreadsheet_error(text):
        return None
    if years is None and not says_undated(text):
        reason = "no year could be read; the text is kept, the print counts as undated"
        reader.complain("date_not_understood", reason, "date", text, accepted=_DATES)
    elif years is not None and years.last > date.today().year + 1:
        reason = say(
            "year_in_future", f"the year {years.last} has not come yet; kept as it is", year=str(years.last)
        )
        reader.complain("year_in_future", reason, "date", text, accepted=_DATES)
    elif any(first > last for first, last in _FROM_TO.findall(text)):
        reason = "the second year is before the first; read as the years between them"
        reader.complain(
            "years_reversed", reason, "date", text, accepted="the earlier year first: 1515 - 1525"
        )
    return years


def _institution(reader: _RowReader) -> InstitutionEntry | None:
    column = "institution_isil"
    entry = institution_in(reader.bounded(column, reader.row.cells.get(column, ""), LONGEST_CELL))
    if entry is None:
        return None
    name = reader.bounded(column, entry.name, reader.lengths.institution)
    return InstitutionEntry(name, entry.isil[: reader.lengths.isil])


def _people(reader: _RowReader) -> tuple[PersonEntry, ...]:
    text = reader.text("person")
    people = people_in(text)
    if text and not people:
        reader.complain("person_not_understood", "no name could be read", "person", text, accepted=_PEOPLE)
    cut = (replace(one, name=reader.bounded("person", one.name, reader.lengths.person)) for one in people)
    return tuple({(one.name, one.birth_year, one.death_year): one for one in cut}.values())


def _relations(reader: _RowReader) -> tuple[RelationEntry, ...]:
    lengths = reader.lengths
    cut = (
        RelationEntry(
            reader.bounded("relations", one.kind, lengths.relation_kind),
            reader.bounded("relations", one.target, lengths.relation_target),
        )
        for one in relations_in(reader.text("relations"))
    )
    return tuple(dict.fromkeys(cut))


def _web_addresses(reader: _RowReader, column: str) -> tuple[str, ...]:
    """Several addresses in one cell stand on lines of their own, or apart by a semicolon or a bar."""
    texts = _BETWEEN_ADDRESSES.split(reader.text(column))
    found = [_web_address(reader, column, text.strip()) for text in texts]
    return tuple(dict.fromkeys(filter(None, found)))


def _web_address(reader: _RowReader, column: str, text: str) -> str:
    """Only http and https: the address becomes a link on the page, and `javascript:` is one, too."""
    if not text or text.lower().startswith(("http://", "https://")):
        return text
    reason = "an address must begin with https:// or http://; left empty"
    reader.complain("not_a_web_address", reason, column, text, accepted="https://… or http://…")
    return ""


def _extra(reader: _RowReader) -> dict[str, object]:
    extra: dict[str, object] = {
        name: text
        for name, cell in reader.row.extra.items()
        if (text := reader.bounded(name, cell, LONGEST_CELL))
    }
    for column in _COORDINATES:
        text = reader.text(column)
        degrees, limit = degrees_in(column, text)
        if degrees is not None:
            extra[column] = degrees
        elif text:
            reason = say(
                "not_degrees",
                f"not a number of degrees from -{limit:g} to {limit:g}; left empty",
                limit=limit,
            )
            accepted = say(
                "accepted.not_degrees",
                f"a number from -{limit:g} to {limit:g} such as 47.3769, or an empty cell",
                limit=limit,
            )
            reader.complain("not_degrees", reason, column, text, accepted=accepted)
    return extra


def degrees_in(column: str, text: str) -> tuple[float | None, float]:
    """The degrees of a latitude or longitude, None where there are none; and how far they may go."""
    limit = _COORDINATES[column]
    try:
        degrees = float(text.replace(",", "."))
    except ValueError:
        return None, limit
    return (degrees if abs(degrees) <= limit else None), limit


def merge_rows(records: Iterable[Record]) -> tuple[list[Record], list[Issue]]:
    """One record for each record_id, in the order of the first rows, with the pictures of all its rows.

    A value that an earlier row left empty is taken from a later one; of two that differ the earlier stays.
    """
    merged: dict[str, Record] = {}
    issues: list[Issue] = []
    for record in records:
        earlier = merged.get(record.record_id)
        if earlier is not None:
            issues += _differences(earlier, record)
            record = _merged(earlier, record)
        merged[record.record_id] = record
    return list(merged.values()), issues


_TOGETHER = ("record_id", "sources", "image_files", "extra", "image_url", "image_urls", "years")


def _merged(earlier: Record, later: Record) -> Record:
    filled = {
        item.name: getattr(later, item.name)
        for item in fields(Record)
        if item.name not in _TOGETHER and not getattr(earlier, item.name)
    }
    if not earlier.date_text:
        filled["years"] = later.years
    return replace(
        earlier,
        **filled,
        sources=earlier.sources + later.sources,
        image_files=tuple(dict.fromkeys(earlier.image_files + later.image_files)),
        image_url=earlier.image_url or later.image_url,
        image_urls=tuple(dict.fromkeys(earlier.image_urls + later.image_urls)),
        extra={**later.extra, **earlier.extra},
    )


def _differences(earlier: Record, later: Record) -> Iterable[Issue]:
    for item in fields(Record):
        old, new = getattr(earlier, item.name), getattr(later, item.name)
        if item.name not in _TOGETHER and old and new and old != new:
            first = earlier.sources[0].row
            reason = say(
                "rows_differ",
                f"differs from row {first}, which counts, of record {earlier.record_id!r}",
                row=str(first),
                record=earlier.record_id,
            )
            shown, accepted = (one if isinstance(one, str) else "" for one in (new, old))
            yield make_issue(
                later.sources[0], "rows_differ", reason, column=item.name, value=shown, accepted=accepted
            )
