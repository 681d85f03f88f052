"""What a city decided about several measures together: which exclude each other, and the most they give in all.

No document excludes one measure for another by itself; each of these is a dated decision with who took it and where
it is written. It becomes a condition of the measures it names, on `received` or `received_yuan`, on its days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field, model_validator

from guiyan.engine.rules import tree
from guiyan.engine.rules.amounts import Ceiling
from guiyan.engine.rules.resolve import Resolver
from guiyan.engine.rules.tiers import RECEIVED_YUAN, received_below
from guiyan.engine.values import Declared, YamlDay, YamlText, YamlYuan
from guiyan.engine.values.declared import fen


class Decision(Declared):
    """`document`: where the decision is written, with its number."""

    id: str = ""
    label: YamlText
    measures: tuple[str, ...]
    valid_from: YamlDay = Field(alias="from")
    valid_to: YamlDay | None = Field(default=None, alias="to")
    set_by: YamlText
    document: YamlText

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Decision:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"it ends on {self.valid_to}, before it begins on {self.valid_from}")
        if len(set(self.measures)) != len(self.measures):
            raise ValueError("`measures` names one measure twice")
        return self


class Exclusion(Decision):
    """Whoever received one of the measures is given none of the others."""

    measures: tuple[str, ...] = Field(min_length=2)


class Cap(Decision):
    """One subject receives at most so much from the measures in all."""

    measures: tuple[str, ...] = Field(min_length=1)
    most_yuan: YamlYuan


class Stacking(Declared):
    excludes: Mapping[str, Exclusion] = Field(default_factory=dict)
    caps: Mapping[str, Cap] = Field(default_factory=dict)

    def conditions_of(self, measure: str) -> Iterator[tuple[str, Decision, tree.Tree]]:
        """(id of the condition, the decision, its tree) of every decision that names the measure."""
        for name, exclusion in self.excludes.items():
            if measure in exclusion.measures:
                others = [other for other in exclusion.measures if other != measure]
                none = tree.all_of([tree.Not(tree.Has("received", other)) for other in others])
                yield f"excludes:{name}", exclusion, none
        for name, cap in self.caps.items():
            if measure in cap.measures:
                yield f"cap:{name}", cap, received_below(cap.measures, fen(cap.most_yuan))

    def ceilings_of(self, measure: str, resolver: Resolver) -> Iterator[Ceiling]:
        for name, cap in self.caps.items():
            if measure in cap.measures:
                received = tuple(resolver.keyed(RECEIVED_YUAN, key, "map") for key in cap.measures)
                yield Ceiling(name, cap.label, fen(cap.most_yuan), received, cap.valid_from, cap.valid_to)


NO_DECISIONS = Stacking()
