"""The sign-in form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from guiyan.accounts import throttle
from guiyan.accounts.models import User


class SignInForm(forms.Form):
    username = forms.CharField(
        label="用户名",
        max_length=64,
        error_messages={"required": "请填用户名"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="密码",
        strip=False,
        error_messages={"required": "请填密码"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        """One message for a wrong name and a wrong password: which names exist is nobody's business."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        username = cleaned["username"]
        address = throttle.address_of(self.request)
        if throttle.is_resting(throttle.SIGN_IN, username, address):
            raise forms.ValidationError(throttle.SIGN_IN.words, code="resting")
        user = authenticate(self.request, username=username, password=cleaned["password"])
        if not isinstance(user, User):
            throttle.note_failure(throttle.SIGN_IN, username, address)
            raise forms.ValidationError("用户名或密码不对，请重新填写。", code="wrong")
        throttle.forget_failures(throttle.SIGN_IN, username, address)
        self.user = user
        return cleaned
