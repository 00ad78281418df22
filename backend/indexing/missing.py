"""Which pictures still lack a vector or local features, and which of the two."""

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.models import PrintImage
from indexing.models import Feature, LocalFeature
from indexing.queries import PictureRef


def pictures_lacking(*, descriptors: Sequence[str], codec: str) -> QuerySet[PrintImage]:
    """Pictures that lack a vector of a descriptor or the local features of the codec, by id.

    What was made from another file counts as lacking. Each carries `lacks_0`, `lacks_1` ... in the order of
    the descriptors, then of the codec.
    """
    same_file = {"image": OuterRef("pk"), "image_sha256": OuterRef("sha256")}
    made = [Feature.objects.filter(descriptor=name, **same_file) for name in descriptors]
    made_locally = LocalFeature.objects.filter(codec=codec, **same_file)
    lacks = {f"lacks_{number}": ~Exists(rows) for number, rows in enumerate([*made, made_locally])}
    something = Q(*((name, True) for name in lacks), _connector=Q.OR)
    return PrintImage.objects.annotate(**lacks).filter(something).order_by("pk")


def picture_batches(*, descriptors: Sequence[str], codec: str, size: int) -> Iterator[list[PictureRef]]:
    """The pictures that lack something. A batch is asked for when it is needed: late ones are seen."""
    names, last = [*descriptors, codec], 0
    flags = [f"lacks_{number}" for number in range(len(names))]
    waiting = pictures_lacking(descriptors=descriptors, codec=codec).values_list(
        "pk", "path", "sha256", *flags
    )
    while batch := list(waiting.filter(pk__gt=last)[:size]):
        last = batch[-1][0]
        yield [
            PictureRef(pk, path, sha256, frozenset(n for n, lacks in zip(names, row, strict=True) if lacks))
            for pk, path, sha256, *row in batch
        ]
