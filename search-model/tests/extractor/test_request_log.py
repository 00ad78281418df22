"""What the extractor writes into the log, and its /metrics."""

import json
import logging
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from search_model.extractor.app import create_app
from search_model.extractor.choice import Offer
from search_model.extractor.request_log import JsonFormatter
from search_model.extractor.settings import Settings, WrongSetting, settings_from
from tests.extractor.test_app import CHOICE, FEATURES, mean_colour, png, wait_until_ready

ASKED_FOR = {"X-Request-ID": "3f2a9c0d11e4b7aa"}


@pytest.fixture
def client(caplog: pytest.LogCaptureFixture) -> Iterator[FlaskClient]:
    caplog.set_level(logging.INFO)
    settings = Settings(access_log=True)
    app = create_app(settings, Offer((CHOICE,)), load=lambda *_: mean_colour, on_failure=lambda _: None)
    made = app.test_client()
    wait_until_ready(made)
    return made


def access_lines(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.name == "search_model.access"]


def test_a_request_leaves_a_line_with_the_id_of_the_one_that_it_is_for(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.post(FEATURES, data=png((200, 10, 10)), content_type="image/png", headers=ASKED_FOR)
    (line,) = access_lines(caplog)
    told = json.loads(JsonFormatter().format(line))
    assert told["request_id"] == "3f2a9c0d11e4b7aa"
    assert (told["route"], told["status"], told["process"]) == (FEATURES, 200, "extractor")


def test_an_odd_id_is_not_written(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/v1/info", headers={"X-Request-ID": 'x" evil="1'})
    assert "evil" not in JsonFormatter().format(access_lines(caplog)[0])


def test_what_machines_ask_every_few_seconds_leaves_none(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/health")
    client.get("/metrics")
    assert access_lines(caplog) == []


def test_metrics_count_requests_and_the_calls_of_the_network(client: FlaskClient) -> None:
    client.post(FEATURES, data=png((200, 10, 10)), content_type="image/png")
    client.get("/nothing/here")
    text = client.get("/metrics").get_data(as_text=True)
    assert 'search_model_request_seconds_count{route="/v1/features",status="2xx"}' in text
    assert 'search_model_request_seconds_count{route="no route",status="4xx"}' in text
    assert "search_model_network_seconds_count" in text
    assert 'search_model_batch_pictures_bucket{le="1.0"}' in text
    assert "/nothing" not in text


def test_json_is_chosen_by_the_environment_and_brings_a_line_for_each_request() -> None:
    assert settings_from({"RECTO_LOG_FORMAT": "json"}).access_log
    assert not settings_from({}).access_log
    assert not settings_from({"RECTO_LOG_FORMAT": "json", "RECTO_ACCESS_LOG": "0"}).access_log
    with pytest.raises(WrongSetting, match="choose one of line, json"):
        settings_from({"RECTO_LOG_FORMAT": "xml"})
