"""The published local index on disk: where it lies, and how it is written and opened.

The codec of each version is kept, so that one made by an older Recto serves until its successor is built.
"""

from pathlib import Path

from django.conf import settings
from search_model.local import artifact
from search_model.local.codec import Codec, CodecError
from search_model.local.voting import VotingIndex

VERSIONS_KEPT = 3
ArtifactError = artifact.ArtifactError


def publish_local_artifact(index: VotingIndex, *, last_change: int) -> str:
    """Write, check and publish what is in the index; returns the version's name."""
    _save_codec(index.codec)
    version: str = artifact.publish(_root(), index, {"last_change": last_change})
    return version


def load_local_artifact(version: str, *, codec: str) -> VotingIndex:
    """Open a version memory-mapped. Raises ArtifactError when it, or its codec, is gone or damaged."""
    index: VotingIndex = artifact.load(_root(), _codec(codec), version)[0]
    return index


def local_artifact_is_whole(version: str, *, codec: str) -> bool:
    """Whether the version is there and undamaged."""
    try:
        load_local_artifact(version, codec=codec)
    except ArtifactError:
        return False
    return True


def local_artifact_versions() -> list[str]:
    """All complete versions on disk, oldest first."""
    versions: list[str] = artifact.versions(_root())
    return versions


def prune_local_artifacts(*, in_force: str) -> list[str]:
    """Delete old versions but the one in force; returns their names. Processes that use one keep it until
    they let go."""
    gone: list[str] = artifact.prune(_root(), keep=VERSIONS_KEPT, protected=[in_force])
    return gone


def _codec(name: str) -> Codec:
    shipped = Codec.shipped()
    if name == shipped.id:
        return shipped
    try:
        return Codec.load(_codec_path(name))
    except (CodecError, OSError) as error:
        raise ArtifactError(f"the codec {name} of the local index cannot be read: {error}") from error


def _save_codec(codec: Codec) -> None:
    path = _codec_path(codec.id)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        codec.save(part)
        part.replace(path)


def _codec_path(name: str) -> Path:
    return Path(settings.RECTO_PROCESSED_DIR) / "local-codecs" / f"{name}.npz"


def _root() -> Path:
    return Path(settings.RECTO_PROCESSED_DIR) / "local"
