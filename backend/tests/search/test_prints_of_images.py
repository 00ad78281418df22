"""The prints of the images of one search."""

from pytest_django import DjangoAssertNumQueries

from search.queries import PrintsOfImages
from tests.indexing.fixtures import MakePrint


def test_each_is_read_once_and_what_is_wanted_soon_is_read_along(
    make_print: MakePrint, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, second = make_print(1, 2), make_print(3)
    (a, b), (c,) = (list(one.images.values_list("pk", flat=True)) for one in (first, second))
    known = PrintsOfImages()
    with django_assert_num_queries(1):
        assert known.of([a, b], soon=[c]) == {a: first.pk, b: first.pk}
        assert known.of([c, a]) == {c: second.pk, a: first.pk}
    with django_assert_num_queries(0):
        assert known.of([]) == {}


def test_one_that_is_not_there_is_left_out(make_print: MakePrint) -> None:
    there = make_print(1)
    image_id = there.images.get().pk
    assert PrintsOfImages().of([image_id, 999_999]) == {image_id: there.pk}
