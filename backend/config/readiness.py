"""What /health/ready and /metrics say of the apps, put together where all of them are known."""

from catalog.models import Print, PrintImage
from core import health
from core.health import Sample
from indexing.extractor_client import DescriptorNotOffered, extractor_info
from indexing.mismatch import descriptor_gone
from indexing.models import Feature, LocalFeature, Road
from indexing.queries import active_model, changes_after


def register() -> None:
    health.register_check("extractor", extractor_answers)
    health.register_check("index", index_fits_extractor)
    health.register_gauge("prints", "Prints in the catalogue", prints)
    health.register_gauge("images", "Pictures of prints", images)
    health.register_gauge("features", "Vectors stored, by descriptor", features)
    health.register_gauge("local_features", "Images with local features, by codec", local_features)
    health.register_gauge("index_changes", "Changes since the index was published, by road", index_changes)


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
    return f"{model.version} is in force."


def prints() -> list[Sample]:
    return [({}, Print.objects.count())]


def images() -> list[Sample]:
    return [({}, PrintImage.objects.count())]


def features() -> list[Sample]:
    descriptors = Feature.objects.order_by().values_list("descriptor", flat=True).distinct()
    return [({"descriptor": name}, Feature.objects.filter(descriptor=name).count()) for name in descriptors]


def local_features() -> list[Sample]:
    codecs = LocalFeature.objects.order_by().values_list("codec", flat=True).distinct()
    return [({"codec": name}, LocalFeature.objects.filter(codec=name).count()) for name in codecs]


def index_changes() -> list[Sample]:
    models = [active_model(road=road) for road in Road]
    return [({"road": model.road}, changes_after(model)) for model in models if model]
