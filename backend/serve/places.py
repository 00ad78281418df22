"""Where everything of one Recto lies: its folders, its ports, and the environment its processes get."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from serve.console import Refusal

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Places:
    """The folders and ports of one Recto. `own_extractor` is false where an extractor runs elsewhere."""

    root: Path
    data: Path
    port: int
    extractor_port: int
    extractor_url: str
    own_extractor: bool

    @property
    def backend(self) -> Path:
        return self.root / "backend"

    @property
    def frontend(self) -> Path:
        return self.root / "frontend"

    @property
    def search_model(self) -> Path:
        return self.root / "search-model"

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def run(self) -> Path:
        """What the running processes leave for each other: the lock, the generated configuration."""
        return self.data / "processed" / "run"

    @property
    def loading(self) -> Path:
        """A file that is there while collections are loaded."""
        return self.run / "loading"

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def environment(self) -> dict[str, str]:
        """The variables every process of this Recto is started with."""
        return {
            **os.environ,
            "PATH": f"{self.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "PYTHONUNBUFFERED": "1",
            "RECTO_DATA_DIR": str(self.data),
            "RECTO_PORT": str(self.port),
            "RECTO_EXTRACTOR_PORT": str(self.extractor_port),
            "RECTO_EXTRACTOR_URL": self.extractor_url,
        }


def places_from_environment(env: Mapping[str, str] | None = None) -> Places:
    """Read RECTO_PORT, RECTO_DATA_DIR, RECTO_EXTRACTOR_PORT and RECTO_EXTRACTOR_URL.

    A relative data folder counts from the repository root. Raises Refusal for a port that is none.
    """
    env = os.environ if env is None else env
    port = read_port(env, "RECTO_PORT", 8000)
    extractor_port = read_port(env, "RECTO_EXTRACTOR_PORT", port + 1)
    own_url = f"http://{HOST}:{extractor_port}"
    url = env.get("RECTO_EXTRACTOR_URL") or own_url
    data = Path(env.get("RECTO_DATA_DIR") or "data").expanduser()
    return Places(
        root=ROOT,
        data=(ROOT / data).resolve(),
        port=port,
        extractor_port=extractor_port,
        extractor_url=url,
        own_extractor=url == own_url,
    )


def read_port(env: Mapping[str, str], name: str, default: int) -> int:
    """The port in this variable, or the default. Raises Refusal when it is no port."""
    text = env.get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Refusal(f"{name} is {text!r}, which is no port: set it to a number from 1024 to 65534.")
    return int(text)
