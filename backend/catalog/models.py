"""The catalogue: prints, their pictures, and what is known about them.

`PrintImage.path` and `Example.path` are relative to RECTO_DATA_DIR, with forward slashes. Whoever writes
prints, people or techniques calls `catalog.services.refresh_search_text` in the same transaction.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.text import slugify

from catalog.shown import ShownModel

LONGEST_SLUG = 100  # of a collection


class Institution(models.Model):
    name = models.CharField(max_length=300)
    isil = models.CharField("ISIL", max_length=60, blank=True, default="")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name", "isil"], name="unique_institution")]

    def __str__(self) -> str:
        return self.name


class Collection(models.Model):
    class Visibility(models.TextChoices):
        PUBLIC = "public"  # everybody
        STAFF = "staff"  # everybody who has signed in
        PRIVATE = "private"  # its members and the administrators

    slug = models.SlugField(max_length=LONGEST_SLUG, unique=True)
    name = models.CharField(max_length=300)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def slug_of(folder_name: str) -> str:
        """The short name by which a folder knows its collection; "" where none can be made of its name."""
        return slugify(folder_name)[:LONGEST_SLUG]


class Classification(models.Model):
    name = models.CharField(max_length=300, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Technique(models.Model):
    name = models.CharField(max_length=300, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    name = models.CharField(max_length=300)
    birth_year = models.IntegerField(null=True, blank=True)
    death_year = models.IntegerField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            # Two persons of one name differ by their dates; a missing date is a value, too.
            models.UniqueConstraint(
                F("name"),
                Coalesce("birth_year", Value(0)),
                Coalesce("death_year", Value(0)),
                name="unique_person",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Print(ShownModel):
    shown_by = frozenset({"hidden", "collection"})
    shown_when_new = False  # it has no picture yet

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="prints")
    record_id = models.CharField(max_length=200)
    inventory_number = models.CharField(max_length=200, blank=True, default="", db_index=True)
    title = models.TextField(blank=True, default="")
    date_text = models.CharField(max_length=500, blank=True, default="")
    year_min = models.IntegerField(null=True, blank=True, db_index=True)
    year_max = models.IntegerField(null=True, blank=True, db_index=True)
    classification = models.ForeignKey(
        Classification, null=True, blank=True, on_delete=models.SET_NULL, related_name="prints"
    )
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.SET_NULL, related_name="prints"
    )
    techniques = models.ManyToManyField(Technique, blank=True, related_name="prints")
    people = models.ManyToManyField(Person, through="PrintPerson", related_name="prints")
    record_url = models.TextField(blank=True, default="")
    licence = models.CharField(max_length=500, blank=True, default="")
    # Columns of the import that have no field here, by their names.
    extra = models.JSONField(default=dict, blank=True)
    # A hidden print is shown to the curators of its collection alone.
    hidden = models.BooleanField(default=False)
    # What the text search reads, as `catalog.search_text` says; empty where it has to be written anew.
    search_text = models.TextField(blank=True, default="", editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["collection", "record_id"], name="unique_record")]
        # Every request asks whether there are any; mostly there are none, and the index is empty.
        indexes = [models.Index(fields=["collection"], condition=models.Q(hidden=True), name="hidden_prints")]

    def __str__(self) -> str:
        return f"{self.inventory_number or self.record_id}: {self.title}"


class PrintPerson(models.Model):
    print = models.ForeignKey(Print, on_delete=models.CASCADE, related_name="print_people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="print_people")
    roles = models.JSONField(default=list, blank=True)  # a list of strings
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["print", "person"], name="unique_print_person")]


class Relation(models.Model):
    """What one record says about another: `target_text` as written, `target` once it is found here."""

    print = models.ForeignKey(Print, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=100, db_index=True)
    target_text = models.CharField(max_length=500)
    target = models.ForeignKey(
        Print, null=True, blank=True, on_delete=models.SET_NULL, related_name="relations_from"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["print", "kind", "target_text"], name="unique_relation")
        ]


def picture_version(sha256: str) -> str:
    """Changes when the picture does; part of its addresses."""
    return sha256[:12]


class PrintImage(ShownModel):
    """One picture of a print. Width and height are those of the upright picture, in pixels."""

    shown_by = frozenset({"print"})
    shown_when_new = True

    print = models.ForeignKey(Print, on_delete=models.CASCADE, related_name="images")
    path = models.CharField(max_length=1000)
    # What its source called it (a file name, an address): a picture of that name and other bytes replaces it.
    name = models.CharField(max_length=1000, blank=True, default="")
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    format = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["print", "path"], name="unique_print_path")]

    def __str__(self) -> str:
        return self.path

    @property
    def version(self) -> str:
        return picture_version(self.sha256)


class Revision(models.Model):
    """What one change did to one record: its snapshots before and after, null where there was or is none."""

    class Kind(models.TextChoices):
        CREATED = "created"
        CHANGED = "changed"
        REMOVED = "removed"

    class Origin(models.TextChoices):
        IMPORT = "import"
        EDIT = "edit"
        UNDO = "undo"

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="revisions")
    # The id of a print that may be gone by now, and that it gets back when the change is undone.
    print_id = models.PositiveBigIntegerField()
    record_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    origin_id = models.PositiveBigIntegerField(null=True, blank=True)  # of the import
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["print_id", "id"], name="revision_by_print"),
            models.Index(fields=["origin", "origin_id", "id"], name="revision_by_origin"),
            models.Index(fields=["collection", "record_id", "id"], name="revision_by_record"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"


class Example(models.Model):
    """A photograph to try a search with, and the print it shows where that is known.

    It is shown to whom its collection is; one without a collection to everybody.
    """

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=300)
    path = models.CharField(max_length=1000)
    print = models.ForeignKey(Print, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    collection = models.ForeignKey(
        Collection, null=True, blank=True, on_delete=models.CASCADE, related_name="examples"
    )
    # Then it is shown to nobody until the print is back: it shows the very print that is to be seen no more.
    print_removed = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
