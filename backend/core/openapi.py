"""The API's description: what drf-spectacular cannot see by itself."""

from drf_spectacular.openapi import AutoSchema


class RectoSchema(AutoSchema):
    pass
