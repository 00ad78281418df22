"""Which descriptor is served, with which weights, and why. Decided before TensorFlow is loaded, and said
aloud.
"""

from dataclasses import dataclass
from pathlib import Path

from search_model.descriptors import RECTO_COMPACT, VGG16_MAC, Descriptor, recipe_named
from search_model.extractor.settings import AUTO, Settings
from search_model.extractor.weights import (
    VGG16_NO_TOP,
    Opener,
    PublishedFile,
    Weights,
    WeightsError,
    find_weights,
    open_url,
    shipped_weights,
)

SHIPPED_COMPACT = Path(__file__).parent / "shipped" / "recto-compact.npz"


@dataclass(frozen=True)
class Choice:
    """A descriptor bound to its weights file, and the reason in words for the operator."""

    descriptor: Descriptor
    weights_path: Path
    reason: str

    @property
    def sentence(self) -> str:
        """What `make run` prints."""
        return (
            f"descriptor {self.descriptor.id}, weights {self.descriptor.weights_source} "
            f"({self.weights_path.name}); chosen because {self.reason}"
        )


def choose(
    settings: Settings,
    *,
    published: PublishedFile = VGG16_NO_TOP,
    shipped: Path = SHIPPED_COMPACT,
    opener: Opener = open_url,
) -> Choice:
    """The descriptor to serve.

    "auto" serves VGG16 when its weights are here (or may be fetched), else the network that Recto ships.
    Weights that
    are here but wrong stop the start: falling back would change every vector without anyone having asked.

    Raises:
        WeightsError: the weights wanted are missing or wrong.
    """
    if settings.descriptor == RECTO_COMPACT.name:
        return _bound(RECTO_COMPACT, shipped_weights(shipped), "RECTO_DESCRIPTOR names it")
    weights = find_weights(
        published,
        explicit=settings.vgg16_weights,
        explicit_md5=settings.vgg16_md5,
        cache=settings.keras_home / "models",
        may_download=settings.vgg16_download,
        opener=opener,
    )
    if settings.descriptor == AUTO:
        return _automatic(weights, settings, shipped)
    if weights is None:
        raise WeightsError(_no_vgg16(settings) + "; give the file, or choose RECTO_DESCRIPTOR=auto")
    return _bound(recipe_named(settings.descriptor), weights, "RECTO_DESCRIPTOR names it")


def _automatic(weights: Weights | None, settings: Settings, shipped: Path) -> Choice:
    if weights is not None:
        return _bound(VGG16_MAC, weights, "VGG16's weights were found")
    return _bound(RECTO_COMPACT, shipped_weights(shipped), _no_vgg16(settings))


def _no_vgg16(settings: Settings) -> str:
    return (
        f"VGG16's weights are not in Keras's cache ({_short(settings.keras_home / 'models')}),"
        " RECTO_VGG16_WEIGHTS names no file and RECTO_VGG16_DOWNLOAD does not allow a download"
    )


def _short(path: Path) -> str:
    """With "~" for the home folder: this text is shown on the page, where the operator's name has no business."""
    return str(Path("~") / path.relative_to(Path.home()) if path.is_relative_to(Path.home()) else path)


def _bound(recipe: Descriptor, weights: Weights, reason: str) -> Choice:
    bound = recipe.with_weights(source=weights.source, sha256=weights.sha256)
    return Choice(descriptor=bound, weights_path=weights.path, reason=reason)
