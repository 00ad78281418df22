"""Every write of the API as it succeeds, for the test of the audit trail: a new one needs a line here.

Each is made ready first: the matrix asks only who may call it, here it has to do something.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import ApiToken
from core.models import Job
from imports.models import ImportImage, ImportRecord, ImportRun
from indexing.models import KnnModel
from indexing.services import publish_knn_model
from tests.accounts.matrix.expectations import EXPECTED
from tests.accounts.matrix.world import IDS, World
from tests.indexing.fake_extractor import DIM, FAKE
from tests.search.engravings import engraving
from tests.search.searching import upload

PASSWORD = "a long enough phrase"
Data = Callable[[], dict[str, Any]]
Ready = Callable[[World], None]


@dataclass(frozen=True)
class Write:
    """`ready` makes the call possible; `data` is that of the matrix unless given."""

    action: str
    ready: Ready | None = None
    data: Data | None = None
    of_collection: bool = True

    def data_of(self, operation: str) -> dict[str, Any]:
        return (self.data or EXPECTED[operation][0].data)()


def _import_is(**values: Any) -> Ready:
    def ready(world: World) -> None:
        ImportRun.objects.filter(pk=IDS["import_id"]).update(job=None, **values)

    return ready


def _checked(world: World) -> None:
    _import_is(state="checked", action="add_and_update")(world)
    ImportRecord.objects.all().delete()  # those of the world were never checked


def _failed_picture(world: World) -> None:
    _import_is(state="done", image_source={"kind": "url"})(world)
    ImportImage.objects.update(state="failed", retryable=True)


def _job_waits(world: World) -> None:
    Job.objects.filter(pk=IDS["job_id"]).update(state="queued")


def _published(world: World) -> None:
    """Under the number that the address has."""
    made = publish_knn_model(descriptor=FAKE, dim=DIM)
    KnnModel.objects.filter(pk=IDS["model_id"]).delete()
    KnnModel.objects.filter(pk=made.pk).update(id=IDS["model_id"])


def _has_password(world: World) -> None:
    user = User.objects.get(username="administrator")
    user.set_password(PASSWORD)
    user.save()


def _own_token(world: World) -> None:
    ApiToken.objects.update(user=world.users["administrator"])


def _archive() -> SimpleUploadedFile:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("VERB-1.png", upload(engraving(7)).read())
    return SimpleUploadedFile("scans.zip", file.getvalue())


WRITES: dict[str, Write] = {
    "session_create": Write(
        "signed_in",
        _has_password,
        lambda: {"username": "administrator", "password": PASSWORD},
        of_collection=False,
    ),
    "session_destroy": Write("signed_out", of_collection=False),
    "me_password": Write(
        "password_changed",
        _has_password,
        lambda: {"old_password": PASSWORD, "new_password": "another quite long phrase"},
        of_collection=False,
    ),
    "me_tokens_create": Write("token_created", of_collection=False),
    "me_tokens_destroy": Write("token_deleted", _own_token, of_collection=False),
    "collections_create": Write("collection_created"),
    "collections_partial_update": Write("collection_changed"),
    "collections_members_update": Write("members_changed"),
    "imports_create": Write("import_created"),
    "imports_images": Write(
        "import_pictures_sent",
        _import_is(state="checked", image_source={"kind": "zip"}),
        lambda: {"zip": _archive()},
    ),
    "imports_apply": Write("import_applied", _checked),
    "imports_undo": Write("import_undone", _import_is(state="done", traces={"names": {}})),
    "imports_abandon": Write("import_abandoned"),
    "imports_retry_images": Write("import_images_retried", _failed_picture),
    "prints_create": Write("print_created"),
    "prints_partial_update": Write("print_changed"),
    "prints_destroy": Write("print_removed"),
    "prints_history_restore": Write("print_restored"),
    "prints_images_create": Write("image_added"),
    "prints_images_update": Write("image_replaced"),
    "prints_images_destroy": Write("image_removed"),
    "image_groups_accept": Write("image_group_accepted"),
    "image_groups_reject": Write("image_group_rejected"),
    "image_groups_reopen": Write("image_group_reopened"),
    "image_groups_find": Write("image_comparison_requested", of_collection=False),
    "jobs_cancel": Write("job_cancelled", _job_waits),
    "jobs_retry": Write("job_retried"),
    "searches_destroy": Write("kept_search_deleted", of_collection=False),
    "index_check": Write("index_check_requested", of_collection=False),
    "index_compact": Write("index_compaction_requested", of_collection=False),
    "knn_models_activate": Write("model_activated", _published, of_collection=False),
}
NOT_TOLD = {
    "searches_create": "asks; what it keeps is the asker's own, for a time, and whoever deletes it says so",
    "imports_partial_update": "says how a table would be read; what comes of it is told when it is applied",
    "imports_check": "compares, and changes no record; what comes of it is told when it is applied",
}
