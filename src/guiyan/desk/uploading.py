"""The field of one file uploaded at the desk: what it says when there is none, when it is empty or too large."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

MB = 1024 * 1024
NO_FILE = "请选择一个文件。"


class OneFile(forms.FileField):
    """accept: endings, as .xlsx,.csv. what: before the largest size in the hint. none, instead, smaller: what to do
    where there is no file, an empty one, one that is too large.
    """

    def __init__(
        self,
        *,
        largest_mb: int,
        what: str = "用模板填写的.xlsx或.csv",
        hint: str = "",
        label: str = "文件",
        accept: str = ".xlsx,.csv",
        none: str = NO_FILE,
        instead: str = "请换一份",
        smaller: str = "请分成几个文件",
        **kwargs: Any,
    ) -> None:
        self.largest_mb, self.smaller = largest_mb, smaller
        words = {"required": none, "invalid": none, "missing": none, "empty": f"这个文件是空的（0字节），{instead}。"}
        widget = forms.ClearableFileInput(attrs={"accept": accept})
        help_text = f"{what}，不超过{largest_mb}MB{hint}"
        super().__init__(label=label, help_text=help_text, error_messages=words, widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file: UploadedFile[bytes] | None = super().clean(data, initial)
        if file is not None and (file.size or 0) > self.largest_mb * MB:
            raise forms.ValidationError(f"文件超过{self.largest_mb}MB，{self.smaller}。")
        return file
