"""A file as an answer: sent by nginx where it stands in front (RECTO_ACCEL), else by this process.

Either way the application has decided before that this visitor may see it. nginx sends only what lies in
derivatives/ and tiles/ (nginx/templates/server.conf).
"""

from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse

# So long nginx itself answers with a picture that everybody may see. If it is hidden
# meanwhile, nginx does not hear of it.
SECONDS_KEPT = 60


def file_response(path: Path, content_type: str) -> HttpResponse:
    """Raises FileNotFoundError."""
    if not settings.RECTO_ACCEL:
        return HttpResponse(path.read_bytes(), content_type=content_type)
    if not path.is_file():
        raise FileNotFoundError(path)
    inside = path.relative_to(settings.RECTO_PROCESSED_DIR).as_posix()
    return HttpResponse(content_type=content_type, headers={"X-Accel-Redirect": f"/accel/{quote(inside)}"})


def kept_file_response(path: Path, content_type: str) -> HttpResponse:
    """Of a picture that everybody may see and many ask for. Raises FileNotFoundError."""
    headers = {"X-Accel-Expires": str(SECONDS_KEPT)} if settings.RECTO_ACCEL else {}
    return HttpResponse(path.read_bytes(), content_type=content_type, headers=headers)
