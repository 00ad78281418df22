"""Any of Pillow's modes to plain 8-bit sRGB: grey scaled and not clipped, transparency onto white paper."""

import io
import logging

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

logger = logging.getLogger(__name__)
WHITE = (255, 255, 255)
BITS_PER_SAMPLE = 258  # TIFF tag
# Modes that Pillow resizes as they are; the others are looked-up colours, bits or numbers.
RESIZABLE = {"L", "LA", "RGB", "RGBA", "CMYK", "YCbCr", "RGBX"}


def eight_bit(image: Image.Image) -> Image.Image:
    """A picture in one of the modes RESIZABLE or LAB, without loss beyond 8 bits a channel."""
    if image.mode in RESIZABLE and "transparency" not in image.info:
        return image
    if image.mode.startswith("I;16"):
        return _scaled_grey(image, bits=_bits(image))
    if image.mode in ("I", "F"):
        return _stretched_grey(image)
    if image.mode == "LAB":
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def srgb(image: Image.Image, icc_profile: bytes | None) -> Image.Image:
    """Mode RGB in the sRGB colour space, from an `eight_bit` picture and the profile that came with it."""
    if image.mode in ("LA", "RGBA"):
        image = _onto_white(image)
    if image.mode == "LAB":
        return _transformed(image, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    if icc_profile and image.mode in ("RGB", "CMYK"):
        return _with_profile(image, icc_profile)
    return image if image.mode == "RGB" else image.convert("RGB")


def _bits(image: Image.Image) -> int:
    """Scanners store 12 bits in 16; only TIFF says so."""
    tags = getattr(image, "tag_v2", {})
    bits = tags.get(BITS_PER_SAMPLE, (16,))
    return int(bits[0] if isinstance(bits, tuple) else bits)


def _scaled_grey(image: Image.Image, *, bits: int) -> Image.Image:
    largest = 2 ** min(bits, 16) - 1
    values = np.minimum(np.arange(65536), largest)
    table = np.round(values * 255 / largest).astype(np.uint8)
    return Image.fromarray(table[np.asarray(image, dtype=np.uint16)])


def _stretched_grey(image: Image.Image) -> Image.Image:
    """32-bit numbers have no white of their own: 1, 255 or 65535 by custom, else the brightest is white."""
    values = np.nan_to_num(np.asarray(image, dtype=np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    largest = float(values.max(initial=0.0))
    white = next((white for white in (1.0, 255.0, 65535.0) if largest <= white), largest)
    if image.mode == "I" and largest <= 1.0:
        white = 255.0
    grey: npt.NDArray[np.uint8] = np.round(values.clip(0.0) * (255.0 / white)).astype(np.uint8)
    return Image.fromarray(grey)


def _onto_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", image.size, WHITE)
    paper.paste(image.convert("RGB"), mask=image.getchannel("A"))
    return paper


def _with_profile(image: Image.Image, icc_profile: bytes) -> Image.Image:
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc_profile))
        if image.mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(profile):
            return image
        return _transformed(image, profile)
    except Exception as error:
        # Profiles are often damaged or belong to other pictures; the plain numbers are the best guess then.
        logger.info("A colour profile was ignored: %s", error)
        return image.convert("RGB")


def _transformed(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image:
    to_srgb = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), image.mode, "RGB")
    changed = ImageCms.applyTransform(image, to_srgb)
    if changed is None:
        raise ValueError("no picture came out of the colour transformation")
    return changed
