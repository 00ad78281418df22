"""Signing in and out, and what belongs to oneself: rights, password, tokens."""

from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.models import User
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect, ensure_csrf_cookie
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import audit, services, tokens
from accounts.authentication import user_of
from accounts.me import about
from accounts.permissions import IsSignedIn
from accounts.serializers import (
    CredentialsSerializer,
    MeSerializer,
    NewTokenSerializer,
    PasswordSerializer,
    TokenRequestSerializer,
    TokenSerializer,
)
from accounts.signing_in import checked_user
from core.client_address import client_address
from core.openapi import FORBIDDEN


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


class PasswordView(APIView):
    """Another password. Other sessions of the user end; tokens stay until they are deleted."""

    permission_classes = [IsSignedIn]

    @extend_schema(operation_id="me_password", request=PasswordSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        form = PasswordSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = _user(request)
        services.change_password(request=request._request, user=user, **form.validated_data)
        update_session_auth_hash(request._request, user)
        return Response(status=204)


class TokenListView(APIView):
    """One's own API tokens."""

    permission_classes = [IsSignedIn]

    @extend_schema(operation_id="me_tokens_list", responses={200: TokenSerializer(many=True), **FORBIDDEN})
    def get(self, request: Request) -> Response:
        return Response(TokenSerializer(_user(request).api_tokens.all(), many=True).data)

    @extend_schema(
        operation_id="me_tokens_create", request=TokenRequestSerializer, responses={201: NewTokenSerializer}
    )
    def post(self, request: Request) -> Response:
        form = TokenRequestSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        token, text = tokens.create_token(
            user=_user(request), **form.validated_data, address=client_address(request)
        )
        return Response({**TokenSerializer(token).data, "token": text}, status=201)


class TokenView(APIView):
    """One token of one's own."""

    permission_classes = [IsSignedIn]

    @extend_schema(operation_id="me_tokens_destroy", responses={204: None})
    def delete(self, request: Request, token_id: int) -> Response:
        tokens.delete_token(user=_user(request), token_id=token_id, address=client_address(request))
        return Response(status=204)


def _user(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user
