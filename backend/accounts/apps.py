from django.apps import AppConfig

from catalog.audience import read_audiences_with


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        # (Models are not loaded before.)
        from accounts import openapi  # noqa: F401, PLC0415
        from accounts.rights import audience_of  # noqa: PLC0415

        read_audiences_with(audience_of)
