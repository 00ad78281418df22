"""What can be taken out: a collection, and the problems of an import.

A collection is a table that changes nothing when it is imported again; problems are rows of the import's own
table, to be mended and brought again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from catalog.models import Collection, Print, PrintImage
from imports.cell_texts import ATTRIBUTES, COORDINATES, extra_text, text_of
from imports.columns import FIELDS, field_named
from imports.comparing import record_of
from imports.models import ImportIssue, ImportRun
from imports.preparing import reading_of, table_file
from imports.previews import issues_page
from imports.queries import stored_prints
from imports.tables.opening import open_table

BATCH = 500
REASON = "reason"  # the column behind the table's own; ignored when the rows are brought again
Row = Sequence[str]


def collection_rows(collection: Collection) -> Iterator[Row]:
    """The header, then a row for each print, hidden ones too, in the order they were added."""
    extra = _extra_columns(collection)
    yield [*FIELDS, *extra]
    last = 0
    prints = Print.objects.filter(collection=collection).order_by("pk").values_list("pk", "record_id")
    while batch := list(prints.filter(pk__gt=last)[:BATCH]):
        yield from _print_rows(collection, [record_id for _, record_id in batch], extra)
        last = batch[-1][0]


def _extra_columns(collection: Collection) -> list[str]:
    """In the order of the alphabet. One named like a field has no column: it would be read as that field."""
    rows = Print.objects.filter(collection=collection).exclude(extra={}).order_by()
    names = {name for extra in rows.values_list("extra", flat=True).iterator(2000) for name in extra}
    return sorted(name for name in names if field_named(name) is None)


def _print_rows(collection: Collection, record_ids: Sequence[str], extra: Sequence[str]) -> Iterator[Row]:
    stored = stored_prints(collection, record_ids=record_ids)
    pictures = _picture_cells([one.id for one in stored.values()])
    for record_id in record_ids:
        if (one := stored.get(record_id)) is None:
            continue  # removed meanwhile
        record = record_of(one, record_id)
        cells = {field: text_of(record, field) for field in ATTRIBUTES} | pictures[one.id]
        cells |= {name: extra_text(record, name) for name in (*COORDINATES, *extra)} | {
            "record_id": record_id
        }
        yield [cells.get(name, "") for name in (*FIELDS, *extra)]


def _picture_cells(print_ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """The cells of files and addresses, by print."""
    files: dict[int, list[str]] = defaultdict(list)
    addresses: dict[int, list[str]] = defaultdict(list)
    rows = PrintImage.objects.filter(print__in=print_ids).order_by("position", "pk")
    for print_id, name, path in rows.values_list("print_id", "name", "path"):
        is_address = name.startswith(("http://", "https://"))
        (addresses if is_address else files)[print_id].append(name or _below_images(path))
    return {
        pk: {"image_file": "|".join(files[pk]), "image_url": " | ".join(addresses[pk])} for pk in print_ids
    }


def _below_images(path: str) -> str:
    """`raw/prints/images/a/b.jpg` -> `a/b.jpg`, as tables of folders name it."""
    return path.partition("/images/")[2] or path.rpartition("/")[2]


def issue_rows(run: ImportRun) -> Iterator[Row]:
    """The rows of the run's table that have problems, each with its reasons; what has no row comes last.

    Of a run that has no table (any more) the problems alone.
    """
    if not table_file(run).is_file():
        yield from _problem_rows(run)
        return
    grouped = groupby(issues_page(run).iterator(2000), key=lambda issue: issue.row)
    reasons = ((row, list(issues)) for row, issues in grouped)
    with open_table(table_file(run), reading=reading_of(run), name=run.table_name) as table:
        width = len(table.header)
        yield [*table.header, REASON]
        rows, elsewhere = iter(table), list[ImportIssue]()
        for number, issues in reasons:
            if number is None or number <= table.header_row:
                elsewhere += issues
                continue
            cells = next((row.cells for row in rows if row.number == number), [])
            yield [*_padded(cells, width), _reasons(issues)]
    yield from ([*_padded([], width), f"{issue.file}: {_reasons([issue])}"] for issue in elsewhere)


def _problem_rows(run: ImportRun) -> Iterator[Row]:
    yield ["file", "row", "column", "value", REASON]
    for issue in issues_page(run).iterator(2000):
        place = "" if issue.row is None else str(issue.row)
        yield [issue.file, place, issue.column, issue.value, _reasons([issue])]


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _reasons(issues: Iterable[ImportIssue]) -> str:
    return " · ".join(_reason(issue) for issue in issues)


def _reason(issue: ImportIssue) -> str:
    where = f"{issue.column}: " if issue.column else ""
    accepted = f" (accepted: {issue.accepted})" if issue.accepted else ""
    return f"{where}{issue.reason}{accepted}"
