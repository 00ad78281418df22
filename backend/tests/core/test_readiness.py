"""What the apps say to /health/ready and /metrics."""

import pytest
from django.test import Client

from catalog.models import Collection, Print
from config import readiness
from core.errors import OperatorError
from indexing import mismatch
from indexing.extractor_client import DescriptorNotOffered, ExtractorAway, ExtractorInfo
from indexing.models import KnnModel

pytestmark = pytest.mark.django_db
NAME = "recto-compact-gem-192@1a2b3c4d"


def info(*, descriptor: str | None = None, fresh: bool = False) -> ExtractorInfo:
    if descriptor not in (None, NAME):
        raise DescriptorNotOffered("descriptor_not_offered", f"It has no weights for {descriptor}.")
    return ExtractorInfo(NAME, "recto-compact-gem-192", 256, 192, "shipped", "1a2b3c4d", "1")


def model(descriptor: str) -> KnnModel:
    return KnnModel.objects.create(
        version="v1", descriptor=descriptor, last_change=0, published_change=0, count=648, active=True
    )


def test_ready_is_a_503_without_the_extractor(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*, fresh: bool = False) -> ExtractorInfo:
        raise ExtractorAway("extractor_away", "The extractor does not answer.")

    monkeypatch.setattr(readiness, "extractor_info", away)
    response = client.get("/health/ready")
    assert response.status_code == 503
    checks = response.json()["checks"]
    assert {name: check["ok"] for name, check in checks.items()} == {
        "database": True,
        "extractor": False,
        "index": True,
    }


def test_ready_names_descriptor_and_version(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "extractor_info", info)
    model(NAME)
    response = client.get("/health/ready")
    assert response.status_code == 200
    checks = response.json()["checks"]
    assert checks["extractor"]["message"] == f"The extractor describes pictures with {NAME}."
    assert checks["index"]["message"] == "v1 is in force."


def test_an_index_of_another_descriptor_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "extractor_info", info)
    monkeypatch.setattr(mismatch, "offered_descriptors", lambda: (info(),))
    model("vgg16-imagenet-mac-224@9f8e7d6c")
    with pytest.raises(
        OperatorError, match=f"vgg16-imagenet-mac-224@9f8e7d6c, .* offers {NAME}.*change_descriptor"
    ):
        readiness.index_fits_extractor()


def test_metrics_count_the_catalogue(client: Client) -> None:
    Print.objects.create(collection=Collection.objects.create(slug="a", name="A"), record_id="1")
    text = client.get("/metrics").content.decode()
    assert "\nrecto_prints 1\n" in text
    assert "\nrecto_images 0\n" in text
    assert "# TYPE recto_features gauge\n" in text
