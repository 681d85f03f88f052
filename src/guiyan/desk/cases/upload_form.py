"""The one-field form that takes a photo or scan for a material."""

from __future__ import annotations

from django import forms


class UploadForm(forms.Form):
    """`material` keeps the ids of several such forms on one page apart."""

    file = forms.FileField()

    def __init__(self, material: str, label: str) -> None:
        super().__init__(auto_id=f"{material}-%s")
        self.fields["file"].label = f"{label}的照片或文件"
