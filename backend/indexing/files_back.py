"""Pictures that were left out because their file was away, with its share or its disk, and is there again."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from catalog.data_files import data_file
from core.errors import RectoError
from indexing.models import FeatureProblem

OF_FILES = ("file_missing", "file_unreadable", "image_missing")
# A file that is there and fails all the same is not tried every minute.
NOT_WITHIN = timedelta(minutes=5)
# So many are looked at each time, others the next time.
LOOKED_AT = 200


def is_file_back(*, descriptors: Collection[str]) -> bool:
    """Whether a picture that lacks a vector, or local features, for want of its file has it now."""
    now = timezone.now()
    lately = Q(created_at__range=(now - NOT_WITHIN, now + NOT_WITHIN))
    problems = FeatureProblem.objects.filter(~lately, code__in=OF_FILES, descriptor__in=descriptors)
    return any(map(_is_there, problems.order_by("?").values_list("image__path", flat=True)[:LOOKED_AT]))


def _is_there(path: str) -> bool:
    try:
        data_file(path)
    except (RectoError, OSError):
        return False
    return True
