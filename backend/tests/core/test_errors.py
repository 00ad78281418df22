"""The one error body, whatever went wrong and whoever noticed."""

import errno
import json
import pickle
from typing import Any

import pytest
from django.core.exceptions import DisallowedHost, PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings
from rest_framework import exceptions, serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient, APIRequestFactory

from core import api_errors, errors
from core.database_errors import DRIVER


def answer(error: Exception) -> Response:
    """What a DRF view answers that raises `error`."""

    @api_view(["GET"])
    def view(request: Request) -> Response:
        raise error

    response = view(APIRequestFactory().get("/"))
    response.render()
    return response


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.UserError("crop_outside", "The crop …"), 400, "crop_outside"),
        (errors.NotFound("print_not_found", "There is no print 7."), 404, "print_not_found"),
        (errors.TooLarge("image_too_large", "The picture …"), 413, "image_too_large"),
        (errors.UnsupportedType("image_type_refused", "The file is …"), 415, "image_type_refused"),
        (errors.TooManyRequests("slow_down", "Wait.", retry_after=7), 429, "slow_down"),
        (errors.TryAgain("extractor_away", "The extractor …"), 503, "extractor_away"),
        (errors.OperatorError("disk_full", "The disk …"), 500, "disk_full"),
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "not_allowed"),
        (RequestDataTooBig(), 413, "request_too_large"),
        (DisallowedHost(), 400, "bad_request"),
        (OperationalError("database is locked"), 503, "database_busy"),
        (DRIVER.OperationalError("server closed the connection"), 503, "database_busy"),
        (exceptions.ParseError(), 400, "malformed_request"),
        (exceptions.NotAuthenticated(), 403, "not_authenticated"),
        (exceptions.PermissionDenied(), 403, "not_allowed"),
        (exceptions.NotAcceptable(), 406, "not_acceptable"),
        (exceptions.UnsupportedMediaType("text/x"), 415, "unsupported_media_type"),
        (exceptions.Throttled(wait=2.5), 429, "too_many_requests"),
    ],
)
@pytest.mark.django_db
def test_every_error_has_its_status_code_and_the_one_body(error: Exception, status: int, code: str) -> None:
    response = answer(error)
    assert response.status_code == status
    assert set(response.data) == {"error"}
    assert set(response.data["error"]) == {"code", "message", "fields", "said"}
    assert response.data["error"]["code"] == code
    assert response.data["error"]["message"]


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (errors.TryAgain("away", "Away.", retry_after=2.1), "3"),
        (errors.TooManyRequests("slow", "Slow.", retry_after=9), "9"),
        (exceptions.Throttled(wait=2.5), "3"),
        (OperationalError("locked"), "5"),
    ],
)
@pytest.mark.django_db
def test_try_again_says_when(error: Exception, seconds: str) -> None:
    assert answer(error).headers["Retry-After"] == seconds


@pytest.mark.django_db
def test_an_unexpected_error_goes_to_django() -> None:
    with pytest.raises(ZeroDivisionError):
        answer(ZeroDivisionError())


@pytest.mark.parametrize(
    ("detail", "message", "fields"),
    [
        ({"limit": ["Too many."]}, "limit: Too many.", {"limit": ["Too many."]}),
        (
            {"crop": {"0": ["No number."]}, "q": ["Too long.", "Odd."]},
            "crop.0: No number.; q: Too long. Odd.",
            {"crop.0": ["No number."], "q": ["Too long.", "Odd."]},
        ),
        (["Nothing was sent.", "Send something."], "Nothing was sent. Send something.", {}),
        ("Wrong.", "Wrong.", {}),
    ],
)
@pytest.mark.django_db
def test_fields_of_a_wrong_form(detail: Any, message: str, fields: dict[str, list[str]]) -> None:
    error = answer(serializers.ValidationError(detail)).data["error"]
    assert (error["code"], error["message"], error["fields"]) == ("invalid", message, fields)


def test_fields_of_our_own_error_are_kept() -> None:
    error = errors.UserError("bad_column", "Two columns are missing.", fields={"title": ["Missing."]})
    assert api_errors.error_body(error)["error"]["fields"] == {"title": ["Missing."]}


def test_errors_survive_pickling() -> None:
    error = pickle.loads(pickle.dumps(errors.TryAgain("away", "Away.", retry_after=9)))
    assert (error.code, error.message, error.retry_after, str(error)) == ("away", "Away.", 9, "Away.")


@pytest.mark.django_db
def test_an_address_that_is_not_there_is_json_below_api(client: Client) -> None:
    response = client.get("/api/v1/nothing/")
    assert response.status_code == 404
    assert response.json()["error"] == {
        "code": "not_found",
        "message": "There is nothing at /api/v1/nothing/.",
        "fields": {},
        "said": {"key": "not_found", "params": {}},
    }


def test_a_crash_is_json_and_tells_nothing_of_the_inside(rf: RequestFactory) -> None:
    body = json.loads(api_errors.server_error(rf.get("/api/v1/prints/")).content)
    assert body["error"]["code"] == "internal_error"
    assert "log" in body["error"]["message"]


def test_a_crash_in_a_view_reaches_the_500_handler(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def crash(*args: object, **options: object) -> HttpResponse:
        raise ZeroDivisionError

    monkeypatch.setattr("catalog.queries.collections", crash)
    response = APIClient(raise_request_exception=False).get("/api/v1/collections/")
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "internal_error"


@pytest.mark.django_db
def test_a_foreign_host_is_a_400(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    response = client.get("/api/v1/prints/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "bad_request"


@pytest.mark.django_db
def test_a_body_that_is_no_json_is_a_400(client: Client) -> None:
    response = client.post("/api/v1/searches/", "{", content_type="application/json")
    assert response.status_code == 415
    assert response.json()["error"]["code"] == "unsupported_media_type"


def test_csrf_failure_and_permission_denied_have_the_body(rf: RequestFactory) -> None:
    request: HttpRequest = rf.post("/api/v1/x/")
    for response in (
        api_errors.csrf_failure(request),
        api_errors.permission_denied(request, PermissionDenied()),
    ):
        assert response.status_code == 403
        assert set(json.loads(response.content)["error"]) == {"code", "message", "fields", "said"}


def test_a_full_disk_where_nobody_expected_it_is_said_so() -> None:
    known = api_errors.as_recto_error(OSError(errno.ENOSPC, "No space left on device"))
    assert known is not None
    assert (known.status, known.code) == (507, "no_room")
    assert api_errors.as_recto_error(OSError(errno.EIO, "Input/output error")) is None
