"""Files that break naive decoders, sent as pictures to search with: a search or a refusal, no failure."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from catalog.models import Print
from tests.search.searching import post


@pytest.mark.slow
def test_every_odd_file_is_searched_with_or_refused_with_a_sentence(
    api: APIClient, prints: list[Print], shared_data: Path
) -> None:
    files = sorted((shared_data / "odd-images").iterdir())
    assert len(files) >= 100
    for file in files:
        response = post(api, image=SimpleUploadedFile(file.name, file.read_bytes()))
        assert response.status_code in (200, 400, 413, 415), file.name
        if response.status_code != 200:
            error = response.json()["error"]
            assert error["code"], file.name
            assert error["message"].endswith("."), file.name
