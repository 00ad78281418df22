"""What drf-spectacular cannot see in the views: the one error body, which any call may answer with."""

from typing import Any

from core.said_field import SAID

ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "fields", "said"],
            "properties": {
                "code": {"type": "string", "description": "For programs; it does not change."},
                "message": {"type": "string", "description": "For people: what, which limit, what to do."},
                "fields": {
                    "type": "object",
                    "description": "Messages by the name of the field they belong to.",
                    "additionalProperties": {"type": "array", "items": {"type": "string"}},
                },
                "said": SAID,
            },
        }
    },
}
REASONS = {
    "400": "Something in the request has to be mended.",
    "401": "The token in the request is unknown or has expired.",
    "403": "Not allowed, or the page has to be loaded again.",
    "404": "There is nothing of this name.",
    "405": "This method is not possible here.",
    "406": "Only JSON can be answered.",
    "413": "Too many bytes or pixels.",
    "414": "The address is too long: use fewer filter values.",
    "415": "A type of picture or request that is not read.",
    "429": "Too many requests; try again after the seconds in Retry-After.",
    "500": "The operator has to look into it.",
    "503": "Not possible right now; try again after the seconds in Retry-After.",
    "507": "The server's disk is full: the same can be sent again once there is room.",
}
# From the web server, before Recto sees the request; no JSON.
BARE = ("414",)
ALWAYS = ("400", "401", "404", "405", "406", *BARE, "500", "503")
WITH_BODY = ("403", "413", "415", "429", "507")
# For reads that not everybody may do, whose responses are listed. (With a media type in the key,
# drf-spectacular would take this for the main response, and a list would lose its `page`.)
FORBIDDEN = {403: {"$ref": "#/components/schemas/Error"}}
METHODS = {"get", "post", "put", "patch", "delete"}
Schema = dict[str, Any]


def add_error_responses(result: Schema, generator: object, request: object, public: bool) -> Schema:
    """A drf-spectacular postprocessing hook: every call may answer with the error body."""
    result.setdefault("components", {}).setdefault("schemas", {})["Error"] = ERROR
    for path in result.get("paths", {}).values():
        for method, operation in path.items():
            if method in METHODS:
                _add_errors(operation, has_body=method != "get")
    return result


def _add_errors(operation: Schema, *, has_body: bool) -> None:
    for status in (*ALWAYS, *(WITH_BODY if has_body else ())):
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
        response = {"description": REASONS[status]} | ({} if status in BARE else {"content": content})
        operation["responses"].setdefault(status, response)
