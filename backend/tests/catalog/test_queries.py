"""What searches ask the catalogue."""

from typing import Any

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.serializers import Serializer

from catalog import queries
from catalog.audience import EVERYTHING
from catalog.models import Print, PrintImage
from catalog.queries import PrintFilters
from catalog.serializers import ImageSerializer, PrintListItemSerializer, PrintSerializer

Catalogue = dict[str, Print]


def test_image_ids_are_none_without_a_filter(catalogue: Catalogue) -> None:
    assert queries.image_ids_for(PrintFilters(), audience=EVERYTHING) is None
    assert queries.image_ids_for(PrintFilters(include_undated=True), audience=EVERYTHING) is None


def test_image_ids_of_filtered_prints_are_sorted_int64(catalogue: Catalogue) -> None:
    found = queries.image_ids_for(PrintFilters(year_from=1500), audience=EVERYTHING)
    expected = sorted(PrintImage.objects.values_list("pk", flat=True))
    assert found is not None
    assert found.dtype == np.int64
    assert found.tolist() == expected


def test_image_ids_under_a_filter_that_nothing_passes_are_empty(catalogue: Catalogue) -> None:
    found = queries.image_ids_for(PrintFilters(q="no such word"), audience=EVERYTHING)
    assert found is not None
    assert found.shape == (0,)


def json_of(serializer: type[Serializer[Any]], row: Any) -> dict[str, Any]:
    return serializer(row).data


@pytest.mark.parametrize("turned", [False, True])
def test_prints_for_images_keep_the_order_and_leave_out_the_deleted(
    catalogue: Catalogue, turned: bool
) -> None:
    ids = list(PrintImage.objects.values_list("pk", flat=True))
    if turned:
        ids.reverse()
    found = queries.prints_for_images([ids[0], 10**9, ids[1]])
    assert [image.pk for image in found] == ids


def test_prints_for_images_cost_three_queries_with_their_json(
    catalogue: Catalogue, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ids = np.array(list(PrintImage.objects.values_list("pk", flat=True)), dtype=np.int64)
    with django_assert_num_queries(3):
        found = [json_of(PrintSerializer, image.print) for image in queries.prints_for_images(list(ids))]
    assert [row["record_id"] for row in found] == ["14943", "D1"]


def test_json_of_a_found_print_is_that_of_its_record(catalogue: Catalogue) -> None:
    """One print has everything, the other lacks what can be lacking."""
    prints = {row.pk: row for row in queries.prints_page(PrintFilters(), audience=EVERYTHING)}
    images = {row.pk: row for row in PrintImage.objects.all()}
    found = queries.prints_for_images(list(images))
    assert len(found) == 2
    for one in found:
        assert json_of(PrintSerializer, one.print) == json_of(PrintSerializer, prints[one.print.id])
        assert json_of(ImageSerializer, one) == json_of(ImageSerializer, images[one.pk])


def test_json_of_a_print_is_what_the_rest_framework_makes_of_it(catalogue: Catalogue) -> None:
    """`RenderingSerializer` is only faster; one print has everything, the other lacks what can be lacking."""
    shown = PrintListItemSerializer()
    for row in queries.prints_page(PrintFilters(), audience=EVERYTHING):
        slowly = Serializer.to_representation(shown, row)
        assert shown.to_representation(row) == slowly
        assert list(shown.to_representation(row)) == list(slowly)
