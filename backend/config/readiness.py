"""What /health/ready and /metrics say of the apps, put together where all of them are known."""

from catalog.models import Print, PrintImage
from core import health
from core.health import Sample
from indexing.extractor_client import DescriptorNotOffered, extractor_info
from indexing.mismatch import descriptor_gone
from indexing.models import Feature
from indexing.queries import active_model, changes_after


def register() -> None:
    health.register_check("extractor", extractor_answers)
    health.register_check("index", index_fits_extractor)
    health.register_gauge("prints", "Prints in the catalogue", prints)
    health.register_gauge("images", "Pictures of prints", images)
    health.register_gauge("features", "Vectors stored, by descriptor", features)
    health.register_gauge("index_changes", "Changes since the index was published", index_changes)


def extractor_answers() -> str:
    """Raises ExtractorAway (503) within two seconds when it does not."""
    return f"The extractor describes pictures with {extractor_info(fresh=True).descriptor}."


def index_fits_extractor() -> str:
    model = active_model()
    if model is None:
        return "No version of the index is published yet; the vectors are read from the database."
    try:
        extractor_info(descriptor=model.descriptor)
    except DescriptorNotOffered as error:
        raise descriptor_gone(model.descriptor) from error
    return f"{model.version} holds {model.count} vectors."


def prints() -> list[Sample]:
    return [({}, Print.objects.count())]


def images() -> list[Sample]:
    return [({}, PrintImage.objects.count())]


def features() -> list[Sample]:
    descriptors = Feature.objects.order_by().values_list("descriptor", flat=True).distinct()
    return [({"descriptor": name}, Feature.objects.filter(descriptor=name).count()) for name in descriptors]


def index_changes() -> list[Sample]:
    model = active_model()
    return [({}, changes_after(model))] if model else []
