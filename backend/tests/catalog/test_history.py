"""Revisions around changes, and putting records back with the ids of all their rows."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from catalog.history import Author, images_leave, images_written, recorded, remove_prints
from catalog.models import Collection, Example, Person, Print, PrintImage, Relation, Revision, Technique
from catalog.restoring import restore
from catalog.snapshots import same_content, snapshots

Catalogue = dict[str, Print]
EDIT = Author("edit")
TABLES = (
    "print", "printperson", "print_techniques", "relation", "printimage", "person", "technique",
    "classification", "institution", "example",
)  # fmt: skip


def rows() -> dict[str, list[Any]]:
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT * FROM catalog_{table} ORDER BY id")
            found[table] = cursor.fetchall()
        return found


@pytest.mark.parametrize("name", ["war", "rhino", "unknown"])
def test_removed_print_comes_back_with_everything_that_hung_on_it_and_pointed_to_it(
    catalogue: Catalogue, name: str
) -> None:
    before, pk = rows(), catalogue[name].pk
    kept = snapshots([pk])
    remove_prints([pk])
    assert rows() != before
    restore(catalogue[name].collection, kept)
    assert rows() == before


def test_changed_print_gets_its_links_and_pictures_back(catalogue: Catalogue) -> None:
    before, war = rows(), catalogue["war"]
    kept = snapshots([war.pk])
    war.print_people.all().delete()
    war.techniques.set([Technique.objects.create(name="Lithographie")])
    war.relations.all().delete()
    war.images.update(sha256="0" * 64, path="raw/other.jpg")
    Print.objects.filter(pk=war.pk).update(title="x", hidden=True, institution=None, classification=None)
    restore(war.collection, kept)
    Technique.objects.filter(name="Lithographie").delete()
    assert rows() == before


def test_names_that_were_forgotten_meanwhile_are_made_again(catalogue: Catalogue) -> None:
    before, war = rows(), catalogue["war"]
    kept = snapshots([war.pk])
    remove_prints([war.pk])
    Person.objects.filter(name="Vallotton, Félix").delete()
    Technique.objects.filter(name="Radierung").delete()
    restore(war.collection, kept)
    assert rows() == before


def test_name_that_was_made_anew_meanwhile_is_used(catalogue: Catalogue) -> None:
    war = catalogue["war"]
    kept = snapshots([war.pk])
    remove_prints([war.pk])
    Person.objects.filter(name="Vallotton, Félix").delete()
    new = Person.objects.create(name="Vallotton, Félix", birth_year=1865, death_year=1925)
    restore(war.collection, kept)
    assert war.people.get() == new


def test_print_that_was_not_there_goes(catalogue: Catalogue) -> None:
    restore(catalogue["war"].collection, {catalogue["war"].pk: None})
    assert not Print.objects.filter(pk=catalogue["war"].pk).exists()
    assert not PrintImage.objects.filter(print=catalogue["war"].pk).exists()


def test_pointer_that_was_given_another_target_stays(catalogue: Catalogue) -> None:
    rhino, other = catalogue["rhino"], catalogue["unknown"]
    kept = snapshots([rhino.pk])
    remove_prints([rhino.pk])
    Relation.objects.filter(kind="vorlage").update(target=other)
    Example.objects.update(print=other)
    restore(rhino.collection, kept)
    assert Relation.objects.get(kind="vorlage").target == other


def test_change_is_recorded_with_both_states_and_author(
    catalogue: Catalogue, django_user_model: type[User]
) -> None:
    war, anna = catalogue["war"], django_user_model.objects.create_user("anna")
    with recorded(war.collection, [war.pk, catalogue["rhino"].pk], Author("edit", user=anna)):
        Print.objects.filter(pk=war.pk).update(title="Der Krieg")
    revision = Revision.objects.get()
    assert (revision.kind, revision.record_id, revision.user) == ("changed", "14943", anna)
    assert revision.before
    assert revision.after
    assert (revision.before["title"][:5], revision.after["title"]) == ("C'est", "Der Krieg")


def test_change_that_fails_leaves_neither_change_nor_revision(catalogue: Catalogue) -> None:
    war = catalogue["war"]

    def fail() -> None:
        with recorded(war.collection, [war.pk], EDIT):
            Print.objects.filter(pk=war.pk).update(title="Der Krieg")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not Revision.objects.exists()
    assert Print.objects.get(pk=war.pk).title.startswith("C'est")


def test_import_that_comes_back_to_a_record_goes_on_with_its_revision_unless_somebody_was_there(
    catalogue: Catalogue,
) -> None:
    war, mine = catalogue["war"], Author("import", 7)
    for title, author in (("one", mine), ("two", mine), ("three", EDIT), ("four", mine)):
        with recorded(war.collection, [war.pk], author):
            Print.objects.filter(pk=war.pk).update(title=title)
    found = Revision.objects.order_by("pk").values_list("origin", "before__title", "after__title")
    assert list(found) == [
        ("import", war.title, "two"),
        ("edit", "two", "three"),
        ("import", "three", "four"),
    ]


def test_listeners_hear_of_pictures_before_they_leave_and_after_they_are_written(
    catalogue: Catalogue,
) -> None:
    war = catalogue["war"]
    image, kept, heard = war.images.get(), snapshots([war.pk]), []

    def leave(image_ids: list[int], **_: Any) -> None:
        heard.append(("leave", list(image_ids), PrintImage.objects.filter(pk__in=image_ids).exists()))

    def written(image_ids: list[int], **_: Any) -> None:
        heard.append(("written", list(image_ids), PrintImage.objects.filter(pk__in=image_ids).exists()))

    images_leave.connect(leave)
    images_written.connect(written)
    try:
        remove_prints([war.pk])
        restore(war.collection, kept)
    finally:
        images_leave.disconnect(leave)
        images_written.disconnect(written)
    assert [one for one in heard if one[1]] == [("leave", [image.pk], True), ("written", [image.pk], True)]


def test_links_and_targets_do_not_make_the_content_another(catalogue: Catalogue) -> None:
    war = catalogue["war"]
    before = snapshots([war.pk])[war.pk]
    people = list(war.print_people.values("person_id", "roles", "position"))
    war.print_people.all().delete()
    for one in people:
        war.print_people.create(**one)
    war.relations.update(target=None)
    after = snapshots([war.pk])[war.pk]
    assert before != after
    assert same_content(before, after)


def test_snapshots_cost_the_same_queries_for_any_number(
    catalogue: Catalogue, django_assert_num_queries: Any
) -> None:
    swiss = Collection.objects.get(slug="swiss")
    for number in range(20):
        Print.objects.create(collection=swiss, record_id=f"n{number}")
    ids = list(Print.objects.values_list("pk", flat=True))
    with django_assert_num_queries(7):
        assert len(snapshots(ids)) == len(ids)
