"""A register's form as its declaration says, for a new entry and for one that is changed.

A number that is held is not sent to the page: its field stays empty, says how the number looks, and left empty
keeps it. What the page showed goes along as marks, so that only what was changed is reported.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from guiyan.kernel import releases
from guiyan.kernel.calendar import today
from guiyan.packs.register import Channel, Field, Register
from guiyan.registers.importing.reading import known_names, region_paths_of
from guiyan.registers.keeping.conditions import fields_shown, must_be_filled, sections_shown
from guiyan.registers.pictures import digest_of, reencoded
from guiyan.registers.values import HUNDRED, SHANGHAI, Reader, Value
from guiyan.registers.wrong import WrongValue

YES_NO = [("true", "是"), ("false", "否")]
LONGEST = 4000
PICTURES = "image/jpeg,image/png,image/webp"


@dataclass(frozen=True)
class AskedSection:
    """fields: bound fields, each with whether a phone asks it at first."""

    title: str
    note: str
    fields: list[tuple[forms.BoundField, Field, bool]]

    @property
    def on_phone(self) -> bool:
        """Whether a phone asks any of them at first."""
        return any(first for _, _, first in self.fields)


class EntryForm(forms.Form):
    """held: field → value as the entry shows it, numbers masked; empty for a new one. hidden: not asked of this person.

    channel: the way in, which decides whose words they are.
    """

    use_required_attribute = False
    entry_was = forms.CharField(widget=forms.HiddenInput, required=False)
    entry_source = forms.ChoiceField(label="由谁填报")

    def __init__(
        self,
        register: Register,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
        *,
        held: Mapping[str, Value] | None = None,
        hidden: frozenset[str] = frozenset(),
        typed: Mapping[str, Sequence[str]] | None = None,
        channel: Channel = "form",
    ) -> None:
        self.register, self.held, self.hidden = register, dict(held or {}), hidden
        self.values: dict[str, Value] = {}
        pack = releases.current()
        self.names, self.paths = known_names(pack), region_paths_of(pack)
        self.pictures: dict[str, bytes] = {}
        super().__init__(data, files, initial=self._initial(typed))
        sources = register.sources_by(channel)
        self.fields["entry_source"].choices = [(one.id, one.label) for one in sources]  # type: ignore[attr-defined]
        if len(sources) == 1:
            self.fields["entry_source"].widget = forms.HiddenInput()
            self.initial.setdefault("entry_source", sources[0].id)
        for field in register.reported:
            if not field.retired and field.id not in hidden:
                self.fields[field.id] = self._field_for(field)

    def _initial(self, typed: Mapping[str, Sequence[str]] | None) -> dict[str, Any]:
        initial: dict[str, Any] = {
            name: as_typed(self.register.fields[name], value, self.paths)
            for name, value in self.held.items()
            if name in self.register.fields and not self.register.fields[name].encrypted
            if self.register.fields[name].type != "picture"
        }
        for name, values in (typed or {}).items():
            field = self.register.fields.get(name)
            initial[name] = list(values) if field is not None and field.type == "list" else (values or [""])[-1]
        return initial

    def _field_for(self, field: Field) -> forms.Field:
        common: dict[str, Any] = {"label": field.label, "required": False, "help_text": self._hint(field)}
        if field.type == "code":
            return forms.ChoiceField(choices=[("", "请选择"), *field.codes.items()], **common)
        if field.type == "list":
            widget = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=list(field.codes.items()), widget=widget, **common)
        if field.type == "bool":
            choices = YES_NO if field.required else [*YES_NO, ("", "不清楚")]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        if field.type == "picture":
            return forms.FileField(
                widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}), **common
            )
        return forms.CharField(widget=widget_for(field), max_length=LONGEST, **common)

    def _hint(self, field: Field) -> str:
        if field.type == "picture":
            return "已有一张，再选就换掉；JPG、PNG或WebP" if self.held.get(field.id) else "JPG、PNG或WebP，不超过10MB"
        if field.encrypted and self.held.get(field.id):
            return f"已填：{self.held[field.id]}。要改再填一次，不改就空着"
        return field.hint or (f"例如{field.example}" if field.example else "")

    def clean(self) -> dict[str, Any]:
        """Reads every field to its type; what the sections shown leave empty is an error, the others are not asked."""
        reader = Reader(today(), self.names)
        for name in self.register.fields.keys() & self.fields.keys():
            try:
                self.values[name] = self._read(reader, self.register.fields[name])
            except WrongValue as wrong:
                self.add_error(name, f"{wrong.wrong}，{wrong.right}")
        for field in fields_shown(self.register, self.known):
            empty = self.known.get(field.id) in (None, (), "")
            asked = field.id in self.fields and field.id not in self.errors
            if empty and asked and must_be_filled(self.register, field, self.known):
                self.add_error(field.id, f"请填写{field.label}" if not field.codes else f"请选择{field.label}")
        return self.cleaned_data

    def _read(self, reader: Reader, field: Field) -> Value:
        raw = self.cleaned_data.get(field.id)
        if field.type == "region" and raw and raw == self.initial.get(field.id):
            return self.held.get(field.id)
        if field.type == "list":
            return tuple(raw or ())
        if field.type == "picture":
            return self._picture(field.id, raw)
        return reader.read(field.model_copy(update={"required": False}), raw)

    def _picture(self, name: str, raw: Any) -> Value:
        """The name of what would be kept: the picture itself waits in `pictures` until the form is taken."""
        if not isinstance(raw, UploadedFile):
            return None
        self.pictures[name] = reencoded(raw)
        return digest_of(self.pictures[name])

    @property
    def known(self) -> dict[str, Value]:
        """What the entry would hold: what is typed, and numbers that are kept."""
        kept = {n: v for n, v in self.held.items() if n in self.hidden or self._is_derived(n) or self._is_kept(n)}
        return {**self.values, **kept}

    def _is_derived(self, name: str) -> bool:
        return name in self.register.fields and self.register.fields[name].is_derived

    def _is_kept(self, name: str) -> bool:
        field = self.register.fields[name]
        return (field.encrypted or field.type == "picture") and not self.values.get(name)

    @property
    def told(self) -> dict[str, Value]:
        """What is typed in the sections shown; a number left empty says nothing."""
        asked = {field.id for field in fields_shown(self.register, self.known)}
        return {n: v for n, v in self.values.items() if n in asked and not (self._is_kept(n) and n in self.held)}

    @property
    def marks(self) -> dict[str, str]:
        """What the page showed; nothing for what can't be read."""
        try:
            found = json.loads(self.cleaned_data.get("entry_was") or "{}")
        except ValueError:
            return {}
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def provisional(self) -> Mapping[str, Value]:
        """The values as far as they can be read, for which sections there are while somebody types."""
        if self.is_bound:
            return self.known if self.is_valid() or self.values else {}
        numbers = {n: v for n, v in self.held.items() if self._is_kept(n)}
        return numbers | self._readable_initial()

    def _readable_initial(self) -> dict[str, Value]:
        reader, found = Reader(today(), self.names), {}
        for name, raw in self.initial.items():
            field = self.register.fields.get(name)
            if field is None or field.encrypted or field.type == "picture" or raw in (None, "", []):
                continue
            try:
                found[name] = tuple(raw) if field.type == "list" else reader.typed(field, raw)
            except WrongValue:
                continue
        return found

    def sections(self) -> list[AskedSection]:
        first = self.register.screens.phone
        asked = [
            AskedSection(
                one.title,
                one.note,
                [
                    (self._marked(self.register.fields[name]), self.register.fields[name], not first or name in first)
                    for name in one.fields
                    if name in self.fields
                ],
            )
            for one in sections_shown(self.register, self.provisional())
        ]
        return [one for one in asked if one.fields]

    def _marked(self, field: Field) -> forms.BoundField:
        """The component writes 选填 beside what need not be filled."""
        bound = self[field.id]
        bound.field.required = must_be_filled(self.register, field, self.provisional())
        return bound


def as_typed(field: Field, value: Value, paths: Mapping[int, str]) -> Any:
    """A value as a form's control holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"
    if field.type in ("money", "decimal") and isinstance(value, int):
        return f"{value // HUNDRED}" + (f".{value % HUNDRED:02d}" if value % HUNDRED else "")
    if field.type == "region" and isinstance(value, int):
        return paths.get(value, str(value))
    return list(value) if isinstance(value, tuple) else value


def widget_for(field: Field) -> forms.Widget:
    if field.type == "long_text":
        return forms.Textarea(attrs={"rows": 3})
    if field.type == "date":
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if field.type == "datetime":
        return forms.TextInput(attrs={"type": "datetime-local"})
    if field.type == "region":
        return forms.TextInput(attrs={"autocomplete": "off", "list": "places"})
    mode = {"int": "numeric", "phone": "numeric", "money": "decimal", "decimal": "decimal"}.get(field.type)
    return forms.TextInput(attrs={"autocomplete": "off", **({"inputmode": mode} if mode else {})})
