"""The JSON of single records as curators write them, and of their history."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.years import EARLIEST_YEAR, LATEST_YEAR
from imports.cell_texts import COORDINATES
from imports.dates import YearRange, years_of
from imports.institutions import InstitutionEntry
from imports.issues import storable
from imports.people import MOST, PersonEntry
from imports.queries import kept_lengths
from imports.records import LONGEST_CELL, degrees_in
from imports.relations import UNDEFINED, RelationEntry

_LENGTHS = kept_lengths()
MOST_EXTRA = 200
LONGEST_NAME = 200  # characters of the name of a further field
Extra = dict[str, Any]


def _storable(text: str) -> None:
    if storable(text) != text:
        raise serializers.ValidationError("There is a sign in it that cannot be kept.")


def _text(longest: int, **options: Any) -> serializers.CharField:
    options = {"allow_blank": True, "required": False, **options}
    return serializers.CharField(max_length=longest, validators=[_storable], **options)


def _year(**options: Any) -> serializers.IntegerField:
    options = {"required": False, "allow_null": True, **options}
    return serializers.IntegerField(min_value=EARLIEST_YEAR, max_value=LATEST_YEAR, **options)


class PersonWriteSerializer(serializers.Serializer[Any]):
    """A person and what he or she did for the print."""

    name = _text(_LENGTHS.person, allow_blank=False, required=True)
    birth_year = _year()
    death_year = _year()
    roles = serializers.ListField(child=_text(200, allow_blank=False), required=False, max_length=20)


class RelationWriteSerializer(serializers.Serializer[Any]):
    """Another record, by its inventory number or record id, and what it is to this one."""

    kind = _text(_LENGTHS.relation_kind)
    text = _text(_LENGTHS.relation_target, allow_blank=False, required=True)


class PrintChangeSerializer(serializers.Serializer[Any]):
    """What is to be different; fields that are not sent stay as they are.

    Years are read out of the date unless they are given. `values()` are attributes of `records.Record`.
    """

    inventory_number = _text(_LENGTHS.inventory_number)
    title = _text(LONGEST_CELL)
    date = _text(_LENGTHS.date)
    year_min = _year(help_text="Read out of `date` unless given.")
    year_max = _year(help_text="Read out of `date` unless given.")
    people = PersonWriteSerializer(many=True, required=False)
    classification = _text(_LENGTHS.classification)
    techniques = serializers.ListField(
        child=_text(_LENGTHS.technique, allow_blank=False), required=False, max_length=100
    )
    institution = _text(_LENGTHS.institution)
    institution_isil = _text(_LENGTHS.isil, help_text="With `institution`.")
    relations = RelationWriteSerializer(many=True, required=False)
    record_url = serializers.URLField(max_length=LONGEST_CELL, allow_blank=True, required=False)
    licence = _text(_LENGTHS.image_licence)
    extra = serializers.DictField(
        child=serializers.JSONField(), required=False, help_text="All further columns, by their names."
    )
    hidden = serializers.BooleanField(required=False, help_text="Shown to curators of the collection alone.")

    def validate_record_url(self, value: str) -> str:
        """It becomes a link on the page."""
        if value and not value.lower().startswith(("http://", "https://")):
            raise serializers.ValidationError("An address must begin with https:// or http://.")
        return value

    def validate_people(self, value: list[Extra]) -> list[Extra]:
        if len(value) > MOST:
            raise serializers.ValidationError(f"At most {MOST} people.")
        return value

    def validate_extra(self, value: Extra) -> Extra:
        """Texts, numbers and nothing that is nested; what is empty is not there, as in a table."""
        if len(value) > MOST_EXTRA:
            raise serializers.ValidationError(f"At most {MOST_EXTRA} further columns.")
        kept: Extra = {}
        for name, cell in ((name.strip(), cell) for name, cell in value.items() if cell not in (None, "")):
            _require_name(name, kept)
            kept[name] = _extra_value(name, cell)
        return kept

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        first, last = attrs.get("year_min"), attrs.get("year_max")
        if first is not None and last is not None and first > last:
            raise serializers.ValidationError({"year_max": "The last year is before the first."})
        if attrs.get("institution_isil") and "institution" not in attrs:
            raise serializers.ValidationError({"institution": "Send it along with its ISIL."})
        return attrs

    def values(self) -> dict[str, Any]:
        sent: Mapping[str, Any] = self.validated_data
        same = ("inventory_number", "title", "classification", "record_url", "licence", "extra")
        found = {name: sent[name] for name in same if name in sent}
        found |= _dates(sent)
        if "techniques" in sent:
            found["techniques"] = tuple(dict.fromkeys(sent["techniques"]))
        if "institution" in sent:
            found["institution"] = _institution(sent["institution"], sent.get("institution_isil", ""))
        if "people" in sent:
            found["people"] = _people(sent["people"])
        if "relations" in sent:
            pairs = ((one.get("kind") or UNDEFINED, one["text"]) for one in sent["relations"])
            found["relations"] = tuple(dict.fromkeys(RelationEntry(*pair) for pair in pairs))
        return found


def _require_name(name: str, others: Extra) -> None:
    if not name:
        raise serializers.ValidationError("A further field needs a name.")
    if len(name) > LONGEST_NAME:
        raise serializers.ValidationError(
            f"The name of a further field has at most {LONGEST_NAME} characters."
        )
    if name in others:
        raise serializers.ValidationError({name: "Two further fields have this name."})
    _storable(name)


def _extra_value(name: str, cell: Any) -> str | int | float:
    if not isinstance(cell, str | int | float):
        raise serializers.ValidationError({name: "A text or a number."})
    if isinstance(cell, str):
        _storable(cell)
    if len(str(cell)) > LONGEST_CELL:
        raise serializers.ValidationError({name: f"At most {LONGEST_CELL} characters."})
    if name not in COORDINATES:
        return cell
    degrees, limit = degrees_in(name, str(cell))
    if degrees is None:
        raise serializers.ValidationError({name: f"A number of degrees from -{limit:g} to {limit:g}."})
    return degrees


def _dates(sent: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "date" in sent:
        found = {"date_text": sent["date"], "years": years_of(sent["date"])}
    if "year_min" in sent or "year_max" in sent:
        first, last = sent.get("year_min"), sent.get("year_max")
        known = [year for year in (first, last) if year is not None]
        found["years"] = YearRange(known[0], known[-1]) if known else None
    return found


def _institution(name: str, isil: str) -> InstitutionEntry | None:
    return InstitutionEntry(name, isil) if name else None


def _people(sent: list[dict[str, Any]]) -> tuple[PersonEntry, ...]:
    """Each once: of one named twice the first counts."""
    found: dict[tuple[str, int | None, int | None], PersonEntry] = {}
    for one in sent:
        key = (one["name"], one.get("birth_year"), one.get("death_year"))
        found.setdefault(key, PersonEntry(*key, tuple(dict.fromkeys(one.get("roles", ())))))
    return tuple(found.values())


class PrintCreateSerializer(PrintChangeSerializer):
    """A new record."""

    collection = serializers.SlugField(help_text="The slug of the collection.")
    record_id = _text(_LENGTHS.record_id, allow_blank=False, required=True)


class DateQuerySerializer(serializers.Serializer[Any]):
    text = _text(_LENGTHS.date, default="", help_text="As it stands in `date`.")


class DateReadingSerializer(serializers.Serializer[Any]):
    """What is understood of a date's text."""

    year_min = serializers.IntegerField(source="first", allow_null=True, default=None)
    year_max = serializers.IntegerField(source="last", allow_null=True, default=None)


class ImageFileSerializer(serializers.Serializer[Any]):
    """A scan."""

    image = serializers.FileField()


class HistoryEntrySerializer(serializers.Serializer[Any]):
    """One change of a record."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(choices=("created", "changed", "removed"))
    origin = serializers.ChoiceField(choices=("import", "edit", "undo"))
    import_id = serializers.IntegerField(allow_null=True)
    changes = serializers.SerializerMethodField(help_text="Field -> before and after, as a table has it.")
    pictures_added = serializers.IntegerField()
    pictures_removed = serializers.IntegerField()
    pictures_replaced = serializers.IntegerField()

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_changes(self, entry: Any) -> dict[str, list[str]]:
        return dict(entry.changes)


class RestoreSerializer(serializers.Serializer[Any]):
    before = serializers.BooleanField(default=False, help_text="What the record was before that change.")
