"""The fake answers what the real service answers: the same requests go to both, in process."""

import json
import threading
from typing import Any

import numpy as np
import pytest

from indexing import extractor_client
from indexing.extractor_client import (
    DescriptorNotOffered,
    extract_features,
    extractor_info,
    forget_extractor,
)
from indexing.patient_http import Patience, Reply, Request
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import drawing

pytest.importorskip("flask", reason="needs the extractor's packages (search-model[extractor])")

from search_model.descriptors import RECTO_COMPACT, Descriptor
from search_model.extractor.app import create_app
from search_model.extractor.choice import Choice, Offer
from search_model.extractor.settings import Settings


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Any:
    """The real application, two descriptors of which return the same vector for everything: the default."""
    bound = RECTO_COMPACT.with_weights(source="made by the tests", sha256="ab" * 32)
    choices = [Choice(descriptor, tmp_path / "w", "a test asked") for descriptor in (bound, another(bound))]
    constant = np.eye(1, bound.dim, dtype=np.float32)
    app = create_app(
        Settings(),
        Offer(tuple(choices)),
        load=lambda choice, batch: lambda inputs: np.repeat(constant, len(inputs), axis=0),
    )
    for thread in threading.enumerate():
        if thread.name == "loading":
            thread.join(10)
    assert app.extensions["service"].ready
    client = app.test_client()

    def exchange(url: str, request: Request, patience: Patience) -> Reply:
        response = client.open(
            request.path, method=request.method, data=request.body, headers=dict(request.headers)
        )
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status_code, headers, response.data)

    monkeypatch.setattr(extractor_client, "exchange", exchange)
    forget_extractor()
    yield bound
    forget_extractor()


def another(bound: Descriptor) -> Descriptor:
    """The same recipe with other weights."""
    return bound.with_weights(source="made by the tests", sha256="cd" * 32)


def test_the_real_info_is_understood(real: Any) -> None:
    info = extractor_info()
    assert (info.descriptor, info.dim, info.input_size) == (real.id, real.dim, real.input_size)


@pytest.mark.parametrize("count", [1, 2, 16])
def test_the_real_vectors_are_understood(real: Any, count: int) -> None:
    extracted = extract_features([drawing(seed, width=100 + seed) for seed in range(count)])
    assert extracted.descriptor == real.id
    assert extracted.vectors.shape == (count, real.dim)


def test_another_descriptor_is_asked_for_as_the_real_service_wants(real: Any) -> None:
    wanted = another(real).id
    assert extractor_info(descriptor=wanted).weights_sha256 == "cd" * 32
    assert extract_features([drawing(1)], descriptor=wanted).descriptor == wanted


def test_the_real_answer_to_an_unknown_descriptor_is_understood(
    real: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extractor_client, "extractor_info", lambda **_: FakeInfo)
    with pytest.raises(DescriptorNotOffered, match="gone@00000000"):
        extract_features([drawing(1)], descriptor="gone@00000000")


class FakeInfo:
    """What the client believed before the service was started anew."""

    input_size = 64


def test_the_fake_info_has_no_key_that_the_real_one_lacks(real: Any) -> None:
    reply = extractor_client._ask("GET", "/v1/info", patience=Patience(1, 1))
    assert FakeExtractor().info().keys() <= json.loads(reply.content).keys()
