"""The real thing: `python -m search_model.extractor` as a process, over HTTP."""

import hashlib
import io
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from search_model.extractor.__main__ import gunicorn_command
from search_model.extractor.settings import Settings

ROOT = Path(__file__).parents[2]
START_SECONDS = 120


@contextmanager
def extractor(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("RECTO_")}
    with subprocess.Popen(
        [sys.executable, "-m", "search_model.extractor"],
        cwd=ROOT,
        env={**clean, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_ready(base: str) -> None:
    pause = threading.Event()
    for _ in range(START_SECONDS * 10):
        try:
            with urllib.request.urlopen(f"{base}/health", timeout=10) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError):
            pause.wait(0.1)
    raise AssertionError(f"{base} was not ready after {START_SECONDS} s")


def test_gunicorn_has_one_worker_and_threads() -> None:
    command = gunicorn_command(Settings(port=9000))
    options = dict(zip(command[3:-2:2], command[4:-2:2], strict=True))
    assert options["--bind"] == "127.0.0.1:9000"
    assert (options["--worker-class"], options["--workers"], options["--threads"]) == ("gthread", "1", "16")
    assert "--preload" not in command


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"RECTO_EXTRACTOR_PORT": "x"}, "extractor: RECTO_EXTRACTOR_PORT is 'x'; give a whole number"),
        ({"RECTO_VGG16_WEIGHTS": "/gone.h5"}, "extractor: RECTO_VGG16_WEIGHTS names /gone.h5, which is no file"),
    ],
)
def test_a_wrong_setting_ends_the_start_with_one_line(environment: dict[str, str], sentence: str) -> None:
    with extractor(environment) as process:
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert output.startswith(sentence)
    assert output.count("\n") == 1


@pytest.mark.slow
@pytest.mark.enable_socket
def test_vgg16_is_served_and_named(vgg16_file: Path) -> None:
    port = free_port()
    md5 = hashlib.md5(vgg16_file.read_bytes()).hexdigest()  # noqa: S324
    environment = {
        "RECTO_EXTRACTOR_PORT": str(port),
        "RECTO_VGG16_WEIGHTS": str(vgg16_file),
        "RECTO_VGG16_MD5": md5,
    }
    descriptor_id = "vgg16-imagenet-mac-224@" + hashlib.sha256(vgg16_file.read_bytes()).hexdigest()[:8]
    with extractor(environment) as process:
        assert process.stdout is not None
        first_line = process.stdout.readline()
        assert descriptor_id in first_line
        assert "weights the file random_vgg16_notop.h5" in first_line
        wait_until_ready(f"http://127.0.0.1:{port}")
        body = io.BytesIO()
        np.save(body, np.random.default_rng(0).integers(0, 256, (300, 200, 3), dtype=np.uint8))
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/v1/features",
            body.getvalue(),
            {"Content-Type": "application/x-npy", "Accept": "application/x-npy"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            assert answer.headers["X-Descriptor"] == descriptor_id
            vectors = np.load(io.BytesIO(answer.read()))
    assert vectors.shape == (1, 512)
    assert np.linalg.norm(vectors) == pytest.approx(1, abs=1e-5)


@pytest.mark.slow
@pytest.mark.enable_socket
def test_weights_that_do_not_fit_end_the_server_with_the_reason(tmp_path: Path) -> None:
    odd = tmp_path / "odd.h5"
    odd.write_bytes(b"not HDF5")
    environment = {
        "RECTO_EXTRACTOR_PORT": str(free_port()),
        "RECTO_VGG16_WEIGHTS": str(odd),
        "RECTO_VGG16_MD5": hashlib.md5(b"not HDF5").hexdigest(),  # noqa: S324
    }
    with extractor(environment) as process:
        output, _ = process.communicate(timeout=START_SECONDS)
    assert process.returncode == 3
    assert "the network could not be loaded" in output
    assert "odd.h5 does not hold VGG16's convolutions" in output
