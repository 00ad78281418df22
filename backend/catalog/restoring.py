"""Putting records back as a snapshot has them, with the ids of all their rows."""

from collections.abc import Iterable, Mapping

from catalog.history import images_leave, images_written, remove_prints
from catalog.models import Collection, Example, Print, PrintImage, PrintPerson, Relation
from catalog.registers import Ids, present_ids
from catalog.services import refresh_search_text
from catalog.snapshots import IMAGE_VALUES, VALUES, Snapshot


def restore(collection: Collection, wanted: Mapping[int, Snapshot | None]) -> None:
    """Make the prints what the snapshots say, with the ids of all their rows, in the caller's transaction.

    None stands for a print that is not there. Files are not looked at.
    """
    gone = [pk for pk, snapshot in wanted.items() if snapshot is None]
    back = {pk: snapshot for pk, snapshot in wanted.items() if snapshot is not None}
    images = _ImagesBack(back)
    images_leave.send(Print, image_ids=images.leaving)
    remove_prints(gone)
    ids = present_ids(back.values())
    _restore_rows(collection, back, ids)
    _restore_parts(back, ids)
    images.write()
    _restore_pointers(back)
    refresh_search_text(print_ids=list(back))
    images_written.send(Print, image_ids=images.written)


def _restore_rows(collection: Collection, back: Mapping[int, Snapshot], ids: Ids) -> None:
    Print.objects.bulk_create(
        [
            Print(
                pk=pk,
                collection=collection,
                classification_id=_id_now(ids, "classification", snapshot),
                institution_id=_id_now(ids, "institution", snapshot),
                **{name: snapshot[name] for name in VALUES},
            )
            for pk, snapshot in back.items()
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*VALUES, "classification", "institution"],
    )


def _id_now(ids: Ids, register: str, snapshot: Snapshot) -> int | None:
    row = snapshot[register]
    return ids[register][row["id"]] if row else None


def _restore_parts(back: Mapping[int, Snapshot], ids: Ids) -> None:
    links = Print.techniques.through
    for model in (PrintPerson, links, Relation):
        model._default_manager.filter(print__in=list(back)).delete()
    targets = _prints_there(one["target_id"] for row in back.values() for one in row["relations"])
    PrintPerson.objects.bulk_create(
        PrintPerson(
            pk=one["id"],
            print_id=pk,
            person_id=ids["person"][one["person"]["id"]],
            roles=one["roles"],
            position=one["position"],
        )
        for pk, row in back.items()
        for one in row["people"]
    )
    links.objects.bulk_create(
        links(pk=one["id"], print_id=pk, technique_id=ids["technique"][one["technique"]["id"]])
        for pk, row in back.items()
        for one in row["techniques"]
    )
    Relation.objects.bulk_create(
        Relation(
            pk=one["id"],
            print_id=pk,
            kind=one["kind"],
            target_text=one["target_text"],
            target_id=targets.get(one["target_id"]),
        )
        for pk, row in back.items()
        for one in row["relations"]
    )


def _prints_there(ids: Iterable[int | None]) -> dict[int | None, int]:
    wanted = {pk for pk in ids if pk is not None}
    found = Print.objects.filter(pk__in=wanted).order_by().values_list("pk", flat=True)
    return {pk: pk for pk in found}


def _restore_pointers(back: Mapping[int, Snapshot]) -> None:
    """What pointed to a print that was away points to it again, unless it was given another target."""
    for pk, snapshot in back.items():
        if snapshot["targeted_by"]:
            Relation.objects.filter(pk__in=snapshot["targeted_by"], target=None).update(target=pk)
        if snapshot["examples"]:
            lost = Example.objects.filter(pk__in=snapshot["examples"], print=None)
            lost.update(print=pk, print_removed=False)


class _ImagesBack:
    """The pictures of prints on their way back: which leave or lose their bytes, which are written."""

    def __init__(self, back: Mapping[int, Snapshot]) -> None:
        self._wanted = {
            one["id"]: (pk, {name: one.get(name, "") for name in IMAGE_VALUES})
            for pk, snapshot in back.items()
            for one in snapshot["images"]
        }
        rows = PrintImage.objects.filter(print__in=list(back)) | PrintImage.objects.filter(
            pk__in=list(self._wanted)
        )
        self._there = dict(rows.order_by().values_list("pk", "sha256"))
        self._too_many = [pk for pk in self._there if pk not in self._wanted]
        self.written = [
            pk for pk, (_, values) in self._wanted.items() if self._there.get(pk) != values["sha256"]
        ]
        self.leaving = [*self._too_many, *(pk for pk in self.written if pk in self._there)]

    def write(self) -> None:
        PrintImage.objects.filter(pk__in=self._too_many).delete()
        PrintImage.objects.bulk_create(
            [PrintImage(pk=pk, print_id=owner, **values) for pk, (owner, values) in self._wanted.items()],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["print", *IMAGE_VALUES],
        )
