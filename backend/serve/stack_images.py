"""The images of docker-compose.yml, made where none can be pulled: on a Debian of debootstrap's own making.

PostgreSQL, Redis and Node come from Debian's packages and a wheel (docs/without-an-engine/).
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from serve.console import Refusal, say, step
from serve.stack_file import Stack

SUITE = "bookworm"
DEBIAN = "localhost/recto-debian:12"
NODE = "localhost/recto-node:local"
# In place of the images that docker-compose.yml names, by the variable that names another.
IN_PLACE = {
    "RECTO_POSTGRES_IMAGE": "localhost/recto-postgres:local",
    "RECTO_REDIS_IMAGE": "localhost/recto-redis:local",
}
OURS = Path("docs/without-an-engine")
OWN_FILES = {
    NODE: OURS / "node.Dockerfile",
    IN_PLACE["RECTO_POSTGRES_IMAGE"]: OURS / "postgres.Dockerfile",
    IN_PLACE["RECTO_REDIS_IMAGE"]: OURS / "redis.Dockerfile",
}


@dataclass(frozen=True)
class Podman:
    """RECTO_PODMAN, the command with its options (`podman --runtime runc`), and those of its builds."""

    command: tuple[str, ...]
    build_options: tuple[str, ...]

    def call(self, *arguments: str) -> None:
        """Raises Refusal when it fails; its output was shown."""
        done = subprocess.run([*self.command, *arguments], check=False, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise Refusal(f"`podman {' '.join(arguments[:4])} …` ended with exit status {done.returncode}")

    def ask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*self.command, *arguments], check=False, capture_output=True, text=True)

    def has(self, what: str, name: str) -> bool:
        """Whether there is such an image, volume, network or container."""
        return self.ask(what, "exists", name).returncode == 0


def podman_from_environment() -> Podman:
    command = shlex.split(os.environ.get("RECTO_PODMAN", "podman"))
    if shutil.which(command[0]) is None:
        raise Refusal(f"{command[0]} is missing (Debian: apt-get install podman runc debootstrap)")
    return Podman(tuple(command), tuple(shlex.split(os.environ.get("RECTO_PODMAN_BUILD", ""))))


def build_images(podman: Podman, stack: Stack) -> None:
    """The base, once; then each image of the file that is built from this repository."""
    if not podman.has("image", DEBIAN):
        make_debian(podman)
    for image, file in OWN_FILES.items():
        build(podman, stack.folder, file, image, {})
    # (Several services are of one image.)
    ours = {one.said["image"]: one.said["build"] for one in stack.services if "build" in one.said}
    for image, said in ours.items():
        build(podman, stack.folder, Path(said["dockerfile"]), image, said.get("args", {}))


def build(podman: Podman, folder: Path, file: Path, image: str, arguments: dict[str, str]) -> None:
    given = {"BASE": DEBIAN, "NODE": NODE, **arguments}
    known = [name for name in given if f"ARG {name}" in (folder / file).read_text()]
    words = [word for name in known for word in ("--build-arg", f"{name}={given[name]}")]
    with step(f"building {image} from {file}"):
        podman.call(
            *("build", "--layers", "--ignorefile", str(folder / ".dockerignore"), *podman.build_options),
            *("--file", str(folder / file), "--tag", image, *words, str(folder)),
        )


def make_debian(podman: Podman) -> None:
    """What the official slim image is, as far as we need it: Debian's smallest, without manuals."""
    if shutil.which("debootstrap") is None:
        raise Refusal("debootstrap is missing (Debian: apt-get install debootstrap)")
    with tempfile.TemporaryDirectory() as folder, step(f"making {DEBIAN} with debootstrap"):
        root, archive = Path(folder) / "root", Path(folder) / "root.tar"
        bootstrap = ["debootstrap", "--variant=minbase", "--include=ca-certificates", SUITE, str(root)]
        subprocess.run(bootstrap, check=True, stdout=subprocess.DEVNULL)
        unwanted = [
            "./var/cache/apt/archives/*.deb",
            "./var/lib/apt/lists/*",
            "./usr/share/doc/*",
            "./usr/share/man/*",
        ]
        tar = ["tar", "-C", str(root), "--one-file-system", *(f"--exclude={path}" for path in unwanted)]
        subprocess.run([*tar, "-cf", str(archive), "."], check=True)
        podman.call("import", str(archive), DEBIAN)
    say(f"{DEBIAN} is there")
