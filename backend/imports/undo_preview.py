"""What an undoing would do, told within the time of a request: an import may have written 300,000 records."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from catalog.models import Print, Revision
from imports.models import ImportRun
from imports.undoing import UndoPlan, plan_steps, plan_undoing, revisions_of, steps_of, undone_from

# As many are compared with what the import left: a second's work.
MOST_COMPARED = 1000
Origin, Kind = Revision.Origin, Revision.Kind


def preview_undoing(run: ImportRun) -> UndoPlan:
    """As `plan_undoing`, in a bounded time.

    Of many records only those are compared that have a later revision, or whose place is taken. What a folder
    that was loaded or an administrator changed without leaving one is noticed when the undoing begins.
    """
    revisions = _left_to_undo(run)
    if revisions.count() <= MOST_COMPARED:
        return plan_undoing(run)
    plan, touched = UndoPlan(), _touched(run)
    ids = revisions.filter(touched).values_list("print_id", flat=True).distinct().order_by("-print_id")
    plan_steps(plan, steps_of(run, list(ids[:MOST_COMPARED])))
    plan.unnamed = max(0, ids.count() - MOST_COMPARED)
    kinds = revisions.filter(~touched).values_list("kind").annotate(Count("pk"))
    for kind, number in kinds:
        plan.count(kind, number)
    return plan


def _left_to_undo(run: ImportRun) -> QuerySet[Revision]:
    below = undone_from(run)
    return revisions_of(run) if below is None else revisions_of(run).filter(print_id__lt=below)


def _touched(run: ImportRun) -> Q:
    """Of the run's revisions: something else came after them."""
    own = Q(origin__in=[Origin.IMPORT, Origin.UNDO], origin_id=run.pk)
    later = Revision.objects.filter(~own, print_id=OuterRef("print_id"), pk__gt=OuterRef("pk")).order_by()
    namesake = Print.objects.filter(collection=run.collection_id, record_id=OuterRef("record_id")).order_by()
    taken = namesake.exclude(pk=OuterRef("print_id"))
    return Q(Exists(later)) | Q(Exists(taken), kind=Kind.REMOVED)
