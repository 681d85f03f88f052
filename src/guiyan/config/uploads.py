"""What is sent is measured before it is received: a file larger than any page takes is refused at its first byte."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

LARGEST_MB = 310  # a little more than the largest file that a page takes (`registers.importing.kept`), for its form
WORDS = """<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>文件太大</title>
<h1>文件太大，没有接收</h1><p>网页上传的文件不能超过300MB。请分成几个文件，或请系统管理员用命令导入。</p>
<p>请用浏览器的“后退”回到刚才的页面。</p></html>"""


class NoLargerThan:
    """Before anything reads the form: what is refused here is not written to the disk either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        stated = request.headers.get("Content-Length", "")
        if stated.isascii() and stated.isdigit() and int(stated) > LARGEST_MB * 1024 * 1024:
            return HttpResponse(WORDS, status=413)
        return self.get_response(request)
