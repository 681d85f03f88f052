"""A Parquet file of facts, or a folder of them: columns checked against the catalogue, and whom it is about."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import polars as pl

from guiyan.engine.population.column_types import is_text, is_whole, wrong_type
from guiyan.engine.population.errors import PopulationError
from guiyan.engine.population.statistics import Told, told_by
from guiyan.engine.rules.catalogue import Catalogue
from guiyan.engine.rules.errors import unknown_fact

# Polars reads row groups ahead, more of them on more processors; two are as fast and keep memory the same everywhere.
os.environ.setdefault("POLARS_ROW_GROUP_PREFETCH_SIZE", "2")

SUBJECT, KIND = "subject_id", "kind"
KINDS = ("person", "organisation", "project")


@dataclass(frozen=True)
class FactsFile:
    """paths: Parquet files of one schema. columns: fact → Polars type; a fact without column is unknown of everybody.

    kind: what all rows are. None: every row says so, by its column `kind` (`tells_kind`) or by the facts it has.
    parted_by: columns that folders are named by, as county=421221000000; they are no facts and only group people.
    """

    paths: tuple[Path, ...]
    catalogue: Catalogue
    columns: Mapping[str, pl.DataType]
    subject: pl.DataType
    kind: str | None
    tells_kind: bool = False
    parted_by: Mapping[str, pl.DataType] = field(default_factory=dict)

    @cached_property
    def told(self) -> dict[str, Told]:
        return told_by(self.paths)

    def at(self, path: Path) -> FactsFile:
        """The same columns in another file."""
        return replace(self, paths=(path,))

    def scan(self) -> pl.LazyFrame:
        parted = dict(self.parted_by) or None
        return pl.scan_parquet(list(self.paths), hive_partitioning=bool(parted), hive_schema=parted)

    def facts_only_of(self, kind: str) -> list[str]:
        """Columns of facts that no other kind of subject has."""
        return [name for name in self.columns if self.catalogue.facts[name].kinds == (kind,)]


def open_facts(path: str | Path, catalogue: Catalogue, kind: str | None = None) -> FactsFile:
    """Raises PopulationError for a file that can't be read, a column too many, a wrong type, or an unclear kind."""
    paths = files_of(Path(path))
    schema = schema_of(paths)
    facts = {name: dtype for name, dtype in schema.items() if name not in (SUBJECT, KIND)}
    if SUBJECT not in schema:
        raise PopulationError(f"{path}: there is no column `{SUBJECT}`")
    if not (is_whole(schema[SUBJECT]) or isinstance(schema[SUBJECT], pl.String)):
        raise PopulationError(f"{path}: column `{SUBJECT}` is {schema[SUBJECT]}; a whole number or text is needed")
    wrong = [problem for name, dtype in facts.items() if (problem := column_problem(name, dtype, catalogue))]
    if KIND in schema and not is_text(schema[KIND]):
        wrong.append(f"column `{KIND}` is {schema[KIND]}; text is needed")
    if wrong:
        raise PopulationError("\n".join(f"{path}: {problem}" for problem in wrong))
    typed = {name: dtype for name, dtype in facts.items() if not isinstance(dtype, pl.Null)}
    return with_kind(FactsFile(paths, catalogue, typed, schema[SUBJECT], kind, KIND in schema and kind is None))


def files_of(path: Path) -> tuple[Path, ...]:
    if path.is_dir():
        found = tuple(sorted(path.glob("**/*.parquet")))
        if not found:
            raise PopulationError(f"{path}: there is no .parquet file in this folder")
        return found
    if not path.is_file():
        raise PopulationError(f"{path}: there is no such file")
    return (path,)


def schema_of(paths: tuple[Path, ...]) -> dict[str, pl.DataType]:
    first: dict[str, pl.DataType] | None = None
    for path in paths:
        try:
            schema = dict(pl.read_parquet_schema(path))
        except (pl.exceptions.PolarsError, OSError, ValueError) as wrong:
            raise PopulationError(f"{path} is not a Parquet file: {wrong}") from None
        if first is not None and schema != first:
            raise PopulationError(f"{path}: its columns differ from those of {paths[0]}")
        first = schema
    assert first is not None
    return first


def column_problem(name: str, dtype: pl.DataType, catalogue: Catalogue) -> str | None:
    fact = catalogue.facts.get(name)
    if fact is None:
        return f"column `{name}`: {unknown_fact(name, catalogue.facts)}"
    if fact.derive is not None:
        return f"column `{name}` is derived from other facts; it can't be given"
    return wrong_type(fact.model_copy(update={"id": name}), dtype)


def with_kind(file: FactsFile) -> FactsFile:
    """Whom the file is about: as given, or by its column, or by facts that only one kind of subject has."""
    if file.kind is not None or file.tells_kind:
        return file
    of = {kind: file.facts_only_of(kind) for kind in KINDS}
    present = [kind for kind in KINDS if of[kind]]
    if not present:
        raise PopulationError(
            f"{file.paths[0]}: no column tells persons from organisations; give --kind or a column `kind`"
        )
    if len(present) > 1:
        present = [kind for kind in present if has_any(file, of[kind])] or present
    if len(present) > 1:
        return file
    return replace(file, kind=present[0])


def has_any(file: FactsFile, names: list[str]) -> bool:
    found = file.scan().select(pl.any_horizontal(pl.col(name).count() > 0 for name in names))
    return bool(found.collect(engine="streaming").item())
