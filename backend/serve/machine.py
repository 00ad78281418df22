"""Is this machine good enough? Each thing that is missing gets one sentence with what to install."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import socket
import sys
from pathlib import Path

from serve.console import Refusal
from serve.places import HOST

SPACE_FOR_ENVIRONMENT = 4.0  # GB: 2.8 installed, and pip unpacks TensorFlow beside it
SPACE_FOR_DATA = 0.5  # GB


def check_system() -> None:
    """Refuse systems the process supervisor does not run on."""
    if platform.system() == "Windows":
        raise Refusal("Recto runs on Linux and macOS; on Windows, run it inside WSL 2.")


def check_venv() -> None:
    """Refuse a Python that came without the parts that make environments (Debian splits them off)."""
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            version = "{}.{}".format(*sys.version_info)
            raise Refusal(
                f"This Python {version} ({sys.executable}) has no module {module}: install it with "
                f"`apt install python{version}-venv` (Debian, Ubuntu) or use a Python from python.org."
            )


def check_space(folder: Path, gigabytes: float, purpose: str) -> None:
    """Refuse when the disk that holds this folder (or will hold it) has too little room."""
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free / 1e9
    if free < gigabytes:
        raise Refusal(
            f"{existing} has {free:.1f} GB free and {purpose} needs {gigabytes:g} GB: "
            "make room, or put the repository or RECTO_DATA_DIR on another disk."
        )


def check_writable(folder: Path) -> None:
    """Make the folder, or say who may not write there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".writable").touch()
        (folder / ".writable").unlink()
    except OSError as error:
        raise Refusal(
            f"{folder} cannot be written ({error.strerror}): give it to the user that starts Recto, "
            "or set RECTO_DATA_DIR to another folder."
        ) from error


def check_port(port: int, variable: str) -> None:
    """Refuse a port that something else listens on, or that this user may not open."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the servers do: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise Refusal(f"Port {port} is reserved for root: set {variable} to one above 1023.") from error
        except OSError as error:
            raise Refusal(
                f"Port {port} is in use by another program: stop it, or set {variable} to a free port."
            ) from error


def free_port_pair() -> int:
    """A port that is free now and whose successor is free too: the page's and the extractor's."""
    for _ in range(100):
        with socket.socket() as first, socket.socket() as second:
            first.bind((HOST, 0))
            port: int = first.getsockname()[1]
            try:
                second.bind((HOST, port + 1))
            except (OSError, OverflowError):
                continue
            return port
    raise Refusal("No two free ports in a row were found on this machine.")
