import pytest

from search_model.descriptors import REGISTRY, VGG16_MAC, UnknownDescriptor, recipe_named, recipe_of_id
from search_model.preprocess import SCHEMES


def test_the_id_is_the_name_and_the_start_of_the_sha256() -> None:
    bound = VGG16_MAC.with_weights(source="a test", sha256="1a2b3c4d" + 56 * "0")
    assert bound.id == "vgg16-imagenet-mac-224@1a2b3c4d"
    assert recipe_of_id(bound.id) == VGG16_MAC


def test_a_recipe_without_weights_has_no_id() -> None:
    with pytest.raises(ValueError, match="no id before its weights"):
        _ = VGG16_MAC.id


def test_other_weights_give_another_id() -> None:
    ids = {VGG16_MAC.with_weights(source="", sha256=digit * 64).id for digit in "abc"}
    assert len(ids) == 3


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownDescriptor, match="'vgg19'.*vgg16-imagenet-mac-224.*recto-compact-gem-192"):
        recipe_named("vgg19")


@pytest.mark.parametrize("name", list(REGISTRY))
def test_every_recipe_is_complete(name: str) -> None:
    recipe = recipe_named(name)
    assert recipe.name == name
    assert str(recipe.input_size) in name
    assert recipe.preprocessing in SCHEMES
    assert recipe.dim in {256, 512}
