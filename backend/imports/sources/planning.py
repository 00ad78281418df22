"""At the end of a check: which picture each record shall get, and what cannot be found.

Only names and addresses are looked at; the pictures themselves are read or fetched when the import is
applied.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from catalog.models import PrintImage
from core.errors import RectoError
from core.public_addresses import web_address
from core.sentences import say
from imports.issues import Issue, Source, make_issue
from imports.matching import match_images
from imports.models import ImportImage, ImportRecord, ImportRun
from imports.progress import Progress, silent
from imports.records import Record
from imports.sources.choosing import kind_of
from imports.sources.findings import Finding, write_findings
from imports.sources.harvest_notes import noted_findings
from imports.sources.local import LocalPictures, local_pictures
from imports.staging import record_from_json

Outcome = ImportRecord.Outcome
PICTURED = (Outcome.CREATED, Outcome.CHANGED, Outcome.UNCHANGED)
BATCH = 2_000  # records whose addresses are looked at between two writes
MOST_UNCLAIMED = 1_000  # pictures without a record that are named one by one
_ASKED = ("record_id", "sources", "inventory_number", "image_files", "image_url", "image_urls")


@dataclass(frozen=True)
class _Plan:
    """The locations of each record's pictures, and what was found out on the way."""

    wanted: dict[str, list[str]]
    findings: list[Finding]


def plan_images(run: ImportRun, *, progress: Progress = silent) -> int:
    """Write the run's ImportImages anew, and issues for pictures that cannot be found; returns their number.

    Raises UserError when the source itself cannot be read.
    """
    run.images.all().delete()
    if kind_of(run.image_source) == "none" or run.action == ImportRun.Action.DELETE:
        return 0
    progress(0, 0, say("steps.looking_for_pictures", "Looking for pictures"))
    written = write_findings(run, list(noted_findings(run)))
    pictured = _pictured_records(run)
    with local_pictures(run) as local:
        if local is not None:
            # All records at once: of two that could have a picture, the one that names it best gets it.
            records = list(_records(run))
            return written + _write(run, records, _plan_local(records, local), pictured)
    remaining = _records(run)
    while batch := list(islice(remaining, BATCH)):
        written += _write(run, batch, _plan_fetched(batch), pictured)
    return written


def _write(run: ImportRun, records: Sequence[Record], plan: _Plan, pictured: Collection[str]) -> int:
    ImportImage.objects.bulk_create(_rows(run, records, plan.wanted), batch_size=1000)
    return write_findings(run, [*plan.findings, *_without_picture(records, plan, pictured)])


def _records(run: ImportRun) -> Iterator[Record]:
    """What has to be known of each record to find its pictures; the rest would only fill the memory."""
    rows = run.records.filter(outcome__in=PICTURED).order_by("position").values_list("record", flat=True)
    for staged in rows.iterator(chunk_size=2000):
        yield record_from_json({name: staged[name] for name in _ASKED if name in staged})


def _plan_local(records: Sequence[Record], local: LocalPictures) -> _Plan:
    matching = match_images(records, local.names, where=local.where)
    by_row = {record.sources[0]: record.record_id for record in records if record.sources}
    findings = [Finding(issue) for issue in local.issues]
    findings += [Finding(issue, by_row.get(issue.source, "")) for issue in matching.issues]
    findings += [Finding(issue) for issue in _unclaimed(matching.unclaimed, local.where)]
    return _Plan(matching.images, findings)


def _unclaimed(names: Sequence[str], where: str) -> Iterator[Issue]:
    reason = "no record names this picture; it is not loaded"
    for name in names[:MOST_UNCLAIMED]:
        yield make_issue(Source(name), "picture_without_record", reason, left_out=True)
    if len(names) > MOST_UNCLAIMED:
        count = len(names) - MOST_UNCLAIMED
        more = say(
            "pictures_without_record",
            f"no record names {count:,} other pictures; they are not loaded",
            count=count,
        )
        yield make_issue(Source(where), "picture_without_record", more, left_out=True)


def _plan_fetched(records: Sequence[Record]) -> _Plan:
    plan = _Plan({}, [])
    for record in records:
        wanted = plan.wanted[record.record_id] = []
        for url in record.image_urls:
            try:
                web_address(url)
            except RectoError as error:
                issue = make_issue(
                    _source(record), error.code, error.message, column="image_url", value=url, left_out=True
                )
                plan.findings.append(Finding(issue, record.record_id))
            else:
                wanted.append(url)
    return plan


def _source(record: Record) -> Source:
    return record.sources[0] if record.sources else Source("")


def _rows(run: ImportRun, records: Sequence[Record], wanted: dict[str, list[str]]) -> Iterator[ImportImage]:
    for record in records:
        row = _source(record).row
        for position, location in enumerate(wanted.get(record.record_id, ())):
            yield ImportImage(
                run=run, record_id=record.record_id, position=position, location=location, row=row
            )


def _pictured_records(run: ImportRun) -> set[str]:
    """The records of the collection that have a picture already."""
    rows = PrintImage.objects.filter(print__collection=run.collection).order_by()
    return set(rows.values_list("print__record_id", flat=True).distinct())


def _without_picture(records: Iterable[Record], plan: _Plan, pictured: Collection[str]) -> Iterator[Finding]:
    """Records that have no picture, get none, and of which nothing else says why."""
    told = {finding.record_id for finding in plan.findings}
    reason = "there is no picture for it; the record is kept, and is found once it has one"
    for record in records:
        name = record.record_id
        if not plan.wanted.get(name) and name not in told and name not in pictured:
            issue = make_issue(_source(record), "row_without_image", reason, value=name)
            yield Finding(issue, name)
