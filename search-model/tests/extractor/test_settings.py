from pathlib import Path

import pytest

from search_model.extractor.settings import Settings, WrongSetting, settings_from


def test_an_empty_environment_gives_the_defaults() -> None:
    assert settings_from({}) == Settings()
    assert settings_from({"RECTO_EXTRACTOR_PORT": "", "RECTO_DESCRIPTOR": " "}) == Settings()


def test_everything_is_read() -> None:
    made = settings_from(
        {
            "RECTO_DESCRIPTOR": "vgg16-imagenet-mac-224",
            "RECTO_EXTRACTOR_HOST": "0.0.0.0",  # noqa: S104
            "RECTO_EXTRACTOR_PORT": "9001",
            "RECTO_COMPACT_WEIGHTS": "/weights/a.npz: /weights/b.npz",
            "RECTO_VGG16_WEIGHTS": "/weights/own.h5",
            "RECTO_VGG16_MD5": "abc",
            "RECTO_VGG16_DOWNLOAD": "1",
            "KERAS_HOME": "/keras",
            "RECTO_EXTRACTOR_THREADS": "2",
            "RECTO_EXTRACTOR_MAX_BYTES": "10",
            "RECTO_EXTRACTOR_MAX_PIXELS": "11",
            "RECTO_EXTRACTOR_MAX_IMAGES": "12",
            "RECTO_EXTRACTOR_MAX_WAITING": "13",
        }
    )
    assert made == Settings(
        descriptor="vgg16-imagenet-mac-224",
        host="0.0.0.0",  # noqa: S104
        port=9001,
        compact_weights=(Path("/weights/a.npz"), Path("/weights/b.npz")),
        vgg16_weights=Path("/weights/own.h5"),
        vgg16_md5="abc",
        vgg16_download=True,
        keras_home=Path("/keras"),
        threads=2,
        max_bytes=10,
        max_pixels=11,
        max_images=12,
        max_waiting=13,
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("RECTO_DESCRIPTOR", "vgg19", "choose one of auto, vgg16-imagenet-mac-224"),
        ("RECTO_DESCRIPTOR", "recto-compact-gem-192@", "or one of these with @ and its weights"),
        ("RECTO_EXTRACTOR_PORT", "eighty", "give a whole number, for example 8001"),
        ("RECTO_EXTRACTOR_MAX_PIXELS", "-1", "give a whole number"),
        ("RECTO_VGG16_DOWNLOAD", "perhaps", "give 1 or 0"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str, sentence: str) -> None:
    with pytest.raises(WrongSetting, match=f"{name} is '{value}'.*{sentence}"):
        settings_from({name: value})
