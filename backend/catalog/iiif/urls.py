from django.urls import re_path

from catalog.iiif import views

IMAGE = r"^image/3/(?P<image_id>\d{1,18})"
DRAWING = r"(?P<region>[^/]+)/(?P<size>[^/]+)/(?P<rotation>[^/]+)/(?P<quality>[^/.]+)\.(?P<format>[^/.]+)"
MANIFEST = r"^presentation/3/prints/(?P<print_id>\d{1,18})/manifest\.json$"
urlpatterns = [
    re_path(rf"{IMAGE}$", views.image_base, name="iiif-image"),
    re_path(rf"{IMAGE}/info\.json$", views.image_info, name="iiif-image-info"),
    re_path(rf"{IMAGE}/{DRAWING}$", views.image, name="iiif-image-drawing"),
    re_path(MANIFEST, views.manifest, name="iiif-manifest"),
]
