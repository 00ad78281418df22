"""The exception tree, split by what the caller can do: mend the request, try again, or fetch the operator.

A message names the thing, the limit and the remedy. `core.api_errors` renders it as the one error body.
"""

from core.sentences import Sentence, named

Fields = dict[str, list[str]]


class RectoError(Exception):
    """An error with a `code` for programs, a `message` for people and, for forms, messages by field."""

    status = 500

    def __init__(self, code: str, message: str, *, fields: Fields | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields: Fields = fields or {}

    @property
    def sentence(self) -> Sentence:
        """The message, under the name of the code where it has none of its own."""
        return named(self.message, self.code)

    def __reduce__(self) -> tuple[object, ...]:
        # Exception.__reduce__ would call the class with the message alone.
        return (type(self)._restore, (self.__dict__,))

    @classmethod
    def _restore(cls, state: dict[str, object]) -> "RectoError":
        error = cls.__new__(cls)
        error.__dict__.update(state)
        error.args = (state["message"],)
        return error


class UserError(RectoError):
    """The caller can mend it."""

    status = 400


class NotSignedIn(UserError):
    """Whoever the caller claims to be was not believed."""

    status = 401


class Forbidden(UserError):
    """The caller is known and may not do this."""

    status = 403


class NotFound(UserError):
    status = 404


class Conflict(UserError):
    """What is there now stands in the way."""

    status = 409


class TooLarge(UserError):
    status = 413


class UnsupportedType(UserError):
    status = 415


class NotOffered(UserError):
    """A standard has it, this server has not."""

    status = 501


class TryAgain(RectoError):
    """It may work later: `retry_after` is in seconds."""

    status = 503

    def __init__(
        self, code: str, message: str, *, retry_after: float = 5, fields: Fields | None = None
    ) -> None:
        super().__init__(code, message, fields=fields)
        self.retry_after = retry_after


class TooManyRequests(TryAgain):
    status = 429


class OperatorError(RectoError):
    """Only the operator of this server can mend it."""

    status = 500


class NoRoom(OperatorError):
    """The disk is full; once there is room, the same can be asked for again."""

    status = 507
