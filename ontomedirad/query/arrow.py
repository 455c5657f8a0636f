"""Results as Arrow tables and Parquet files; columns have the types that their headers say."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ontomedirad.errors import MissingExtra, StoreError

if TYPE_CHECKING:
    import pyarrow as pa

    from ontomedirad.query.header import Column
    from ontomedirad.query.result import Result
    from ontomedirad.store.base import Term

ROWS = 10_000
"""Rows that are held as Arrow at once while a file is written."""

_NUMBERS: dict[str, Callable[[str], Any]] = {"integer": int, "double": float}


def _arrow() -> Any:
    try:
        import pyarrow
    except ModuleNotFoundError:
        raise MissingExtra("pyarrow", "parquet") from None
    return pyarrow


def schema(columns: tuple[Column, ...]) -> pa.Schema:
    """The fields of a result: numbers as numbers, everything else as text; unit and meaning beside."""
    arrow = _arrow()
    types = {"integer": arrow.int64(), "double": arrow.float64(), "boolean": arrow.bool_()}
    fields = []
    for column in columns:
        said = {"description": column.description} | ({"unit": column.unit} if column.unit else {})
        fields.append(arrow.field(column.name, types.get(column.type, arrow.string()), metadata=said))
    return arrow.schema(fields)


def batches(result: Result) -> Iterator[pa.RecordBatch]:
    """The rows, some thousand at a time. StoreError for a value that its column cannot hold."""
    arrow = _arrow()
    fields, rows = schema(result.columns), result.terms()
    while chunk := list(islice(rows, ROWS)):
        arrays = [
            arrow.array([_value(row[i], column) for row in chunk], fields.field(i).type)
            for i, column in enumerate(result.columns)
        ]
        yield arrow.RecordBatch.from_arrays(arrays, schema=fields)


def _value(term: Term | None, column: Column) -> Any:
    if term is None:
        return None
    text = str(getattr(term, "value", term))
    if column.type == "boolean":
        return text in {"true", "1"}
    if column.type not in _NUMBERS:
        return text
    try:
        return _NUMBERS[column.type](text)
    except ValueError:
        raise StoreError(f"column {column.name} holds something that is no {column.type}") from None


def arrow_table(result: Result) -> pa.Table:
    """All rows as one table."""
    return _arrow().Table.from_batches(batches(result), schema=schema(result.columns))


def write_parquet(result: Result, path: str | os.PathLike[str]) -> None:
    """A Parquet file, a part at a time; the file appears whole or not at all."""
    _arrow()
    from pyarrow import parquet

    target = Path(path)
    part = target.with_name(target.name + ".part")
    try:
        with parquet.ParquetWriter(part, schema(result.columns)) as writer:
            for batch in batches(result):
                writer.write_batch(batch)
        part.replace(target)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written: {error.strerror or error}") from None
    finally:
        part.unlink(missing_ok=True)
