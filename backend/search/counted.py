"""Views that search: what they refuse is counted."""

from typing import ClassVar

from rest_framework.response import Response
from rest_framework.views import APIView

from search.figures import Kind, count_refusal


class CountedView(APIView):
    """Its methods search, but for DELETE. They count what they answer themselves (`figures.count_search`)."""

    kind: ClassVar[Kind]

    def handle_exception(self, exc: Exception) -> Response:
        """As ever, and counted: a search that is refused is one that a visitor did not get."""
        response: Response = super().handle_exception(exc)
        if self.request.method != "DELETE":
            count_refusal(response, self.kind)
        return response
