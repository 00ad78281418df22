"""The service's settings, all from the environment, typed; a wrong value stops the start with a sentence."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from search_model.descriptors import REGISTRY

AUTO = "auto"
LOG_FORMATS = ("line", "json")


class WrongSetting(ValueError):
    """An environment variable that cannot be understood; the message names it and what it may be."""


@dataclass(frozen=True)
class Settings:
    """What an operator may choose.

    Attributes:
        descriptor: the default: a name of the registry, an id like "recto-compact-gem-192@1a2b3c4d", or "auto".
        compact_weights: RECTO_COMPACT_WEIGHTS, own weights of the compact network, served beside the shipped ones.
        host, port: where to listen.
        vgg16_weights: RECTO_VGG16_WEIGHTS, a file to use instead of Keras's.
        vgg16_md5: RECTO_VGG16_MD5, the md5 that file must have when it is not Keras's own.
        vgg16_download: whether fetching VGG16's weights is allowed.
        keras_home: folder of Keras's cache.
        threads: threads of one network call; 0 lets TensorFlow use every core.
        max_bytes, max_pixels, max_images: limits of one request, of one picture, and on pictures a request.
        max_waiting: pictures waiting for the network before a request is turned away with 503.
        log_format: RECTO_LOG_FORMAT, "line" or "json".
        access_log: RECTO_ACCESS_LOG, whether each request leaves a line; by default where the log is JSON.
    """

    descriptor: str = AUTO
    compact_weights: tuple[Path, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8001
    vgg16_weights: Path | None = None
    vgg16_md5: str | None = None
    vgg16_download: bool = False
    keras_home: Path = Path.home() / ".keras"
    threads: int = 0
    max_bytes: int = 32 * 2**20
    max_pixels: int = 40_000_000
    max_images: int = 64
    max_waiting: int = 256
    log_format: str = "line"
    access_log: bool = False


def settings_from(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the environment; what is absent or empty has the default.

    Raises:
        WrongSetting: a value of the wrong kind.
    """
    default = Settings()
    read = _Reader(environ)
    return Settings(
        descriptor=read.descriptor("RECTO_DESCRIPTOR", default.descriptor),
        compact_weights=read.paths("RECTO_COMPACT_WEIGHTS"),
        host=read.text("RECTO_EXTRACTOR_HOST") or default.host,
        port=read.number("RECTO_EXTRACTOR_PORT", default.port),
        vgg16_weights=read.path("RECTO_VGG16_WEIGHTS"),
        vgg16_md5=read.text("RECTO_VGG16_MD5"),
        vgg16_download=read.flag("RECTO_VGG16_DOWNLOAD"),
        keras_home=read.path("KERAS_HOME") or default.keras_home,
        threads=read.number("RECTO_EXTRACTOR_THREADS", default.threads),
        max_bytes=read.number("RECTO_EXTRACTOR_MAX_BYTES", default.max_bytes),
        max_pixels=read.number("RECTO_EXTRACTOR_MAX_PIXELS", default.max_pixels),
        max_images=read.number("RECTO_EXTRACTOR_MAX_IMAGES", default.max_images),
        max_waiting=read.number("RECTO_EXTRACTOR_MAX_WAITING", default.max_waiting),
        log_format=read.log_format("RECTO_LOG_FORMAT", default.log_format),
        access_log=read.flag("RECTO_ACCESS_LOG", default=read.text("RECTO_LOG_FORMAT") == "json"),
    )


@dataclass(frozen=True)
class _Reader:
    environ: Mapping[str, str]

    def text(self, name: str) -> str | None:
        return self.environ.get(name, "").strip() or None

    def path(self, name: str) -> Path | None:
        text = self.text(name)
        return Path(text).expanduser() if text else None

    def paths(self, name: str) -> tuple[Path, ...]:
        parts = (self.text(name) or "").split(os.pathsep)
        return tuple(Path(part.strip()).expanduser() for part in parts if part.strip())

    def number(self, name: str, default: int) -> int:
        text = self.text(name)
        if text is None:
            return default
        if not text.isdecimal():
            raise WrongSetting(f"{name} is {text!r}; give a whole number, for example {default}")
        return int(text)

    def log_format(self, name: str, default: str) -> str:
        text = (self.text(name) or default).lower()
        if text not in LOG_FORMATS:
            raise WrongSetting(f"{name} is {text!r}; choose one of {', '.join(LOG_FORMATS)}")
        return text

    def flag(self, name: str, *, default: bool = False) -> bool:
        text = (self.text(name) or str(int(default))).lower()
        if text not in {"0", "1", "false", "true", "no", "yes"}:
            raise WrongSetting(f"{name} is {text!r}; give 1 or 0")
        return text in {"1", "true", "yes"}

    def descriptor(self, name: str, default: str) -> str:
        text = self.text(name) or default
        recipe, at, digits = text.partition("@")
        if text == AUTO or (recipe in REGISTRY and bool(at) == bool(digits)):
            return text
        choices = ", ".join((AUTO, *REGISTRY))
        raise WrongSetting(f"{name} is {text!r}; choose one of {choices}, or one of these with @ and its weights")
