"""The document in a web page: navigation, links and footers taken away, the rest kept in order."""

from __future__ import annotations

import re
from typing import Any

_DROPPED = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "nav",
        "footer",
        "aside",
        "iframe",
        "object",
        "embed",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "canvas",
        "audio",
        "video",
        "map",
        "head",
    )
)
_NOISE = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|menu|footer|foot|sidebar|breadcrumb|crumbs?|share|related|recommend|comments?|copyright|"
    r"toolbar|pagination|pager|banner|login|search|qrcode|ewm|bottom|friendlink|hot|ads?)(?:$|[-_ ])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ARTICLES = (
    "//article",
    "//*[@id='UCAP-CONTENT' or @id='zoom' or @id='zoomcon' or @id='article' or @id='Zoom']",
    "//*[contains(concat(' ',normalize-space(@class),' '),' TRS_Editor ')]",
    "//*[contains(concat(' ',normalize-space(@class),' '),' trs_editor_view ')]",
    "//*[contains(concat(' ',normalize-space(@class),' '),' article-content ')]",
    "//main",
)
_MOST_OF_IT, _LITTLE_OF_IT, _LINKS = 0.6, 0.2, 0.6
_SENTENCE = re.compile(r"[^。；！？;!?]{8,}[。；！？;!?]")


def strip_page(body: Any) -> Any:
    """Take the noise out of a page's body, and give the element that holds the document."""
    _drop_unseen(body)
    whole = max(1, _sentences(body))
    for element in [each for each in body.iterdescendants() if isinstance(each.tag, str)]:
        if element.getparent() is not None and _is_noise(element, whole):
            _remove(element)
    for path in _ARTICLES:
        found = body.xpath(path)
        if len(found) == 1 and _sentences(found[0]) >= _MOST_OF_IT * whole:
            return found[0]
    return body


def headings_before(body: Any, article: Any) -> list[Any]:
    """The first-level headings above the article, which name the document."""
    inside = set(article.iter())
    return [heading for heading in body.iter("h1") if heading not in inside] if article is not body else []


def _drop_unseen(body: Any) -> None:
    for element in list(body.iterdescendants()):
        if not isinstance(element.tag, str) or element.tag in _DROPPED or _is_hidden(element):
            _remove(element)


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _is_noise(element: Any, whole: int) -> bool:
    """A block by its name or its many links no part of the text; one with much of the text never is."""
    if element.tag not in ("div", "section", "ul", "ol", "p", "header", "table", "dl", "form", "center", "span"):
        return False
    if _sentences(element) > _LITTLE_OF_IT * whole:
        return False
    named = _NOISE.search(f"{element.get('class', '')} {element.get('id', '')}")
    if named or element.tag == "form":
        return True
    links = list(element.iter("a"))
    words = _size(element)
    return len(links) >= 2 and words > 0 and sum(map(_size, links)) > _LINKS * words


def _size(element: Any) -> int:
    return len("".join("".join(element.itertext()).split()))


def _sentences(element: Any) -> int:
    """Characters in whole sentences and in table cells: what a document is made of."""
    text = "".join("".join(element.itertext()).split())
    cells = sum(_size(cell) for cell in element.iter("td")) if element.find(".//td") is not None else 0
    return max(sum(len(found[0]) for found in _SENTENCE.finditer(text)), cells)


def _remove(element: Any) -> None:
    """Take an element out; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
