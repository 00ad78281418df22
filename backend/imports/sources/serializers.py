"""The JSON of folders on the server and of archives that are sent."""

from typing import Any

from rest_framework import serializers


class FolderSerializer(serializers.Serializer[Any]):
    path = serializers.CharField(help_text="What `image_source` names it by.")
    name = serializers.CharField()
    pictures = serializers.IntegerField(help_text="In it and below.")


class FolderListSerializer(serializers.Serializer[Any]):
    """A folder that imports may read, and those in it."""

    path = serializers.CharField(allow_blank=True, help_text='"" for the list of the roots.')
    parent = serializers.CharField(allow_null=True, allow_blank=True)  # type: ignore[assignment]
    folders = FolderSerializer(many=True)
    pictures = serializers.IntegerField()


class FolderQuerySerializer(serializers.Serializer[Any]):
    path = serializers.CharField(required=False, allow_blank=True, default="", max_length=1000)


class ArchiveSerializer(serializers.Serializer[Any]):
    """An archive of pictures. Several can be sent, one after the other."""

    zip = serializers.FileField(help_text="A ZIP of pictures, in folders of any depth.")
