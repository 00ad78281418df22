"""Errors of the database, by what a caller can do about them.

Django's InterfaceError, which a connection that was closed gives, is no DatabaseError. And Django lets the
driver's own errors through where it closes a cursor of `iterator()` on a connection that was cut.
"""

from django.db import DatabaseError, InterfaceError, OperationalError, connection

DRIVER = connection.Database  # type: ignore[attr-defined]
# A server that restarts or cannot be reached, a deadlock, a full disk: what was asked for may be asked again.
DATABASE_AWAY = (OperationalError, InterfaceError, DRIVER.OperationalError, DRIVER.InterfaceError)
# Whatever it fails at or refuses: caught where something is only noted, and must fail nothing.
DATABASE_FAILED = (DatabaseError, InterfaceError, DRIVER.Error)
