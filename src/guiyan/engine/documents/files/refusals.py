"""What is not let in: files that are not what their name says, and documents marked secret or internal."""

from __future__ import annotations

import re

from guiyan.engine.documents.errors import DocumentRefused
from guiyan.engine.documents.view import fold

MAX_BYTES = 20 * 1024 * 1024
READ = (".txt", ".docx", ".pdf", ".html", ".htm", ".xlsx")
_ADVICE = (
    ((".doc", ".wps", ".rtf", ".odt", ".dot", ".wpt"), "请用 Word 或 WPS 打开，另存为 .docx 后重新上传。"),
    ((".xls", ".et", ".ods", ".csv"), "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传。"),
    ((".ofd", ".ceb", ".caj"), "请用原来的阅读器另存为 PDF，或上传 Word 文件。"),
    ((".zip", ".rar", ".7z", ".gz", ".tar"), "请解压后逐个上传里面的文件。"),
    (
        (".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".gif"),
        "图片里没有文字，请上传 Word 文件，或先做文字识别（OCR）。",
    ),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SECRET = re.compile(
    r"^\(?(?:密级:?)?(?:绝密|机密|秘密)(?:(?:[★☆*].{0,12})|(?:级|件|文件))?\)?$|^(?:绝密|机密|秘密)[★☆*]"
)
_INTERNAL = re.compile(
    r"^\(?(?:密级:?)?内部(?:资料|文件|材料|使用|参考|掌握|传阅|发行|公开|件|明电|情况)?"
    r"(?:[,、;.·!]?(?:请)?(?:注意保(?:存|密|管)|不得外传|严禁外传|请勿外传|妥善保管|不得公开|仅供参考))*[★☆*]?\)?$"
)


def refuse_bad_bytes(filename: str, content: bytes) -> None:
    """Refuse what no reader should open, whatever its name says."""
    if not content:
        raise DocumentRefused("empty", f"文件“{filename}”是空的（0 字节）。请检查后重新上传。")
    if len(content) > MAX_BYTES:
        raise DocumentRefused("too-large", f"文件“{filename}”超过 20 MB。请拆分或压缩图片后重新上传。")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise DocumentRefused("encrypted", f"文件“{filename}”设有打开密码。请取消密码后重新上传。")
        raise DocumentRefused(
            "not-a-document",
            f"文件“{filename}”是旧版 Word、Excel 或 WPS 格式。请打开后另存为 .docx 或 .xlsx，再重新上传。",
        )


def refuse_by_name(filename: str, suffix: str) -> None:
    """Refuse an ending that no reader takes, saying what would do instead."""
    if suffix in READ:
        return
    if suffix in (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb"):
        plain = ".docx" if suffix.startswith(".do") else ".xlsx"
        raise DocumentRefused("macro", f"文件“{filename}”带有宏。请另存为不带宏的 {plain} 后重新上传。")
    advice = next((words for endings, words in _ADVICE if suffix in endings), "")
    raise DocumentRefused(
        "not-a-document", f"不能读取“{suffix or filename}”格式。{advice or '请上传 Word、PDF、Excel、网页或文本文件。'}"
    )


def refuse_if_marked(text: str) -> None:
    """Refuse a document with a line of marking (秘密★3年, 内部资料 注意保存); the words in sentences don't count."""
    for line in text.split("\n"):
        if len(line) > 200:
            continue
        packed = "".join(fold(line).split())
        if not packed or len(packed) > 40:
            continue
        if _SECRET.match(packed):
            raise DocumentRefused("secret", "文件标有密级（秘密、机密或绝密），本系统不接收涉密文件。请按规定办理。")
        if _INTERNAL.match(packed):
            raise DocumentRefused("internal", "文件标有“内部”字样，本系统只接收可以公开的文件。请改用公开版本。")
