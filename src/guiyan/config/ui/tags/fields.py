"""Forms: one field with label, hint, error and control; facts already held; the summary of errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import forms
from django.forms import BoundField
from django.forms.forms import BaseForm
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guiyan.config.ui.tags.library import register

TYPES_BY_WIDGET: tuple[tuple[type[forms.Widget], str], ...] = (
    # CheckboxSelectMultiple is a RadioSelect in Django, so it comes first.
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radio"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.HiddenInput, "hidden"),
    (forms.DateInput, "date"),
)
SHORT_HINT = 16
LABEL_BESIDE = 12  # a longer label would hide what is wrong


def kind_of(field: BoundField) -> str:
    widget = field.field.widget
    return next((name for cls, name in TYPES_BY_WIDGET if isinstance(widget, cls)), "text")


def described_by(field: BoundField, hint: str) -> str:
    ids = [f"{field.auto_id}_hint"] if hint else []
    return " ".join(ids + ([f"{field.auto_id}_error"] if field.errors else []))


def control(field: BoundField, kind: str, options: dict[str, object]) -> SafeString:
    """The widget with the house's class and the accessible names it needs."""
    attrs: dict[str, str | bool] = {"class": "tick" if kind == "checkbox" else "" if kind == "file" else "input"}
    if described := described_by(field, str(options["hint"])):
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    if options.get("autofocus"):
        attrs["autofocus"] = True
    if kind == "file" and options.get("camera"):
        attrs |= {"accept": "image/*", "capture": "environment"}
    if kind == "date":
        attrs["type"] = "date"
        attrs["class"] = "input input-short"
    return field.as_widget(attrs=attrs)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, **options: object) -> dict[str, object]:
    """Options: label, hint, unit, cards, heading (the label is the page's h1), inline, pills, camera, autofocus.

    choice_notes: value → note, for radio cards; also read from the form field's own `choice_notes`.
    A short hint of a file is what its drop says; a longer one stands above it.
    """
    kind = kind_of(bound)
    hint = str(options.get("hint", bound.help_text) or "")
    options["hint"] = hint
    notes = options.get("choice_notes") or getattr(bound.field, "choice_notes", {})
    choices = []
    if kind in ("radio", "checkboxes"):
        for choice in bound.subwidgets:
            attrs = choice.data["attrs"]
            choices.append(
                {
                    "id": attrs.get("id") or f"{bound.auto_id}_{choice.data['index']}",
                    "value": str(choice.data["value"] if choice.data["value"] is not None else ""),
                    "label": choice.data["label"],
                    "checked": choice.data["selected"],
                    "note": notes.get(str(choice.data["value"]), "") if isinstance(notes, dict) else "",
                }
            )
    plain = kind not in ("radio", "checkboxes")
    return {
        "field": bound,
        "kind": kind,
        "hint": hint,
        "hint_id": f"{bound.auto_id}_hint",
        "pick": _pick(hint, options) if kind == "file" else "",
        "label": options.get("label", bound.label),
        "choices": choices,
        "control": control(bound, kind, options) if plain else "",
        "described_by": described_by(bound, hint),
        "optional": not bound.field.required and kind != "checkbox",
        "options": options,
    }


def _pick(hint: str, options: Mapping[str, object]) -> str:
    usual = "拍照或选文件" if options.get("camera") else "选择文件"
    return hint if 0 < len(hint) <= SHORT_HINT else usual


@register.inclusion_tag("components/upload.html")
def upload(
    id: str, label: str, name: str = "file", hint: str = "", accept: str = "", pick: str = "选择填好的表"
) -> dict[str, object]:
    """The same drop for a page without a form object: one file, by name."""
    described = format_html(' aria-describedby="{}_hint"', id) if hint else ""
    control = format_html('<input type="file" id="{}" name="{}" accept="{}"{}>', id, name, accept, described)
    return {"id": id, "label": label, "hint": hint, "hint_id": f"{id}_hint", "pick": pick, "control": control}


@register.inclusion_tag("components/fact.html")
def fact(label: str, value: object, source: str = "", warn: str = "") -> dict[str, object]:
    return {"label": label, "value": value, "source": source, "warn": warn}


def named(label: str, text: str) -> str:
    """What is wrong, at the top of the page and so away from its field: 手机号：少了1位，应为11位."""
    return text if not label or len(label) > LABEL_BESIDE or label in text else f"{label}：{text}"


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm | None, extra: Sequence[str] = (), focus: bool = True) -> dict[str, object]:
    """All errors of the form with links to their fields; takes the focus; empty when there are none."""
    rows: list[tuple[str, str]] = []
    if form is not None and form.is_bound:
        rows += [("", str(error)) for error in form.non_field_errors()]
        for bound in form:
            first = f"{bound.auto_id}_0" if kind_of(bound) in ("radio", "checkboxes") else bound.id_for_label
            rows += [(first, named(str(bound.label or ""), str(error))) for error in bound.errors]
    rows += [("", text) for text in extra]
    return {"rows": rows, "count": len(rows), "focus": focus}
