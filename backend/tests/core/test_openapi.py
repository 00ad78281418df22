"""The API's description: complete, without warnings, served offline, and the one that is committed."""

from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

COMMITTED = Path(settings.BASE_DIR) / "openapi.yaml"


def test_committed_description_is_what_the_code_answers(tmp_path: Path) -> None:
    fresh = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(fresh), validate=True, fail_on_warn=True)
    message = "The API has changed: run `python manage.py spectacular --file openapi.yaml` in backend/."
    assert fresh.read_text() == COMMITTED.read_text(), message


@pytest.mark.django_db
def test_every_call_describes_the_error_body(client: Client) -> None:
    schema = client.get("/api/schema/").json()
    error = {"$ref": "#/components/schemas/Error"}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            for status in ("400", "404", "500"):
                body = operation["responses"][status]["content"]["application/json"]["schema"]
                assert body == error, (path, method, status)


@pytest.mark.django_db
def test_documentation_page_loads_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/api/docs/").content.decode()
    assert "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js" in page
    assert "https://" not in page
    # Our content security policy runs no script that stands in the page itself.
    assert "<script>" not in page
    with closing(client.get("/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui.css")) as style:
        assert style.status_code == 200


@pytest.mark.parametrize("method", ["options", "post", "delete"])
def test_the_pages_of_the_api_answer_every_method(client: Client, method: str) -> None:
    for path in ("/api/docs/", "/api/schema/"):
        assert client.generic(method.upper(), path).status_code in {200, 405}
