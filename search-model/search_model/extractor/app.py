"""The HTTP of the extraction service, for gunicorn: `search_model.extractor.app:create_app()`."""

import io
import os
from collections.abc import Callable, Iterator
from typing import IO, Any

import numpy as np
from flask import Flask, Request, Response, jsonify, request
from prometheus_client import generate_latest
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from search_model.extractor.batching import Busy
from search_model.extractor.choice import Offer, offer
from search_model.extractor.decoding import NPY_TYPE, Refused
from search_model.extractor.figures import METRICS_TYPE, REGISTRY
from search_model.extractor.request_log import configure_log, note_requests
from search_model.extractor.served import Load, NotReady, Served
from search_model.extractor.service import Service, load_network
from search_model.extractor.settings import Settings, settings_from

# gunicorn's Arbiter.WORKER_BOOT_ERROR: a worker that ends with it stops the whole server, so that the
# supervisor sees a dead process instead of a service that is never ready.
WORKER_BOOT_ERROR = 3
RETRY_SECONDS = 2
FIELD = "image"


class InMemory(Request):
    """A photograph never reaches a disk: Werkzeug would write a part of half a megabyte to a file of its own.

    (MAX_CONTENT_LENGTH says how much there can be.)
    """

    def _get_file_stream(self, *_: object, **__: object) -> IO[bytes]:
        return io.BytesIO()


def create_app(
    settings: Settings | None = None,
    offered: Offer | None = None,
    *,
    load: Load = load_network,
    on_failure: Callable[[Exception], None] = lambda _: os._exit(WORKER_BOOT_ERROR),
) -> Flask:
    """The application; its network loads in the background from now on. Arguments are replaced in tests."""
    settings = settings or settings_from()
    configure_log(settings)
    service = Service(offered or offer(settings), settings, load=load, on_failure=on_failure)
    app = Flask("search_model.extractor")
    app.request_class = InMemory
    app.config["MAX_CONTENT_LENGTH"] = settings.max_bytes
    app.extensions["service"] = service
    _add_routes(app, service, settings)
    _add_error_handlers(app, settings)
    note_requests(app, settings)
    service.start()
    return app


def _add_routes(app: Flask, service: Service, settings: Settings) -> None:
    @app.get("/health")
    def health() -> Response:
        if not service.ready:
            raise NotReady
        return jsonify(status="ready")

    @app.get("/v1/info")
    def info() -> Response:
        return jsonify(_info(service))

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(REGISTRY), content_type=METRICS_TYPE)

    @app.post("/v1/features")
    def features() -> Response:
        served = service.served(request.args.get("descriptor"))
        vectors = service.features(_pictures(settings.max_images), served)
        return _features_response(vectors, served.descriptor.id)


def _info(service: Service) -> dict[str, Any]:
    """The default in the fields of the top, and all that can be asked for with `?descriptor=`, the default first."""
    settings = service.settings
    return {
        **_facts(service.default),
        "descriptors": [_facts(served) for served in service.on_offer],
        "limits": {
            "max_bytes": settings.max_bytes,
            "max_pixels": settings.max_pixels,
            "max_images": settings.max_images,
        },
    }


def _facts(served: Served) -> dict[str, Any]:
    descriptor = served.descriptor
    return {
        "descriptor": descriptor.id,
        "name": descriptor.name,
        "version": descriptor.version,
        "dim": descriptor.dim,
        "input_size": descriptor.input_size,
        "preprocessing": descriptor.preprocessing,
        "pooling": descriptor.pooling,
        "weights_source": descriptor.weights_source,
        "weights_sha256": descriptor.weights_sha256,
        "reason": served.choice.reason,
        "loaded": served.ready,
    }


def _pictures(max_images: int) -> Iterator[tuple[bytes, str]]:
    """Bytes and content type of each picture of the request, in the order sent."""
    if request.mimetype != "multipart/form-data":
        yield request.get_data(cache=False), request.mimetype
        return
    for number, (name, part) in enumerate(request.files.items(multi=True), start=1):
        if number > max_images:
            raise Refused("too_many_images", f"at most {max_images} pictures are taken at once; send fewer", 413)
        if name != FIELD:
            raise Refused("unknown_field", f"the part {name!r} is not known; name every picture {FIELD!r}")
        yield part.read(), part.mimetype


def _features_response(vectors: "np.ndarray[Any, np.dtype[np.float32]]", descriptor_id: str) -> Response:
    if request.accept_mimetypes.best_match(["application/json", NPY_TYPE]) == NPY_TYPE:
        buffer = io.BytesIO()
        np.save(buffer, vectors, allow_pickle=False)
        response = Response(buffer.getvalue(), mimetype=NPY_TYPE)
    else:
        response = jsonify(descriptor=descriptor_id, dim=vectors.shape[1], features=vectors.tolist())
    response.headers["X-Descriptor"] = descriptor_id
    return response


def _add_error_handlers(app: Flask, settings: Settings) -> None:
    @app.errorhandler(Refused)
    def refused(error: Refused) -> Response:
        return _error(error.status, error.code, str(error))

    @app.errorhandler(NotReady)
    def not_ready(_: NotReady) -> Response:
        return _error(503, "not_ready", "the network is still loading; try again in a moment")

    @app.errorhandler(Busy)
    def busy(_: Busy) -> Response:
        return _error(503, "busy", "too many pictures are waiting; try again in a moment")

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(_: RequestEntityTooLarge) -> Response:
        return _error(413, "request_too_large", f"at most {settings.max_bytes:,} bytes are taken; send less at once")

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        return _error(error.code or 500, error.name.lower().replace(" ", "_"), error.description or error.name)


def _error(status: int, code: str, message: str) -> Response:
    response = jsonify(error={"code": code, "message": message})
    response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
