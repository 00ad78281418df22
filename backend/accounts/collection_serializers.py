"""The JSON of collections and their members."""

from typing import Any

from rest_framework import serializers

from accounts.models import Membership
from catalog.models import Collection

ROLES = Membership.Role.choices
VISIBILITY_HELP = (
    "public: everybody sees it; staff: everybody who has signed in; private: its members and administrators."
)


class CollectionSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    visibility = serializers.ChoiceField(choices=Collection.Visibility.choices, help_text=VISIBILITY_HELP)
    print_count = serializers.IntegerField(help_text="Of those that one may see.")
    role = serializers.ChoiceField(choices=ROLES, allow_blank=True, help_text="One's own; empty without one.")


class CollectionChangesSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=300)
    visibility = serializers.ChoiceField(choices=Collection.Visibility.choices, help_text=VISIBILITY_HELP)


class NewCollectionSerializer(CollectionChangesSerializer):
    slug = serializers.SlugField(max_length=100, help_text="Its short name in addresses; it stays.")
    visibility = serializers.ChoiceField(
        choices=Collection.Visibility.choices,
        default=Collection.Visibility.PRIVATE,
        help_text=VISIBILITY_HELP,
    )


class CollectionMemberSerializer(serializers.Serializer[Membership]):
    username = serializers.CharField(source="user.username", max_length=150)
    name = serializers.CharField(source="user.get_full_name", read_only=True)
    role = serializers.ChoiceField(choices=ROLES)


class MembersSerializer(serializers.Serializer[Any]):
    members = serializers.ListField(child=CollectionMemberSerializer(), max_length=1000)

    def roles(self) -> dict[str, str]:
        """The valid members: role by user name."""
        return {member["user"]["username"]: member["role"] for member in self.validated_data["members"]}

    def validate_members(self, members: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Nobody twice."""
        names = [member["user"]["username"] for member in members]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise serializers.ValidationError(f"{twice[0]!r} is named twice. Give each user one role.")
        return members
