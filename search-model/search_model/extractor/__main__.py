"""`python -m search_model.extractor`: say what will be served and why, then become gunicorn."""

import os
import sys

from search_model.extractor.choice import offer
from search_model.extractor.settings import Settings, WrongSetting, settings_from
from search_model.extractor.weights import WeightsError

EXIT_CONFIGURATION = 2
# TensorFlow's own start-up chatter hides the one line that matters. Two malloc arenas instead of 8 a core
# keep what many threads free from staying in the process. The service is for the CPU, whatever else is in
# the machine.
ENVIRONMENT = {"TF_CPP_MIN_LOG_LEVEL": "2", "MALLOC_ARENA_MAX": "2", "CUDA_VISIBLE_DEVICES": "-1"}


def gunicorn_command(settings: Settings) -> list[str]:
    """One worker, for one copy of each network; threads, for requests that wait for it: a visitor's must not wait
    for a thread behind those of a job and of other web processes.
    """
    options = {
        "--bind": f"{settings.host}:{settings.port}",
        "--worker-class": "gthread",
        "--workers": "1",
        "--threads": "16",
        "--timeout": "120",
        "--graceful-timeout": "20",
        "--keep-alive": "75",
        "--log-level": "warning",
    }
    flat = [word for option in options.items() for word in option]
    # The control socket is one path a user: this server and the web server would take it from each other.
    return [
        sys.executable,
        "-m",
        "gunicorn",
        *flat,
        "--no-control-socket",
        "search_model.extractor.app:create_app()",
    ]


def main() -> None:
    """Verify settings and weights, print the choice, replace this process with gunicorn."""
    try:
        settings = settings_from()
        offered = offer(settings)
    except (WrongSetting, WeightsError) as error:
        print(f"extractor: {error}", file=sys.stderr, flush=True)
        sys.exit(EXIT_CONFIGURATION)
    for sentence in offered.sentences:
        print(f"extractor: {sentence}", flush=True)
    print(f"extractor: listening on http://{settings.host}:{settings.port}, loading the network", flush=True)
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    command = gunicorn_command(settings)
    os.execv(command[0], command)  # noqa: S606 - no shell, and the command is our own


if __name__ == "__main__":
    main()
