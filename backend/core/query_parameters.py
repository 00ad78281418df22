"""What is asked for in the address of a request: `?q=holz&limit=25`."""

from typing import Any, TypeVar

from rest_framework.request import Request
from rest_framework.serializers import Serializer

Query = TypeVar("Query", bound=Serializer[Any])


def query_of(request: Request, serializer: type[Query]) -> Query:
    """What was asked for, read and within its bounds. Raises ValidationError, which names what is not."""
    query = serializer(data=request.query_params)
    query.is_valid(raise_exception=True)
    return query
