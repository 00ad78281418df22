"""The JSON of accounts: who one is, tokens, passwords."""

from typing import Any

from rest_framework import serializers

from accounts.models import ApiToken, Membership

LONGEST_PASSWORD = 500


class UserSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    username = serializers.CharField()
    name = serializers.CharField(help_text="First and last name; may be empty.")
    is_administrator = serializers.BooleanField()


class OwnCollectionSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Membership.Role.choices)


class MaySerializer(serializers.Serializer[Any]):
    """What the page offers. Each call checks for itself."""

    edit = serializers.BooleanField()
    see_jobs = serializers.BooleanField()
    see_index = serializers.BooleanField()
    administer = serializers.BooleanField()

    def get_fields(self) -> dict[str, Any]:
        # (A class cannot have an attribute called `import`.)
        return {"import": serializers.BooleanField()} | super().get_fields()


class MeSerializer(serializers.Serializer[Any]):
    user = UserSerializer(allow_null=True)
    collections = OwnCollectionSerializer(many=True, help_text="In which one has a role.")
    may = MaySerializer()


class CredentialsSerializer(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=LONGEST_PASSWORD, trim_whitespace=False)


class PasswordSerializer(serializers.Serializer[Any]):
    old_password = serializers.CharField(max_length=LONGEST_PASSWORD, trim_whitespace=False)
    new_password = serializers.CharField(max_length=LONGEST_PASSWORD, trim_whitespace=False)


class TokenRequestSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=100, help_text="What it is for.")
    expires_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class TokenSerializer(serializers.ModelSerializer[ApiToken]):
    class Meta:
        model = ApiToken
        fields = ["id", "name", "created_at", "expires_at", "last_used_at"]
        read_only_fields = fields


class NewTokenSerializer(TokenSerializer):
    """Send it as `Authorization: Token ...`."""

    token = serializers.CharField(help_text="Given only now: nobody can show it again.")

    class Meta(TokenSerializer.Meta):
        fields = [*TokenSerializer.Meta.fields, "token"]
