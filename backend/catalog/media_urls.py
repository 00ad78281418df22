from django.urls import re_path

from catalog import media_views

urlpatterns = [
    re_path(
        r"^images/(?P<image_id>\d{1,18})/(?P<kind>thumbnail|display)/$", media_views.image, name="image-media"
    ),
    re_path(
        r"^examples/(?P<slug>[-\w]+)/(?P<kind>thumbnail|display)/$", media_views.example, name="example-media"
    ),
]
