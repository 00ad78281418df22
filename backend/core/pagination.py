"""Pages of a list: `?page=2&page_size=50`."""

from collections.abc import Sequence
from typing import Any

from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response


class Pages(PageNumberPagination):
    page_size = 24
    max_page_size = 100
    page_size_query_param = "page_size"
    invalid_page_message = "There is no page {page_number}. Pages count from 1 to `pages`."

    def get_paginated_response(self, data: Sequence[Any]) -> Response:
        page = self.page
        assert page is not None
        return Response(
            {
                "count": page.paginator.count,
                "page": page.number,
                "pages": page.paginator.num_pages,
                "page_size": page.paginator.per_page,
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        numbers = ("count", "page", "pages", "page_size")
        return {
            "type": "object",
            "required": [*numbers, "results"],
            "properties": {**{name: {"type": "integer"} for name in numbers}, "results": schema},
        }
