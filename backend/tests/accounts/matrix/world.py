"""A house with a neighbour whom everybody sees, and a subject that not everybody does.

All rows of the subject have numbers chosen beforehand, so that one can ask for them before they exist.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import cv2
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import audit
from accounts.models import ApiToken, Membership
from catalog.models import (
    Classification,
    Collection,
    Example,
    Institution,
    Person,
    Print,
    PrintImage,
    PrintPerson,
    Relation,
    Revision,
    Technique,
)
from catalog.services import refresh_search_text
from catalog.snapshots import snapshots
from core.models import Job
from duplicates.grouping import regroup
from duplicates.models import GroupMember, ImageGroup
from duplicates.services import Compared, FoundPair, store_compared
from imports.models import ColumnMapping, ImportImage, ImportIssue, ImportRecord, ImportRun
from indexing.models import FeatureProblem, KnnModel
from search.models import Evaluation, KeptSearch
from tests.search.engravings import engraving
from tests.search.searching import describe

ROLES = ("anonymous", "viewer", "outsider", "curator", "administrator")
SCENARIOS = ("public", "staff", "private", "hidden")
SLUG, EXAMPLE = "verborgen", "verborgen-photo"
# The subject's; `person` and so on are what only its record has.
IDS = {
    "print_id": 7310001,
    "image_id": 7320001,
    "import_id": 7330001,
    "job_id": 7340001,
    "revision_id": 7350001,
    "group_id": 7360001,
    "model_id": 7370001,
    "token_id": 7380001,
    "search_id": 7430001,
    "person": 7390001,
    "technique": 7400001,
    "institution": 7410001,
    "classification": 7420001,
}
SECOND_PRINT, SECOND_IMAGE = 7310002, 7320002
# What tells of the record. What tells of the collection as well is known where only the record is hidden.
OF_RECORD = [
    *(str(IDS[name]) for name in IDS if name not in ("model_id",)),
    str(SECOND_PRINT),
    str(SECOND_IMAGE),
    "Nachtstück",
    "VERB-1",
    "VERB-2",
    "Niemand, Nemo",
    "Geheimverfahren",
    "Stille Stiftung",
    "Verschlusssache",
    "geheime-tabelle.csv",
    "geheimer-wert",
    "geheime-meldung",
    EXAMPLE,
]
TABLE = b"record_id,Titel\nVERB-1,geheimer-wert\n"
READING = {
    "encoding": "utf-8", "delimiter": ",", "sheet": "", "sheets": [], "rows": 1,
    "header": ["record_id", "Titel"], "samples": {"record_id": ["VERB-1"], "Titel": ["geheimer-wert"]},
}  # fmt: skip
MAPPING = {"record_id": "record_id", "Titel": "title"}
OF_COLLECTION = [SLUG, "Die verborgene Sammlung"]


@dataclass
class World:
    """`scenario` says who sees the subject; `build_subject` brings it."""

    scenario: str
    data_dir: Path
    users: dict[str, User] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    signed_in: dict[str, tuple[APIClient, dict[str, str]]] = field(default_factory=dict)

    def client(self, role: str) -> APIClient:
        """Signed in once: each call is taken back, but for the cookies."""
        if role not in self.signed_in:
            made = APIClient()
            if role != "anonymous":
                made.force_login(self.users[role])
            self.signed_in[role] = made, {name: one.value for name, one in made.cookies.items()}
        client, cookies = self.signed_in[role]
        client.cookies = SimpleCookie(cookies)
        return client

    def sees_collection(self, role: str) -> bool:
        if self.scenario in ("public", "hidden"):
            return True
        if self.scenario == "staff":
            return role != "anonymous"
        return role not in ("anonymous", "outsider")

    def sees_record(self, role: str) -> bool:
        return self.curates(role) if self.scenario == "hidden" else self.sees_collection(role)

    def curates(self, role: str) -> bool:
        return role in ("curator", "administrator")

    def secrets(self, role: str) -> list[str]:
        """What no answer to this role may contain."""
        found = [] if self.sees_record(role) else OF_RECORD
        return found if self.sees_collection(role) else [*found, *OF_COLLECTION]

    def bring_files_back(self) -> None:
        """Files know no rollback."""
        for path, content in self.files.items():
            (self.data_dir / path).parent.mkdir(parents=True, exist_ok=True)
            (self.data_dir / path).write_bytes(content)

    def build_neighbour(self) -> None:
        """Everything that everybody sees, and the users."""
        for role in ("viewer", "outsider", "curator"):
            self.users[role] = User.objects.create_user(role)
        self.users["administrator"] = User.objects.create_superuser("administrator")
        neighbour = Collection.objects.create(slug="neighbour", name="The neighbour")
        _member(neighbour, self.users["outsider"], "curator")
        for seed in (0, 1):
            row = Print.objects.create(collection=neighbour, record_id=f"N{seed}", title=f"Neighbour {seed}")
            self._add_image(row, seed)
        KnnModel.objects.create(
            pk=IDS["model_id"],
            version="v0",
            descriptor="d",
            last_change=0,
            published_change=0,
            count=2,
            active=False,
        )
        Evaluation.objects.create(version="v0", descriptor="d", prints=2, seed=0, figures={})
        ApiToken.objects.create(pk=IDS["token_id"], user=self.users["curator"], name="x", digest="x")
        if self.scenario == "hidden":
            self._add_import(self._add_collection())
        refresh_search_text()
        describe()
        _pair(*PrintImage.objects.order_by("pk"))

    def build_subject(self) -> None:
        """A collection, two records, and whatever refers to them."""
        if self.scenario != "hidden":
            self._add_import(self._add_collection())
        self._add_traces(self._add_record(Collection.objects.get(slug=SLUG)))
        refresh_search_text()
        describe()
        self._add_group()

    def _add_collection(self) -> Collection:
        visibility = "public" if self.scenario == "hidden" else self.scenario
        made = Collection.objects.create(slug=SLUG, name="Die verborgene Sammlung", visibility=visibility)
        for role in ("viewer", "curator"):
            _member(made, self.users[role], role)
        return made

    def _add_record(self, collection: Collection) -> Print:
        known = {
            "institution": Institution.objects.create(pk=IDS["institution"], name="Stille Stiftung"),
            "classification": Classification.objects.create(pk=IDS["classification"], name="Verschlusssache"),
        }
        hidden = self.scenario == "hidden"
        rows = [
            Print.objects.create(
                pk=pk, collection=collection, record_id=f"VERB-{number}", title="Nachtstück",
                year_min=1066, year_max=1066, hidden=hidden, **known,
            )
            for number, pk in enumerate((IDS["print_id"], SECOND_PRINT), start=1)
        ]  # fmt: skip
        row = rows[0]
        row.techniques.add(Technique.objects.create(pk=IDS["technique"], name="Geheimverfahren"))
        person = Person.objects.create(pk=IDS["person"], name="Niemand, Nemo")
        PrintPerson.objects.create(print=row, person=person, roles=["Niemandes Rolle"])
        neighbour = Print.objects.get(record_id="N0")
        Relation.objects.create(print=row, kind="verborgene-art", target_text="N0", target=neighbour)
        self._add_image(row, 5, pk=IDS["image_id"])
        self._add_image(rows[1], 6, pk=SECOND_IMAGE)
        path = PrintImage.objects.get(pk=IDS["image_id"]).path
        Example.objects.create(slug=EXAMPLE, title="Nachtstück", path=path, print=row, collection=collection)
        # What the neighbour says of it is its own; that it is here is not.
        Relation.objects.filter(print=neighbour).update(target=row)
        return row

    def _add_import(self, collection: Collection) -> None:
        """With its job and all its parts, what is remembered of it, and an evaluation of the collection."""
        Evaluation.objects.create(
            version="v0", descriptor="d", prints=9, seed=0, figures={}, collection=collection.slug
        )
        curator = self.users["curator"]
        job = Job.objects.create(
            pk=IDS["job_id"], kind="apply_import", state="failed", message="geheime-meldung",
            requested_by=curator, collection=collection, params={"import": IDS["import_id"]},
        )  # fmt: skip
        run = ImportRun.objects.create(
            pk=IDS["import_id"], collection=collection, state="checked", table_name="geheime-tabelle.csv",
            message="geheime-meldung", created_by=curator, job=job, reading=READING, mapping=MAPPING,
            table_path=self._write(f"processed/imports/{IDS['import_id']}/table.csv", TABLE),
        )  # fmt: skip
        ImportIssue.objects.create(
            run=run, file="geheime-tabelle.csv", row=2, column="date", value="geheimer-wert", code="odd_date",
            reason="geheime-meldung",
        )  # fmt: skip
        ImportRecord.objects.create(
            run=run, position=2, record_id="VERB-1", outcome="changed", print_id=IDS["print_id"],
            record={"title": "Nachtstück"}, difference={"title": ["geheimer-wert", "Nachtstück"]},
        )  # fmt: skip
        ImportImage.objects.create(run=run, record_id="VERB-1", position=0, location="geheimer-wert")
        ColumnMapping.objects.create(collection=collection, columns={"geheimer-wert": "title"})

    def _add_traces(self, row: Print) -> None:
        """What was done to the record, and what is wrong with its picture."""
        curator, collection = self.users["curator"], row.collection
        after = snapshots([row.pk])[row.pk]
        Revision.objects.create(
            pk=IDS["revision_id"], collection=collection, print_id=row.pk, record_id="VERB-1", kind="created",
            origin="edit", user=curator, after=after,
        )  # fmt: skip
        KeptSearch.objects.create(
            id=IDS["search_id"], kind="image", image=IDS["image_id"], owner=curator, key_digest="x",
            filters={"collection": [SLUG]}, expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
        audit.record(curator, "print_changed", collection, "VERB-1", {"title": "geheimer-wert"})
        image = PrintImage.objects.get(pk=IDS["image_id"])
        FeatureProblem.objects.create(
            image=image, descriptor="another", code="odd", reason="geheime-meldung", image_sha256="x"
        )

    def _add_group(self) -> None:
        """The two pictures of the subject."""
        _pair(*PrintImage.objects.filter(print__collection__slug=SLUG).order_by("pk"))
        group = GroupMember.objects.get(image_id=IDS["image_id"]).group
        members = GroupMember.objects.filter(group=group)
        ImageGroup.objects.create(pk=IDS["group_id"])
        members.update(group=IDS["group_id"])
        group.delete()

    def _add_image(self, row: Print, seed: int, pk: int | None = None) -> PrintImage:
        content = bytes(cv2.imencode(".png", engraving(seed))[1])
        path = self._write(f"processed/scans/{seed}.png", content)
        checksum = hashlib.sha256(content).hexdigest()
        return PrintImage.objects.create(
            pk=pk, print=row, path=path, sha256=checksum, width=520, height=400, format="PNG"
        )

    def _write(self, path: str, content: bytes) -> str:
        """The path again."""
        self.files[path] = content
        self.bring_files_back()
        return path


def _pair(first: PrintImage, second: PrintImage) -> None:
    """They seem to show the same image."""
    store_compared([Compared(first.pk, "codec", "x", [FoundPair(second.pk, 40, 0.8, False)])])
    regroup()


def _member(collection: Collection, user: User, role: str) -> None:
    Membership.objects.create(collection=collection, user=user, role=role)
