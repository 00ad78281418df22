"""Every write of the API is in the audit trail: who, what, of which collection, from where."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from tests.accounts.matrix.expectations import EXPECTED
from tests.accounts.matrix.test_matrix import operations
from tests.accounts.matrix.world import IDS, SLUG, World
from tests.accounts.matrix.writes import NOT_TOLD, WRITES, Write
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import _fresh_live_index, extractor

__all__ = ["_fresh_live_index", "extractor"]
ADDRESS = "192.0.2.7"


@pytest.fixture
def world(db: None, data_dir: Path, extractor: FakeExtractor) -> World:
    made = World("private", data_dir)
    made.build_neighbour()
    made.build_subject()
    return made


def test_every_write_is_told_or_has_a_reason_not_to_be() -> None:
    writes = {name for name, (method, _) in operations().items() if method != "get"}
    assert writes == WRITES.keys() | NOT_TOLD.keys()


def test_the_trail_says_who_did_what_to_which_collection_from_where(world: World) -> None:
    wrong = {}
    for name, write in WRITES.items():
        told = _told(world, name, write)
        collection = ("new" if name == "collections_create" else SLUG) if write.of_collection else None
        if told != [("administrator", write.action, collection, ADDRESS)]:
            wrong[name] = told
    assert wrong == {}


def _told(world: World, name: str, write: Write) -> Any:
    """What the call wrote into the trail, or its answer where it did not succeed. It is taken back."""
    method, path = operations()[name]
    address = re.sub(r"{(\w+)}", lambda found: str({**IDS, "slug": SLUG}[found[1]]), path)
    form: Any = "multipart" if EXPECTED[name][0].form else "json"
    world.bring_files_back()
    with transaction.atomic():
        if write.ready:
            write.ready(world)
        last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        client = APIClient()
        client.force_login(User.objects.get(username="administrator"))
        answer = getattr(client, method)(address, write.data_of(name), form, REMOTE_ADDR=ADDRESS)
        entries = AuditEntry.objects.filter(pk__gt=last).order_by("pk")
        told = list(entries.values_list("user_name", "action", "collection__slug", "address"))
        named = all(entry.target or entry.detail or not write.of_collection for entry in entries)
        transaction.set_rollback(True)
    return told if answer.status_code < 300 and named else (answer.status_code, answer.content[:300], told)
