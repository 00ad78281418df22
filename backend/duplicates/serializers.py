"""The JSON of the groups, and a curator's choice."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.serializers import LARGEST_ID, ImageSerializer, PrintSerializer
from duplicates.models import Decision, GroupMember, ImageGroup, ImagePair


class PairSerializer(serializers.Serializer[ImagePair]):
    """Why two pictures of a group are in it together."""

    first = serializers.IntegerField(source="first_id", help_text="Id of a picture.")
    second = serializers.IntegerField(source="second_id")
    inliers = serializers.IntegerField(help_text="Matching points that one plane explains.")
    coverage = serializers.FloatField(help_text="0 to 1: how much of what both show matches.")
    mirrored = serializers.BooleanField()


class MemberSerializer(serializers.Serializer[GroupMember]):
    """A picture of a group, with its print."""

    image = ImageSerializer()
    print = PrintSerializer(source="image.print")


class GroupSerializer(serializers.Serializer[ImageGroup]):
    """Pictures that seem to show the same image. The context has `pairs`, by the group's id."""

    id = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Decision.choices)
    grown = serializers.BooleanField(help_text="It was accepted, and then another picture joined.")
    same_file = serializers.SerializerMethodField(help_text="All pictures are one file, byte for byte.")
    decided_by = serializers.CharField(source="decided_by.username", default="", read_only=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    members = MemberSerializer(many=True)
    pairs = serializers.SerializerMethodField()

    def get_same_file(self, group: ImageGroup) -> bool:
        return len({member.image.sha256 for member in group.members.all()}) == 1

    @extend_schema_field(PairSerializer(many=True))
    def get_pairs(self, group: ImageGroup) -> Any:
        return PairSerializer(self.context["pairs"].get(group.pk, []), many=True).data


class GroupListQuerySerializer(serializers.Serializer[Any]):
    """Which groups to list."""

    state = serializers.ChoiceField(required=False, allow_blank=True, default="", choices=Decision.choices)


class AcceptanceSerializer(serializers.Serializer[Any]):
    """The pictures that are right; without any, all of the group."""

    images = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_ID), required=False, max_length=1000
    )
