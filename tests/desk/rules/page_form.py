"""What a browser would send from a page's form, read from its HTML."""

from __future__ import annotations

from html.parser import HTMLParser

Sent = dict[str, list[str]]


class FormParser(HTMLParser):
    """The values of every control, as a browser without script sends them; buttons are not pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: Sent = {}
        self.select = ""
        self.options: list[tuple[str, bool]] = []
        self.area = ""
        self.written = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag == "input" and name:
            ticks = found.get("type") in ("radio", "checkbox")
            if not ticks or "checked" in found:
                self.sent.setdefault(name, []).append(found.get("value", "on" if ticks else ""))
        elif tag == "select":
            self.select, self.options = name, []
        elif tag == "option":
            self.options.append((found.get("value", ""), "selected" in found))
        elif tag == "textarea":
            self.area, self.written = name, ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.written += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.select:
            chosen = [value for value, selected in self.options if selected] or [self.options[0][0]]
            self.sent.setdefault(self.select, []).append(chosen[-1])
            self.select = ""
        elif tag == "textarea" and self.area:
            self.sent.setdefault(self.area, []).append(self.written)
            self.area = ""


def form_in(html: str) -> Sent:
    parser = FormParser()
    parser.feed(html)
    return parser.sent
