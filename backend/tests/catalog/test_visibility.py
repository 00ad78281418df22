"""What the catalogue answers of collections that are not for everybody, and of hidden prints."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import AnonymousUser, User
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from accounts.models import Membership
from accounts.rights import audience_of_user
from catalog import queries
from catalog.audience import EVERYTHING, Audience
from catalog.history import remove_prints
from catalog.models import Collection, Example, Person, Print, PrintImage, PrintPerson, Relation
from catalog.queries import PrintFilters
from catalog.services import refresh_search_text
from tests.catalog.conftest import add_image

Catalogue = dict[str, Print]
FACETS = "/api/v1/facets/"


@pytest.fixture
def secret(catalogue: Catalogue, data_dir: Path) -> Print:
    """The one print of a private collection, of a person that no other has, with a picture and an example."""
    vault = Collection.objects.create(slug="vault", name="The vault", visibility="private")
    row = Print.objects.create(
        collection=vault,
        record_id="V9",
        title="Verborgen",
        inventory_number="V 9",
        year_min=1066,
        year_max=1066,
    )
    person = Person.objects.create(name="Niemand, Nemo")
    PrintPerson.objects.create(print=row, person=person, roles=[])
    add_image(row, data_dir, name="secret.jpg")
    Relation.objects.create(print=catalogue["war"], kind="copy", target_text="V 9", target=row)
    refresh_search_text()
    Example.objects.create(slug="vault-photo", title="In the vault", path="raw/secret.jpg", collection=vault)
    return row


@pytest.fixture
def member(secret: Print) -> APIClient:
    """A viewer of the private collection."""
    user = User.objects.create_user("member")
    Membership.objects.create(user=user, collection=secret.collection, role="viewer")
    client = APIClient()
    client.force_login(user)
    return client


def get(api: APIClient, path: str, **query: Any) -> Any:
    return api.get(f"/api/v1/{path}", query).json()


def test_visitors_do_not_find_it_by_list_id_or_picture(api: APIClient, secret: Print) -> None:
    image = secret.images.get()
    assert get(api, "prints/")["count"] == 3
    assert get(api, "prints/", q="verborgen")["count"] == 0
    assert get(api, "prints/", collection="vault")["count"] == 0
    assert api.get(f"/api/v1/prints/{secret.pk}/").status_code == 404
    for kind in ("thumbnail", "display"):
        assert api.get(f"/media/images/{image.pk}/{kind}/?v={image.version}").status_code == 404
        assert api.get(f"/media/examples/vault-photo/{kind}/").status_code == 404
    assert "vault" not in str(get(api, "examples/")) + str(get(api, "collections/"))


def test_a_missing_print_and_one_that_may_not_be_seen_have_the_same_answer(
    api: APIClient, secret: Print
) -> None:
    unseen = get(api, f"prints/{secret.pk}/")["error"]["message"]
    missing = get(api, f"prints/{secret.pk + 1000}/")["error"]["message"]
    assert unseen.replace(str(secret.pk), "N") == missing.replace(str(secret.pk + 1000), "N")


def test_members_find_it_everywhere(member: APIClient, secret: Print) -> None:
    image = secret.images.get()
    assert get(member, "prints/", q="verborgen")["count"] == 1
    assert get(member, f"prints/{secret.pk}/")["title"] == "Verborgen"
    assert get(member, "facets/")["years"]["first"] == 1066
    assert member.get(f"/media/images/{image.pk}/thumbnail/?v={image.version}").status_code == 200
    assert [row["slug"] for row in get(member, "examples/")] == ["war-on-a-table", "vault-photo"]


def test_facets_count_and_name_nothing_of_it(api: APIClient, secret: Print) -> None:
    body = get(api, "facets/")
    assert body["total"] == 3
    assert {option["value"] for option in body["collection"]} == {"old", "swiss"}
    assert body["years"]["first"] == 1515
    assert "Niemand" not in str(body)


@pytest.mark.parametrize("others", [{}, {"year_from": 1900}])
def test_facets_do_not_name_what_was_guessed(
    api: APIClient, member: APIClient, secret: Print, others: dict[str, int]
) -> None:
    person = Person.objects.get(name="Niemand, Nemo")
    chosen = {"person": person.pk, "collection": "vault", **others}
    body = get(api, "facets/", **chosen)
    assert "Niemand" not in str(body)
    assert "vault" not in str(body)
    seen = get(member, "facets/", **chosen)
    assert "Niemand" in str(seen)
    assert "The vault" in str(seen)


def test_facets_do_not_name_whom_only_a_removed_record_named(api: APIClient, catalogue: Catalogue) -> None:
    donor = Person.objects.create(name="Niemand, Nemo")
    PrintPerson.objects.create(print=catalogue["war"], person=donor, roles=["donor"])
    assert "Niemand" in str(get(api, "facets/", person=donor.pk, year_from=2000))
    remove_prints([catalogue["war"].pk])
    assert "Niemand" not in str(get(api, "facets/", person=donor.pk))


def test_a_chosen_option_that_is_seen_keeps_its_name_at_zero(
    api: APIClient, catalogue: Catalogue, secret: Print
) -> None:
    dürer = Person.objects.get(name="Dürer, Albrecht")
    options = get(api, "facets/", person=dürer.pk, year_from=1900)["person"]
    assert {"value": dürer.pk, "label": "Dürer, Albrecht", "count": 0} in options


def test_a_relation_to_it_is_only_the_words_of_the_other_record(
    api: APIClient, member: APIClient, catalogue: Catalogue, secret: Print
) -> None:
    def targets(client: APIClient) -> dict[str, int | None]:
        relations = get(client, f"prints/{catalogue['war'].pk}/")["relations"]
        return {row["text"]: row["print_id"] for row in relations}

    assert targets(api) == {"1916.0047.2": None, "D 123": catalogue["rhino"].pk, "V 9": None}
    assert targets(member)["V 9"] == secret.pk


def test_pictures_of_it_are_kept_by_no_cache(member: APIClient, api: APIClient, secret: Print) -> None:
    image = secret.images.get()
    private = member.get(f"/media/images/{image.pk}/thumbnail/?v={image.version}")
    assert private["Cache-Control"] == "private, no-store"
    example = member.get("/media/examples/vault-photo/thumbnail/")
    assert example["Cache-Control"] == "private, no-store"
    public = PrintImage.objects.exclude(pk=image.pk)[0]
    address = f"/media/images/{public.pk}/thumbnail/?v={public.version}"
    assert member.get(address)["Cache-Control"] == api.get(address)["Cache-Control"]
    assert "public" in api.get(address)["Cache-Control"]


def test_a_hidden_print_is_gone_with_its_example_for_all_but_its_curators(
    api: APIClient, catalogue: Catalogue
) -> None:
    Print.objects.filter(pk=catalogue["war"].pk).update(hidden=True)
    image = catalogue["war"].images.get()
    assert get(api, "prints/")["count"] == get(api, "facets/")["total"] == 2
    assert api.get(f"/media/images/{image.pk}/thumbnail/").status_code == 404
    assert get(api, "examples/") == []
    curator = User.objects.create_user("curator")
    Membership.objects.create(user=curator, collection=catalogue["war"].collection, role="curator")
    api.force_login(curator)
    assert get(api, "prints/")["count"] == 3
    shown = api.get(f"/media/images/{image.pk}/thumbnail/?v={image.version}")
    assert (shown.status_code, shown["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.parametrize("hidden", [True, False])
def test_the_example_of_a_removed_print_is_shown_to_nobody_until_it_is_back(
    api: APIClient, catalogue: Catalogue, hidden: bool
) -> None:
    war = catalogue["war"]
    Print.objects.filter(pk=war.pk).update(hidden=hidden)
    administrator, address = APIClient(), f"/api/v1/prints/{war.pk}/"
    administrator.force_login(User.objects.create_superuser("administrator"))
    assert administrator.delete(address).status_code == 204
    assert get(api, "examples/") == get(administrator, "examples/") == []
    assert api.get("/media/examples/war-on-a-table/thumbnail/").status_code == 404
    removed = get(administrator, f"prints/{war.pk}/history/")["results"][0]["id"]
    administrator.post(f"{address}history/{removed}/restore/", {"before": True})
    assert len(get(api, "examples/")) == (0 if hidden else 1)
    assert len(get(administrator, "examples/")) == 1


@pytest.mark.parametrize("visible", [None, frozenset(), "first", "all"])
@pytest.mark.parametrize("curated", [None, frozenset(), "first"])
def test_conditions_are_what_a_loop_over_all_prints_says(
    secret: Print, catalogue: Catalogue, visible: Any, curated: Any
) -> None:
    ids = sorted(Collection.objects.values_list("pk", flat=True))
    sets = {"first": frozenset(ids[:1]), "all": frozenset(ids)}
    audience = Audience(sets.get(visible, visible), sets.get(curated, curated))
    Print.objects.filter(record_id__in=["D1", "14943"]).update(hidden=True)
    expected = {
        row.pk
        for row in Print.objects.all()
        if audience.sees(row.collection_id) and (not row.hidden or audience.curates(row.collection_id))
    }
    assert set(Print.objects.filter(audience.conditions()).values_list("pk", flat=True)) == expected
    assert queries.print_count(PrintFilters(), audience=audience) == len(expected)
    images = sorted(PrintImage.objects.filter(print__in=expected).values_list("pk", flat=True))
    found = queries.image_ids_for(PrintFilters(), audience=audience)
    assert (PrintImage.objects.count() if found is None else len(found)) == len(images)
    assert found is None or np.array_equal(found, images)


def test_visitors_of_a_public_house_pay_one_query_and_no_list_of_ids(
    catalogue: Catalogue, django_assert_num_queries: DjangoAssertNumQueries, api: APIClient
) -> None:
    with django_assert_num_queries(1):
        audience = audience_of_user(AnonymousUser())
    assert audience.unrestricted
    assert queries.image_ids_for(PrintFilters(), audience=audience) is None
    assert queries.image_ids_for(PrintFilters(), audience=EVERYTHING) is None
