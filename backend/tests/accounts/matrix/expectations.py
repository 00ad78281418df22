"""Who may call what, for every operation of the API: a new endpoint needs a line here.

Each rule says with which status a role is refused, None where it is let in.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.accounts.matrix.world import EXAMPLE, IDS, SLUG, World
from tests.search.engravings import engraving
from tests.search.searching import upload

Rule = Callable[[World, str], int | None]


def everybody(world: World, role: str) -> int | None:
    return None


def signed_in(world: World, role: str) -> int | None:
    return 403 if role == "anonymous" else None


def curators(world: World, role: str) -> int | None:
    """Of any collection."""
    return 403 if role in ("anonymous", "viewer") else None


def administrators(world: World, role: str) -> int | None:
    return None if role == "administrator" else 403


def who_sees_the_record(world: World, role: str) -> int | None:
    return None if world.sees_record(role) else 404


def curators_of_the_collection(world: World, role: str) -> int | None:
    """Others learn no more than that they may not, and nothing at all of one that they do not see."""
    if world.curates(role):
        return None
    return 404 if role == "outsider" and not world.sees_collection(role) else 403


def curators_of_the_record(world: World, role: str) -> int | None:
    if world.curates(role):
        return None
    return 404 if role == "outsider" and not world.sees_record(role) else 403


def curators_who_see_it(world: World, role: str) -> int | None:
    """What only its curators ever hear of."""
    if world.curates(role):
        return None
    return 404 if role == "outsider" else 403


def the_curator_alone(world: World, role: str) -> int | None:
    """Somebody's own."""
    if role == "anonymous":
        return 403
    return None if role == "curator" else 404


def who_kept_it(world: World, role: str) -> int | None:
    """The curator did, and an administrator may; others are told that it is there if they see its picture."""
    if role in ("curator", "administrator"):
        return None
    return 403 if world.sees_record(role) else 404


@dataclass(frozen=True)
class Call:
    """One way to call an operation."""

    rule: Rule
    data: Callable[[], dict[str, Any]] = field(default=dict)
    form: bool = False  # multipart
    # For whom it is let in, where what it asks for is not possible: an import that was not checked, a version
    # that was never published.
    status: int | None = None


def table() -> SimpleUploadedFile:
    return SimpleUploadedFile("table.csv", b"record_id,title\nA1,One\n")


def the_engraving() -> Any:
    """A photograph of the subject."""
    return upload(engraving(5))


CHOSEN = {
    "collection": SLUG,
    **{name: IDS[name] for name in ("person", "technique", "institution", "classification")},
}
EXPECTED: dict[str, list[Call]] = {
    # ---- For everybody; what is in the answer depends on who asks
    "info_retrieve": [Call(everybody)],
    "me_retrieve": [Call(everybody)],
    "session_create": [Call(everybody, lambda: {"username": "nobody", "password": "x"}, status=400)],
    "session_destroy": [Call(everybody)],
    "examples_list": [Call(everybody)],
    "collections_list": [Call(everybody)],
    "prints_list": [
        Call(everybody),
        Call(everybody, lambda: {"q": "nachtstuck"}),
        Call(everybody, lambda: {"collection": SLUG, "order": "-year"}),
        Call(everybody, lambda: {"person": IDS["person"]}),
    ],
    "facets_retrieve": [
        Call(everybody),
        Call(everybody, lambda: CHOSEN),
        Call(everybody, lambda: {**CHOSEN, "year_from": 1900}),
    ],
    "prints_random": [
        Call(everybody, lambda: {"q": "Neighbour 0"}),
        Call(who_sees_the_record, lambda: {"q": "nachtstuck"}),
    ],
    "suggestions_list": [Call(everybody, lambda: {"q": "nachtstuck"})],
    "prints_retrieve": [Call(who_sees_the_record)],
    "prints_similar": [Call(who_sees_the_record)],
    "searches_create": [
        Call(everybody, lambda: {"image": the_engraving()}, form=True),
        Call(everybody, lambda: {"image": the_engraving(), "collection": SLUG}, form=True),
        Call(who_sees_the_record, lambda: {"image_id": IDS["image_id"]}, form=True),
        Call(who_sees_the_record, lambda: {"example": EXAMPLE}, form=True),
        Call(who_sees_the_record, lambda: {"kept": IDS["search_id"]}, form=True),
        # (By address: see tests/search/test_by_address.py.)
    ],
    "searches_retrieve": [Call(who_sees_the_record), Call(who_sees_the_record, lambda: {"limit": 1})],
    "searches_picture": [Call(who_sees_the_record)],
    "searches_destroy": [Call(who_kept_it)],
    # ---- One's own
    "me_password": [Call(signed_in, lambda: {"old_password": "x", "new_password": "y"}, status=400)],
    "me_tokens_list": [Call(signed_in)],
    "me_tokens_create": [Call(signed_in, lambda: {"name": "x"})],
    "me_tokens_destroy": [Call(the_curator_alone)],
    # ---- Curators: lists of what they may see
    "audit_list": [Call(curators), Call(curators, lambda: {"collection": SLUG})],
    "image_groups_list": [Call(curators)],
    "image_groups_export": [Call(curators)],
    "imports_list": [Call(curators), Call(curators, lambda: {"collection": SLUG})],
    "imports_template": [Call(curators, lambda: {"as": "csv"})],
    "imports_folders": [Call(curators)],
    "dates_retrieve": [Call(curators, lambda: {"text": "ca. 1520"})],
    "index_retrieve": [Call(curators)],
    "index_problems_list": [Call(curators)],
    "jobs_list": [Call(curators), Call(curators, lambda: {"kind": "apply_import"})],
    "knn_models_list": [Call(curators)],
    "knn_models_evaluation": [Call(curators)],
    # ---- Curators: their collections
    "collections_partial_update": [Call(curators_of_the_collection, lambda: {"name": "Other"})],
    "collections_members_retrieve": [Call(curators_of_the_collection)],
    "collections_export": [Call(curators_of_the_collection, lambda: {"as": "csv"})],
    "imports_create": [
        Call(curators_of_the_collection, lambda: {"collection": SLUG, "table": table()}, form=True)
    ],
    "imports_retrieve": [Call(curators_of_the_collection)],
    "imports_partial_update": [Call(curators_of_the_collection)],
    "imports_records_list": [Call(curators_of_the_collection)],
    "imports_issues_list": [Call(curators_of_the_collection)],
    "imports_issues_export": [Call(curators_of_the_collection)],
    "imports_undo_retrieve": [Call(curators_of_the_collection)],
    "imports_check": [Call(curators_of_the_collection)],
    "imports_apply": [Call(curators_of_the_collection, status=400)],
    "imports_undo": [Call(curators_of_the_collection, status=400)],
    "imports_abandon": [Call(curators_of_the_collection)],
    "imports_images": [Call(curators_of_the_collection, form=True, status=400)],
    "imports_retry_images": [Call(curators_of_the_collection, status=400)],
    "prints_create": [
        Call(curators_of_the_collection, lambda: {"collection": SLUG, "record_id": "NEW", "title": "New"})
    ],
    "prints_partial_update": [Call(curators_of_the_record, lambda: {"title": "Other"})],
    "prints_destroy": [Call(curators_of_the_record)],
    "prints_images_create": [
        Call(curators_of_the_record, lambda: {"image": upload(engraving(7))}, form=True)
    ],
    "prints_images_update": [
        Call(curators_of_the_record, lambda: {"image": upload(engraving(7))}, form=True)
    ],
    "prints_images_destroy": [Call(curators_of_the_record)],
    "prints_history_list": [Call(curators_of_the_record)],
    "prints_history_restore": [Call(curators_of_the_record)],
    "jobs_retrieve": [Call(curators_who_see_it)],
    "jobs_cancel": [Call(curators_who_see_it)],
    "jobs_retry": [Call(curators_who_see_it)],
    "image_groups_retrieve": [Call(curators_who_see_it)],
    "image_groups_accept": [Call(curators_who_see_it)],
    "image_groups_reject": [Call(curators_who_see_it)],
    "image_groups_reopen": [Call(curators_who_see_it)],
    # ---- Administrators
    "collections_create": [Call(administrators, lambda: {"slug": "new", "name": "New"})],
    "collections_members_update": [Call(administrators, lambda: {"members": []})],
    "image_groups_find": [Call(administrators)],
    "index_check": [Call(administrators)],
    "index_compact": [Call(administrators)],
    "knn_models_activate": [Call(administrators, status=500)],
}
# Addresses outside the description of the API.
MEDIA: dict[str, Call] = {
    f"/media/images/{IDS['image_id']}/thumbnail/": Call(who_sees_the_record),
    f"/media/images/{IDS['image_id']}/display/": Call(who_sees_the_record),
    f"/media/examples/{EXAMPLE}/thumbnail/": Call(who_sees_the_record),
}
