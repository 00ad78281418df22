"""Signing in and out, and who one is."""

from django.contrib.auth import login, logout
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect, ensure_csrf_cookie
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import audit
from accounts.addresses import client_address
from accounts.authentication import user_of
from accounts.me import about
from accounts.serializers import CredentialsSerializer, MeSerializer
from accounts.signing_in import checked_user


@method_decorator(ensure_csrf_cookie, name="dispatch")
class MeView(APIView):
    """Who asks and what they may do; sets the cookie `csrftoken` that a session's writes repeat."""

    @extend_schema(operation_id="me_retrieve", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(about(user_of(request))).data)


# (Otherwise another site could sign a visitor in as somebody else.)
@method_decorator(csrf_protect, name="dispatch")
class SessionView(APIView):
    """Sign in, sign out. Both repeat the cookie `csrftoken` as the header `X-CSRFToken`."""

    @extend_schema(
        operation_id="session_create", request=CredentialsSerializer, responses={200: MeSerializer}
    )
    def post(self, request: Request) -> Response:
        form = CredentialsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = checked_user(request._request, **form.validated_data)
        login(request._request, user)
        audit.record(user, "signed_in", address=client_address(request))
        return Response(MeSerializer(about(user)).data)

    @extend_schema(operation_id="session_destroy", responses={204: None})
    def delete(self, request: Request) -> Response:
        if request.user.is_authenticated:
            audit.record(request.user, "signed_out", address=client_address(request))
        logout(request._request)
        return Response(status=204)
