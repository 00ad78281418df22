"""An administrator's token of a Recto that was started for a test, made by a command as an operator does."""

from __future__ import annotations

import subprocess

from serve.console import Refusal
from serve.places import Places
from serve.throwaway import clean_environment

MADE = """\
from accounts.tokens import create_token
from django.contrib.auth.models import User
user = User.objects.create_superuser({name!r})
print("TOKEN", create_token(user=user, name={name!r}, expires_at=None, address="")[1])"""


def administrators_token(places: Places, name: str, **env: str) -> str:
    """Of an administrator without a password, who is made for it. Raises Refusal."""
    printed = manage(places, "shell", "--no-imports", "-c", MADE.format(name=name), **env)
    return printed.partition("TOKEN ")[2].split()[0]


def manage(places: Places, *arguments: str, **env: str) -> str:
    """Run a management command on this Recto's data; its output. Raises Refusal when it fails."""
    done = subprocess.run(
        [str(places.python), "manage.py", *arguments],
        cwd=places.backend,
        env={**clean_environment(places), **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = f"{done.stdout[-2000:]}{done.stderr[-2000:]}"
        raise Refusal(f"`manage.py {' '.join(arguments)[:80]}` failed ({done.returncode}):\n{said}")
    return done.stdout
