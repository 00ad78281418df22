"""Fixtures: a small house with something of everything that a backup has to hold."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import SignInAttempt
from catalog.models import Print
from catalog.services import refresh_search_text
from indexing.building import build_index
from tests.imports.staged import applied, record, staged
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import (
    MakePrint,
    _fresh_live_index,
    add_image,
    drawing,
    extractor,
    make_print,
    png,
)
from tests.search.engravings import engraving
from tests.search.test_kept_searches import keep

__all__ = ["_fresh_live_index", "extractor", "make_print"]

RunCommand = Callable[..., str]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Where backups go."""
    return tmp_path / "backups"


@pytest.fixture
def command() -> RunCommand:
    """Run a management command; what it printed."""

    def run(name: str, *arguments: object, **options: Any) -> str:
        out = io.StringIO()
        call_command(name, *[str(one) for one in arguments], stdout=out, **options)
        return out.getvalue()

    return run


@pytest.fixture
def house(
    transactional_db: None,
    make_print: MakePrint,
    extractor: FakeExtractor,
    data_dir: Path,
    settings: Settings,
    api: APIClient,
) -> dict[str, Any]:
    """Prints in raw/ and in the store, described and published; an import that was applied, a kept search, a
    user, and rows of the moment. One print was removed: its id is given to nobody else."""
    settings.RECTO_VERIFY_MS = 60_000
    first = make_print(record_id="e0", title="Melencolia – „Ü“", extra={"place": "Nürnberg"})
    add_image(first, data_dir, engraving(0), name="engraving0.png")
    make_print(1, year_min=1501)
    collection = first.collection
    run = applied(staged(collection, record("new", title="Neu")), {"new": [png(drawing(7))]})
    build_index(progress=lambda *_: None)
    refresh_search_text()
    folder = data_dir / "processed" / "imports" / str(run.pk)
    folder.mkdir(parents=True)
    (folder / "table.csv").write_text("record_id\nnew\n")
    (data_dir / "raw" / "prints" / "metadata.csv").write_text("record_id\ne0\n")
    gone = Print.objects.create(collection=collection, record_id="gone")
    gone_id = gone.pk
    gone.delete()
    User.objects.create_user("anna", password="very long and odd")
    SignInAttempt.objects.create(name_digest="x", address="192.0.2.1")
    Session.objects.create(session_key="k", session_data="s", expire_date=timezone.now())
    return {"kept": keep(api), "gone_id": gone_id, "run": run.pk}
