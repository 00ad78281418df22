"""How fresh the index is, as far as an audience may know."""

from datetime import datetime

from catalog.audience import Audience
from indexing.models import Feature, LocalFeature


def updated_at(audience: Audience) -> datetime | None:
    """When the newest of the pictures that the audience sees became findable, on either road. 2 queries.

    (The last change of the log would tell of pictures that it does not see.)
    """
    seen = audience.conditions("image__print__")
    times = [
        Feature.objects.filter(seen).order_by("-pk").values_list("created_at", flat=True).first(),
        LocalFeature.objects.filter(seen).order_by("-pk").values_list("created_at", flat=True).first(),
    ]
    return max((time for time in times if time is not None), default=None)
