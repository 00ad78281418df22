"""The registry of descriptors: what makes a vector, and the id that every vector carries.

Two vectors may be compared only when their descriptor ids are equal. This module reads no file and loads no
network; `extractor/choice.py` decides which descriptor is served and with which weights.
"""

from dataclasses import dataclass, replace


class UnknownDescriptor(ValueError):
    """No descriptor has that name; the message lists those that exist."""


@dataclass(frozen=True)
class Descriptor:
    """One way to turn a picture into a vector of unit length.

    Attributes:
        name: the recipe's name; a change of input size, preprocessing or pooling is a new name.
        version: version of the code of the recipe, served for information.
        input_size: side in pixels of the square that the network sees.
        preprocessing: name of the function in `preprocess.SCHEMES`.
        pooling: how positions become one vector ("mac" is the global maximum, "gem" the generalised mean).
        dim: length of the vector.
        weights_source: where the weights came from, in words for people; empty in the registry.
        weights_sha256: hex digest of the weights file; empty in the registry.
    """

    name: str
    version: int
    input_size: int
    preprocessing: str
    pooling: str
    dim: int
    weights_source: str = ""
    weights_sha256: str = ""

    @property
    def id(self) -> str:
        """Name and 8 digits of the weights' sha256, for example "vgg16-imagenet-mac-224@1a2b3c4d"."""
        if not self.weights_sha256:
            raise ValueError(f"{self.name} has no id before its weights are known; use with_weights()")
        return f"{self.name}@{self.weights_sha256[:8]}"

    def with_weights(self, *, source: str, sha256: str) -> "Descriptor":
        """The same recipe bound to one weights file."""
        return replace(self, weights_source=source, weights_sha256=sha256)


VGG16_MAC = Descriptor(
    name="vgg16-imagenet-mac-224",
    version=1,
    input_size=224,
    preprocessing="caffe-letterbox",
    pooling="mac",
    dim=512,
)
# What Recto's ancestor did, kept to compare with: squashed to a square and divided by 255, though the network
# was trained on mean-centred BGR.
VGG16_MAC_LEGACY = Descriptor(
    name="vgg16-imagenet-mac-224-legacy",
    version=1,
    input_size=224,
    preprocessing="squash-unit",
    pooling="mac",
    dim=512,
)
RECTO_COMPACT = Descriptor(
    name="recto-compact-gem-192", version=1, input_size=192, preprocessing="letterbox", pooling="gem", dim=256
)

REGISTRY = {recipe.name: recipe for recipe in (VGG16_MAC, VGG16_MAC_LEGACY, RECTO_COMPACT)}


def recipe_named(name: str) -> Descriptor:
    """The registry's descriptor of that name, without weights.

    Raises:
        UnknownDescriptor: nothing has that name.
    """
    try:
        return REGISTRY[name]
    except KeyError:
        raise UnknownDescriptor(f"no descriptor is called {name!r}; choose one of {', '.join(REGISTRY)}") from None


def recipe_of_id(descriptor_id: str) -> Descriptor:
    """The registry's descriptor behind an id like "vgg16-imagenet-mac-224@1a2b3c4d", without weights."""
    return recipe_named(descriptor_id.partition("@")[0])
