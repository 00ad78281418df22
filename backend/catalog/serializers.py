"""The catalogue's JSON: filters in, prints and pictures out. Searches answer with the same objects."""

from dataclasses import fields
from functools import lru_cache
from typing import Any

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.found import FoundImage, FoundPrint
from catalog.licences import licence_url
from catalog.models import Example, Print, PrintImage
from catalog.queries import ORDERS, PrintFilters
from catalog.years import EARLIEST_YEAR, LATEST_YEAR
from core.rendering import RenderingSerializer

# Ids are 64-bit numbers; a larger one would be an error of the database.
LARGEST_ID = 2**63 - 1
NAMES = ("collection", "relation")


def _ids(help_text: str) -> serializers.ListField:
    child = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    return serializers.ListField(child=child, required=False, max_length=100, help_text=help_text)


# No database finds a text with a NUL character in it.
NO_NUL = r"^[^\x00]*$"


@extend_schema_field({"type": "string", "maxLength": 100, "pattern": NO_NUL})
class NameField(serializers.CharField):
    """A slug or a name to filter by. Forms send an empty one for "any"."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=100, allow_blank=True, **options)


@extend_schema_field({"type": "string", "maxLength": 200, "pattern": NO_NUL})
class WordsField(serializers.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=200, allow_blank=True, required=False, **options)


def _names(help_text: str) -> serializers.ListField:
    child = NameField()
    return serializers.ListField(child=child, required=False, max_length=100, help_text=help_text)


class PrintFiltersSerializer(serializers.Serializer[PrintFilters]):
    """The filters of a request; `filters()` gives them as PrintFilters once `is_valid` has been called."""

    collection = _names("Slugs of collections. Values of one filter are alternatives.")
    institution = _ids("Ids of institutions.")
    classification = _ids("Ids of classifications.")
    technique = _ids("Ids of techniques.")
    relation = _names("Kinds of relation, such as `dublette`.")
    person = _ids("Ids of people.")
    year_from = serializers.IntegerField(required=False, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)
    year_to = serializers.IntegerField(required=False, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)
    include_undated = serializers.BooleanField(
        required=False, default=False, help_text="Keep prints without a date when years are given."
    )
    q = WordsField(
        help_text="Words that must all occur in title, people, inventory number, date, technique ...; "
        '"in quotes", they must stand side by side.'
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Years given the wrong way round are exchanged: what is meant is clear."""
        first, last = attrs.get("year_from"), attrs.get("year_to")
        if first is not None and last is not None and first > last:
            attrs |= {"year_from": last, "year_to": first}
        names = {name: [value for value in attrs[name] if value] for name in NAMES if name in attrs}
        return attrs | names

    def filters(self) -> PrintFilters:
        given = self.validated_data
        return PrintFilters(
            **{one.name: given[one.name] for one in fields(PrintFilters) if one.name in given}
        )


class PrintListQuerySerializer(PrintFiltersSerializer):
    order = serializers.ChoiceField(
        required=False,
        allow_blank=True,
        default="",
        choices=[*ORDERS, *(f"-{name}" for name in ORDERS)],
        help_text="What the list is ordered by; with a minus, the other way round. "
        "Without it, what fits `q` best comes first.",
    )


class RandomPrintQuerySerializer(PrintFiltersSerializer):
    other_than = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST_ID, help_text="Not this print again."
    )


class RandomPrintSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()


@lru_cache(maxsize=20_000)
def _media_path(image_id: int, kind: str) -> str:
    """Fifty of these make up an answer, and Django builds each from patterns."""
    return reverse("image-media", kwargs={"image_id": image_id, "kind": kind})


class ImageSerializer(RenderingSerializer[PrintImage]):
    id = serializers.IntegerField()
    thumbnail_url = serializers.SerializerMethodField()
    image_url = serializers.SerializerMethodField()
    width = serializers.IntegerField(help_text="Pixels of the original, upright.")
    height = serializers.IntegerField()

    def get_thumbnail_url(self, image: PrintImage | FoundImage) -> str:
        return self._url(image, "thumbnail")

    def get_image_url(self, image: PrintImage | FoundImage) -> str:
        return self._url(image, "display")

    def _url(self, image: PrintImage | FoundImage, kind: str) -> str:
        return f"{_media_path(image.pk, kind)}?v={image.version}"


# One for all rows, of which it keeps nothing: to make one costs as much as to render ten.
_IMAGES = ImageSerializer()


class PrintPersonSerializer(RenderingSerializer[Any]):
    id = serializers.IntegerField(source="person.id")
    name = serializers.CharField(source="person.name")
    birth_year = serializers.IntegerField(source="person.birth_year", allow_null=True)
    death_year = serializers.IntegerField(source="person.death_year", allow_null=True)
    roles = serializers.ListField(child=serializers.CharField())


class PrintSerializer(RenderingSerializer[Print]):
    """A print as DESIGN §5 has it. A text that is not known is empty, a year that is not known is null.

    The print must have been fetched with `queries.named_with` or by `prints_for_images`.
    """

    id = serializers.IntegerField()
    record_id = serializers.CharField()
    inventory_number = serializers.CharField()
    title = serializers.CharField()
    people = PrintPersonSerializer(source="named_people", many=True)
    date = serializers.CharField(source="date_text")
    year_min = serializers.IntegerField(allow_null=True)
    year_max = serializers.IntegerField(allow_null=True)
    classification = serializers.CharField(source="classification.name", default="", read_only=True)
    techniques = serializers.SerializerMethodField()
    institution = serializers.CharField(source="institution.name", default="", read_only=True)
    collection = serializers.CharField(source="collection.slug")
    collection_name = serializers.CharField(source="collection.name")
    record_url = serializers.CharField()
    licence = serializers.CharField()

    def get_techniques(self, row: Print | FoundPrint) -> list[str]:
        return [technique.name for technique in row.named_techniques]  # type: ignore[union-attr]


class PrintListItemSerializer(PrintSerializer):
    image = serializers.SerializerMethodField()

    @extend_schema_field(ImageSerializer(allow_null=True))
    def get_image(self, row: Print) -> dict[str, Any] | None:
        # all(), not first(): the pictures have been fetched with the page.
        first = next(iter(row.images.all()), None)
        return _IMAGES.to_representation(first) if first else None


class RelationSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    text = serializers.CharField(source="target_text", help_text="The other record, as it was written.")
    print_id = serializers.SerializerMethodField(help_text="Where it is here.")

    def get_print_id(self, relation: Any) -> int | None:
        return relation.target_id if relation.shows_target else None


class PrintDetailSerializer(PrintSerializer):
    institution_isil = serializers.CharField(source="institution.isil", default="", read_only=True)
    images = ImageSerializer(many=True)
    relations = RelationSerializer(many=True)
    licence_url = serializers.SerializerMethodField(help_text="Of a licence that has an address; else empty.")
    hidden = serializers.BooleanField(help_text="Shown to the curators of its collection alone.")
    extra = serializers.SerializerMethodField(help_text="Further columns of the record, by their names.")

    def get_licence_url(self, row: Print) -> str:
        return licence_url(row.licence)

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_extra(self, row: Print) -> dict[str, Any]:
        return dict(row.extra)


class ExampleSerializer(serializers.Serializer[Example]):
    slug = serializers.CharField(help_text="Search with it: `example=<slug>`.")
    title = serializers.CharField()
    thumbnail_url = serializers.SerializerMethodField()
    image_url = serializers.SerializerMethodField()
    print_id = serializers.IntegerField(allow_null=True, help_text="The print it shows, where that is known.")

    def get_thumbnail_url(self, example: Example) -> str:
        return reverse("example-media", kwargs={"slug": example.slug, "kind": "thumbnail"})

    def get_image_url(self, example: Example) -> str:
        return reverse("example-media", kwargs={"slug": example.slug, "kind": "display"})
