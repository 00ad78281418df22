"""When it changes which pictures there are, and to whom they are shown.

Every such change leaves a line in its own transaction, and the sum of all lines names the state. After every
commit it is another one, in whatever order they come: so it is known when what was read before holds no more.
The rights of users are no part of it: they are read anew for each request (`Audience`).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from random import randrange
from typing import Any, ClassVar, TypeVar

from django.db import models, transaction
from django.db.models import Sum

# So that a state which was rolled back is never taken for the one that came in its place.
LARGEST_MARK = 2**32
LINES_AT_ONCE = 100
Row = TypeVar("Row", bound=models.Model)


class ShownChange(models.Model):
    """One change, or several folded into one: only the sum of the marks counts."""

    mark = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return str(self.mark)


def shown_state() -> int:
    """The name of the state that is committed now. 1 query."""
    total: int | None = ShownChange.objects.aggregate(total=Sum("mark"))["total"]
    return total or 0


@contextmanager
def shown_change(changes: bool = True) -> Iterator[None]:
    """Around a write: with its line, in one transaction."""
    if not changes:
        yield
        return
    with transaction.atomic():
        line = ShownChange.objects.create(mark=randrange(1, LARGEST_MARK))
        if line.pk % LINES_AT_ONCE == 0:
            _fold()
        yield


def _fold() -> None:
    """Make one line of all that nobody else is folding."""
    lines = dict(ShownChange.objects.select_for_update(skip_locked=True).values_list("pk", "mark"))
    ShownChange.objects.filter(pk__in=lines).delete()
    ShownChange.objects.create(mark=sum(lines.values()))


class ShownQuerySet(models.QuerySet[Row]):
    """Of rows that decide what is shown: writes them as Django does, and leaves a line where it must."""

    def update(self, **values: Any) -> int:
        with shown_change(_decides(self.model, values)):
            return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        rows = list(objs)
        new: bool = self.model.shown_when_new  # type: ignore[attr-defined]
        is_shown = new or _decides(self.model, options.get("update_fields") or ())
        with shown_change(bool(rows) and is_shown):
            return super().bulk_create(rows, *args, **options)


class ShownModel(models.Model):
    """A row that decides what is shown. Deleting one need not be known: what is gone is not found anyway."""

    # What of it decides; and whether a new one is shown as it is.
    shown_by: ClassVar[frozenset[str]]
    shown_when_new: ClassVar[bool]
    objects = ShownQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        written = options.get("update_fields")
        with shown_change(written is None or _decides(type(self), written)):
            super().save(*args, **options)


def _decides(model: type[models.Model], written: Iterable[str]) -> bool:
    names: frozenset[str] = model.shown_by  # type: ignore[attr-defined]
    return not names.isdisjoint(name.removesuffix("_id") for name in written)
