"""Which descriptors can be served, with which weights, which is the default, and why. Decided before TensorFlow is
loaded, and said aloud.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from search_model.descriptors import RECTO_COMPACT, VGG16_MAC, VGG16_MAC_LEGACY, Descriptor
from search_model.extractor.settings import AUTO, Settings
from search_model.extractor.weights import (
    VGG16_NO_TOP,
    Opener,
    PublishedFile,
    Weights,
    WeightsError,
    find_weights,
    open_url,
    own_weights,
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


@dataclass(frozen=True)
class Offer:
    """All that can be served: first the default, which a request that names no descriptor gets; and a sentence about
    each file that was found but cannot be used.
    """

    choices: tuple[Choice, ...]
    left_out: tuple[str, ...] = ()

    @property
    def default(self) -> Choice:
        """What is loaded at the start."""
        return self.choices[0]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the start says of it, a line each."""
        others = ", ".join(choice.descriptor.id for choice in self.choices[1:])
        return (self.default.sentence, *([f"on request also {others}"] if others else []), *self.left_out)


def offer(
    settings: Settings,
    *,
    published: PublishedFile = VGG16_NO_TOP,
    shipped: Path = SHIPPED_COMPACT,
    opener: Opener = open_url,
) -> Offer:
    """The default and whatever else has its weights here; only the default is ever fetched from the network.

    Raises:
        WeightsError: the weights of the default, or those named in RECTO_COMPACT_WEIGHTS, are missing or wrong.
    """
    default = choose(settings, published=published, shipped=shipped, opener=opener)
    found, left_out = list(_compact_choices(settings, shipped)), []
    try:
        found += _vgg16_choices(replace(settings, vgg16_download=False), published, opener)
    except WeightsError as error:
        left_out.append(f"VGG16 cannot be offered: {error}")
    # A file named twice, or the shipped one named again, is one descriptor.
    unlike = {choice.descriptor.id: choice for choice in found if choice.descriptor.id != default.descriptor.id}
    return Offer((default, *unlike.values()), tuple(left_out))


def choose(
    settings: Settings,
    *,
    published: PublishedFile = VGG16_NO_TOP,
    shipped: Path = SHIPPED_COMPACT,
    opener: Opener = open_url,
) -> Choice:
    """The descriptor to serve by default.

    "auto" serves VGG16 when its weights are here (or may be fetched), else the network that Recto ships.
    Weights that
    are here but wrong stop the start: falling back would change every vector without anyone having asked.

    Raises:
        WeightsError: the weights wanted are missing or wrong.
    """
    name = settings.descriptor
    if name.partition("@")[0] == RECTO_COMPACT.name:
        return _named(name, list(_compact_choices(settings, shipped)))
    vgg16 = _vgg16_choices(settings, published, opener)
    if name != AUTO:
        return _named(name, vgg16, reason=_no_vgg16(settings))
    if vgg16:
        return vgg16[0]
    return replace(next(_compact_choices(settings, shipped)), reason=_no_vgg16(settings))


def _named(name: str, choices: list[Choice], *, reason: str = "") -> Choice:
    """The first of the choices with that name or id."""
    for choice in choices:
        if name in (choice.descriptor.name, choice.descriptor.id):
            return replace(choice, reason="RECTO_DESCRIPTOR names it")
    if not choices:
        raise WeightsError(f"{reason}; give the file, or choose RECTO_DESCRIPTOR=auto")
    there = ", ".join(choice.descriptor.id for choice in choices)
    raise WeightsError(f"RECTO_DESCRIPTOR names {name}, but the weights found here are those of {there}")


def _compact_choices(settings: Settings, shipped: Path) -> Iterator[Choice]:
    yield _bound(RECTO_COMPACT, shipped_weights(shipped), "Recto ships it")
    for path in settings.compact_weights:
        yield _bound(RECTO_COMPACT, own_weights(path), "RECTO_COMPACT_WEIGHTS names it")


def _vgg16_choices(settings: Settings, published: PublishedFile, opener: Opener) -> list[Choice]:
    weights = find_weights(
        published,
        explicit=settings.vgg16_weights,
        explicit_md5=settings.vgg16_md5,
        cache=settings.keras_home / "models",
        may_download=settings.vgg16_download,
        opener=opener,
    )
    recipes = (VGG16_MAC, VGG16_MAC_LEGACY) if weights else ()
    return [_bound(recipe, weights, "VGG16's weights were found") for recipe in recipes if weights]


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
