"""Memory and time of the real extraction service; prints JSON.

    python benchmarks/extractor_memory.py [--descriptor recto-compact-gem-192] [--pictures 60] [--port 8101]

The JSON has a list `descriptors`, the default first.

Starts `python -m search_model.extractor` with the environment as it is, sends pictures one by one and then from
eight clients at once (npy arrays of twice the input size, as the backend sends), and reads the processes' memory
(RSS of all of them together, and the peak) from /proc. Then the same for each other descriptor on offer (own weights
of RECTO_COMPACT_WEIGHTS, VGG16 where it is), while the first stays loaded: as around a change of the descriptor.
Linux only.
"""

import argparse
import io
import json
import os
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

START_SECONDS = 180


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--descriptor", default=os.environ.get("RECTO_DESCRIPTOR", "auto"))
    parser.add_argument("--pictures", type=int, default=60)
    parser.add_argument("--port", type=int, default=8101)
    arguments = parser.parse_args()
    environment = {
        **os.environ,
        "RECTO_DESCRIPTOR": arguments.descriptor,
        "RECTO_EXTRACTOR_PORT": str(arguments.port),
    }
    command = [sys.executable, "-m", "search_model.extractor"]
    with subprocess.Popen(command, env=environment, stdout=sys.stderr) as server:
        try:
            lines = measured(server, arguments.port, arguments.pictures)
            print(json.dumps({"descriptors": lines}, indent=2))
        finally:
            server.terminate()


def measured(server: "subprocess.Popen[bytes]", port: int, pictures: int) -> list[dict[str, Any]]:
    """A line for each descriptor on offer, the default first; their networks are loaded one after the other."""
    base = f"http://127.0.0.1:{port}"
    start = time.perf_counter()
    info = wait_until_ready(server, base)
    ready = {"ready_seconds": round(time.perf_counter() - start, 1), "idle_mb": memory_megabytes(server.pid)["now"]}
    first, *others = (measured_one(server, base, each, pictures) for each in info["descriptors"])
    return [{**ready, **first}, *others]


def measured_one(server: "subprocess.Popen[bytes]", base: str, facts: dict[str, Any], pictures: int) -> dict[str, Any]:
    url = f"{base}/v1/features?descriptor={facts['descriptor']}"
    bodies = [npy_body(facts["input_size"], seed) for seed in range(pictures)]
    first, *alone = (seconds_of(url, body) for body in bodies)
    start = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda body: seconds_of(url, body), bodies))
    return {
        "descriptor": facts["descriptor"],
        "weights_source": facts["weights_source"],
        "first_picture_ms": round(1000 * first),
        "one_picture_ms_p50": round(1000 * statistics.median(alone)),
        "eight_clients_pictures_per_second": round(pictures / (time.perf_counter() - start), 1),
        "after_mb": memory_megabytes(server.pid)["now"],
        "peak_mb": memory_megabytes(server.pid)["peak"],
    }


def wait_until_ready(server: "subprocess.Popen[bytes]", base: str) -> dict[str, Any]:
    for _ in range(START_SECONDS * 5):
        if server.poll() is not None:
            sys.exit(f"the extractor ended with {server.returncode}")
        try:
            urllib.request.urlopen(f"{base}/health", timeout=10).close()
            with urllib.request.urlopen(f"{base}/v1/info", timeout=10) as answer:
                info: dict[str, Any] = json.load(answer)
                return info
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    sys.exit(f"the extractor was not ready after {START_SECONDS} s")


def npy_body(input_size: int, seed: int) -> bytes:
    size = (2 * input_size, 3 * input_size // 2, 3)
    buffer = io.BytesIO()
    np.save(buffer, np.random.default_rng(seed).integers(0, 256, size, dtype=np.uint8))
    return buffer.getvalue()


def seconds_of(url: str, body: bytes) -> float:
    headers = {"Content-Type": "application/x-npy", "Accept": "application/x-npy"}
    start = time.perf_counter()
    request = urllib.request.Request(url, body, headers)
    with urllib.request.urlopen(request, timeout=120) as answer:
        answer.read()
    return time.perf_counter() - start


def memory_megabytes(parent: int) -> dict[str, int]:
    """RSS and peak RSS of a process and its children, in MB of 2^20 bytes."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    total = {"now": 0.0, "peak": 0.0}
    for pid in (str(parent), *children):
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
        fields = dict(line.split(":", 1) for line in lines)
        total["now"] += int(fields["VmRSS"].split()[0]) / 1024
        total["peak"] += int(fields["VmHWM"].split()[0]) / 1024
    return {name: round(value) for name, value in total.items()}


if __name__ == "__main__":
    main()
