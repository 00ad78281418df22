from django.apps import AppConfig

from catalog.audience import read_audiences_with


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.rights import audience_of  # noqa: PLC0415 - models are not loaded before

        read_audiences_with(audience_of)
