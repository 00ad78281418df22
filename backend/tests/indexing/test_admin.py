"""What the operator does in the administration reaches the index."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from indexing.changes import changes_since
from indexing.models import Feature, FeatureProblem, LocalFeature, Road
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import MakePrint


@pytest.fixture
def operator(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_superuser("operator"))
    return client


def test_a_print_deleted_there_leaves_the_index(
    operator: Client, make_print: MakePrint, extractor: FakeExtractor, data_dir: Path
) -> None:
    made = make_print(1, 2)
    (data_dir / made.images.all()[1].path).write_bytes(b"broken")
    call_command("build_index")
    assert (Feature.objects.count(), FeatureProblem.objects.count()) == (1, 2)
    response = operator.post(f"/admin/catalog/print/{made.pk}/delete/", {"post": "yes"})
    assert response.status_code == 302
    assert not Feature.objects.exists()
    assert not LocalFeature.objects.exists()
    assert not FeatureProblem.objects.exists()
    assert [changes_since(0, road=road)[-1].kind for road in Road] == ["removed", "removed"]


@pytest.mark.parametrize("model", ["knnmodel", "localfeature", "featureproblem"])
def test_its_lists_can_be_looked_at(operator: Client, model: str) -> None:
    assert operator.get(f"/admin/indexing/{model}/").status_code == 200
