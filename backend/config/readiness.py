"""What /health/ready and /metrics say of the apps, put together where all of them are known.

The gauges are known as soon as this is imported, those of `core.queue_figures` with them.
"""

import shutil
from functools import partial

from django.conf import settings

from catalog.models import Print, PrintImage
from core import pulses, queue_figures
from core.broker_check import broker_answers
from core.metrics import Sample, gauge
from core.migration_check import migrations_are_applied
from core.parts import NotWell, register_check
from indexing.extractor_client import ask_how_it_is, known_extractor
from indexing.mismatch import descriptor_gone
from indexing.models import Feature, LocalFeature, Road
from indexing.queries import active_model, changes_after
from search.tasks import PURGE


def register() -> None:
    register_check("migrations", migrations_are_applied, in_database=True)
    register_check("broker", broker_answers)
    register_check("extractor", extractor_answers)
    register_check("index", index_fits_extractor, in_database=True)
    for queue in settings.RECTO_QUEUES:
        works = partial(pulses.worker_works, queue)
        register_check(pulses.worker_name(queue), works, needed=False, in_database=True)
    register_check(pulses.BEAT, pulses.beat_works, needed=False, in_database=True)


def extractor_answers() -> str:
    """Raises ExtractorAway (503) within two seconds when it does not."""
    return f"The extractor describes pictures with {ask_how_it_is().descriptor}."


def index_fits_extractor() -> str:
    """By what the extractor said when it was last asked: it is asked beside this, by the check before."""
    model = active_model()
    if model is None:
        return "No version of the index is published yet; the vectors are read from the database."
    if known_extractor() is not None and known_extractor(model.descriptor) is None:
        raise NotWell(descriptor_gone(model.descriptor).message)
    return f"{model.version} is in force."


@gauge("prints", "Prints in the catalogue")
def prints() -> list[Sample]:
    return [({}, Print.objects.count())]


@gauge("images", "Pictures of prints")
def images() -> list[Sample]:
    return [({}, PrintImage.objects.count())]


@gauge("features", "Vectors stored, by descriptor")
def features() -> list[Sample]:
    descriptors = Feature.objects.order_by().values_list("descriptor", flat=True).distinct()
    return [({"descriptor": name}, Feature.objects.filter(descriptor=name).count()) for name in descriptors]


@gauge("local_features", "Images with local features, by codec")
def local_features() -> list[Sample]:
    codecs = LocalFeature.objects.order_by().values_list("codec", flat=True).distinct()
    return [({"codec": name}, LocalFeature.objects.filter(codec=name).count()) for name in codecs]


@gauge("index_changes", "Changes since the index was published, by road")
def index_changes() -> list[Sample]:
    models = [active_model(road=road) for road in Road]
    return [({"road": model.road}, changes_after(model)) for model in models if model]


@gauge("index_published_timestamp_seconds", "When the index was published")
def index_published() -> list[Sample]:
    models = [active_model(road=road) for road in Road]
    return [({"road": model.road}, model.created_at.timestamp()) for model in models if model]


@gauge("last_purge_timestamp_seconds", "When kept searches were last purged")
def last_purge() -> list[Sample]:
    return queue_figures.last_done(PURGE)


@gauge("disk_free_bytes", "Room on the disk of the data folder")
def disk_free() -> list[Sample]:
    return [({}, float(shutil.disk_usage(settings.RECTO_PROCESSED_DIR).free))]
