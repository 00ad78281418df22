"""Errors of the database, by what a caller can do about them.

Django's InterfaceError, which a connection that was closed gives, is no DatabaseError.
"""

from django.db import DatabaseError, InterfaceError, OperationalError

# A server that restarts or cannot be reached, a deadlock, a full disk: what was asked for may be asked again.
DATABASE_AWAY = (OperationalError, InterfaceError)
# Whatever it fails at or refuses: caught where something is only noted, and must fail nothing.
DATABASE_FAILED = (DatabaseError, InterfaceError)
