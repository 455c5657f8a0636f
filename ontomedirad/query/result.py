"""What a query gives back: columns that say what they hold, and rows of typed values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO, overload

import pyoxigraph as ox

from ontomedirad import terms
from ontomedirad.errors import MissingExtra, QueryError
from ontomedirad.query import formats
from ontomedirad.query.header import Column

if TYPE_CHECKING:
    import os

    import pandas as pd
    import pyarrow as pa

    from ontomedirad.store.base import Term

_WHOLE = {
    *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"),
    *(
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
    ),
}
"""xsd:integer and what derives from it (XML Schema 1.1 Part 2, 3.4.13)."""

_READERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys((terms.iri(f"xsd:{name}") for name in _WHOLE), int),
    terms.iri("xsd:decimal"): Decimal,
    terms.iri("xsd:double"): float,
    terms.iri("xsd:float"): float,
    terms.iri("xsd:boolean"): lambda text: text in {"true", "1"},
    terms.iri("xsd:date"): date.fromisoformat,
    terms.iri("xsd:dateTime"): datetime.fromisoformat,
}


def python_value(term: Term | None) -> Any:
    """A term as Python value: None, str for an IRI and for text, a number, a date, a time.

    What Python cannot hold (a year beyond 9999, a time zone on a date) stays text.
    """
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return term.value if isinstance(term, ox.NamedNode) else str(term)
    read = _READERS.get(term.datatype.value)
    if read is None:
        return term.value
    try:
        return read(term.value)
    except (ValueError, ArithmeticError):
        return term.value


class Row(tuple[Any, ...]):
    """One row: a tuple whose values also go by column name, `row["PatientName"]`."""

    _places: dict[str, int]

    @classmethod
    def of(cls, values: Iterable[Any], places: dict[str, int]) -> Row:
        """A row of `values`; `places` says where each column stands."""
        row = cls(values)
        row._places = places
        return row

    @overload  # type: ignore[override]
    def __getitem__(self, key: int | str) -> Any: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Any, ...]: ...
    def __getitem__(self, key: int | str | slice) -> Any:
        return super().__getitem__(self._places[key] if isinstance(key, str) else key)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._places:
            raise AttributeError(f"no column {name}; there are {', '.join(self.__dict__.get('_places', ()))}")
        return self[name]

    def as_dict(self) -> dict[str, Any]:
        """Values by column name."""
        return dict(zip(self._places, self, strict=True))


class Result:
    """The rows of one run, in the order of the store's answer.

    Rows are read from the store as they are asked for, and kept: a Result can be gone through
    again. `len` and the forms that need all rows read the rest. With a `limit`, reading ends
    there; `cut` says then whether there was more.
    """

    def __init__(
        self,
        columns: tuple[Column, ...],
        rows: Iterator[tuple[Term | None, ...]],
        name: str,
        limit: int | None = None,
    ) -> None:
        if limit is not None and limit < 1:
            raise QueryError(f"a limit is a number of rows, at least 1, not {limit}")
        self.columns = columns
        self.name = name
        self.limit = limit
        self.cut = False
        self._places = {c.name: i for i, c in enumerate(columns)}
        self._source: Iterator[tuple[Term | None, ...]] | None = rows
        self._kept: list[tuple[Term | None, ...]] = []

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._places)

    def terms(self) -> Iterator[tuple[Term | None, ...]]:
        """The rows as RDF terms, None where a column has no value."""
        at = 0
        while True:
            if at == len(self._kept):
                if at == self.limit and self._source is not None:
                    self.cut = next(self._source, None) is not None
                    self._source = None
                row = next(self._source, None) if self._source is not None else None
                if row is None:
                    self._source = None
                    return
                self._kept.append(row)
            yield self._kept[at]
            at += 1

    def __iter__(self) -> Iterator[Row]:
        places = self._places
        return (Row.of(map(python_value, row), places) for row in self.terms())

    def __len__(self) -> int:
        for _ in self.terms():
            pass
        return len(self._kept)

    def __bool__(self) -> bool:
        return next(self.terms(), None) is not None

    def column(self, name: str) -> list[Any]:
        """All values of one column; KeyError where there is none of that name."""
        at = self._places[name]
        return [python_value(row[at]) for row in self.terms()]

    @overload
    def to_csv(self, out: None = None) -> str: ...
    @overload
    def to_csv(self, out: TextIO) -> None: ...
    def to_csv(self, out: TextIO | None = None) -> str | None:
        """CSV as SPARQL 1.1 defines it (W3C CSV and TSV formats, 3; RFC 4180), row by row into `out`.

        Lines end in CR LF: open a file for it with `newline=""`.
        """
        return formats.written(formats.csv_lines(self.names, self.terms()), out)

    @overload
    def to_tsv(self, out: None = None) -> str: ...
    @overload
    def to_tsv(self, out: TextIO) -> None: ...
    def to_tsv(self, out: TextIO | None = None) -> str | None:
        """TSV as SPARQL 1.1 defines it (W3C CSV and TSV formats, 4): terms keep their types."""
        return formats.written(formats.tsv_lines(self.names, self.terms()), out)

    @overload
    def to_json(self, out: None = None) -> str: ...
    @overload
    def to_json(self, out: TextIO) -> None: ...
    def to_json(self, out: TextIO | None = None) -> str | None:
        """SPARQL 1.1 Query Results JSON Format, row by row into `out`."""
        return formats.written(formats.json_lines(self.names, self.terms()), out)

    @overload
    def to_xml(self, out: None = None) -> str: ...
    @overload
    def to_xml(self, out: TextIO) -> None: ...
    def to_xml(self, out: TextIO | None = None) -> str | None:
        """SPARQL Query Results XML Format (Second Edition), row by row into `out`."""
        return formats.written(formats.xml_lines(self.names, self.terms()), out)

    def to_arrow(self) -> pa.Table:
        """An Arrow table; units are in the fields' metadata.

        Needs the extra `parquet`.
        """
        from ontomedirad.query.arrow import arrow_table

        return arrow_table(self)

    def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """A Parquet file, written as the rows come; whole or not at all. Needs the extra `parquet`."""
        from ontomedirad.query.arrow import write_parquet

        write_parquet(self, path)

    def to_pandas(self) -> pd.DataFrame:
        """A DataFrame; units of columns are in its `attrs["units"]`. Needs the extra `pandas`."""
        try:
            import pandas as pd
        except ModuleNotFoundError:
            raise MissingExtra("pandas", "pandas") from None
        frame = pd.DataFrame.from_records([tuple(row) for row in self], columns=list(self.names))
        frame.attrs["units"] = {c.name: c.unit for c in self.columns if c.unit}
        return frame

    def to_table(self, width: int = 80) -> str:
        """Text for a terminal of `width` characters; everything is there, long values wrap."""
        from ontomedirad.query.present import table

        return table(self, width)

    def _repr_html_(self) -> str:
        from ontomedirad.query.present import html_table

        return html_table(self)

    def __repr__(self) -> str:
        read = f"{len(self._kept)} rows" + (" read so far" if self._source is not None else "")
        return f"<Result of {self.name}: {len(self.columns)} columns, {read}>"
