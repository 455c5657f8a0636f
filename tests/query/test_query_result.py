"""Results: typed values, W3C formats, tables for people."""

from __future__ import annotations

import builtins
import csv
import datetime
import io
import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest

from ontomedirad import terms
from ontomedirad.errors import MissingExtra
from ontomedirad.query import Column, Result
from ontomedirad.query.present import short
from ontomedirad.store import Store

XSD = terms.PREFIXES["xsd"]
IRI = ox.NamedNode("https://w3id.org/ontomedirad/id/VOI_1")
HARD = 'a "b", c\td\r\nline <i>&amp; \\ é'


def typed(text: str, name: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + name))


ROWS: list[tuple[Any, ...]] = [
    (IRI, ox.Literal(HARD), typed("11.63", "double")),
    (ox.NamedNode(terms.iri("om:VOI")), ox.Literal("thyroid", language="en"), typed("7", "integer")),
    (None, None, None),
]
COLUMNS = (
    Column(name="Volume", type="iri", description="an IRI <x>"),
    Column(name="Text", description="a text"),
    Column(name="3Value", type="double", unit="gray", description="a number"),
)


def result(rows: list[tuple[Any, ...]] = ROWS) -> Result:
    return Result(COLUMNS, iter(rows), "things")


def test_rows_are_tuples_that_go_by_column_name() -> None:
    first, second, last = result()
    assert first == (IRI.value, HARD, 11.63)
    assert first["3Value"] == first[-1] == 11.63
    assert first.Text == HARD
    assert second["3Value"] == 7
    assert last.as_dict() == {"Volume": None, "Text": None, "3Value": None}
    with pytest.raises(KeyError):
        first["nothing"]
    with pytest.raises(AttributeError):
        _ = first.nothing


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (typed("1.50", "decimal"), Decimal("1.50")),
        (typed("INF", "double"), float("inf")),
        (typed("true", "boolean"), True),
        (typed("2020-03-09", "date"), datetime.date(2020, 3, 9)),
        (typed("2020-03-09T17:25:43", "dateTime"), datetime.datetime(2020, 3, 9, 17, 25, 43)),
        (typed("12345-01-01T00:00:00", "dateTime"), "12345-01-01T00:00:00"),
        (typed("9" * 5000, "integer"), "9" * 5000),
        (typed("P1D", "duration"), "P1D"),
    ],
)
def test_terms_become_python_values_or_stay_text(term: ox.Literal, value: object) -> None:
    ((found, _, _),) = result([(term, None, None)])
    assert found == value and type(found) is type(value)


def test_rows_are_read_as_they_are_asked_for_and_kept() -> None:
    read = []

    def source() -> Iterator[tuple[Any, ...]]:
        for i in range(3):
            read.append(i)
            yield (None, ox.Literal(str(i)), None)

    lazy = Result(COLUMNS, source(), "lazy")
    assert read == []
    assert next(iter(lazy))["Text"] == "0"
    assert read == [0] and "so far" in repr(lazy)
    assert len(lazy) == 3
    assert lazy.column("Text") == ["0", "1", "2"]
    assert [row["Text"] for row in lazy] == ["0", "1", "2"]


def test_csv_is_that_of_sparql_and_rfc_4180() -> None:
    text = result().to_csv()
    assert text.startswith("Volume,Text,3Value\r\n")
    assert text.endswith("\r\n,,\r\n")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert header == ["Volume", "Text", "3Value"]
    assert rows[0] == [IRI.value, HARD, "11.63"]


@pytest.mark.parametrize(("form", "extension"), [("to_tsv", "tsv"), ("to_json", "json")])
def test_tsv_and_json_are_read_back_by_another_reader(form: str, extension: str) -> None:
    text = getattr(result(), form)()
    read = ox.parse_query_results(text, ox.QueryResultsFormat.from_extension(extension))  # type: ignore[arg-type]
    assert [v.value for v in read.variables] == ["Volume", "Text", "3Value"]  # type: ignore[union-attr]
    assert [tuple(row) for row in read] == ROWS  # type: ignore[union-attr, arg-type]


def test_json_of_nothing_is_json() -> None:
    assert json.loads(result([]).to_json()) == {
        "head": {"vars": ["Volume", "Text", "3Value"]},
        "results": {"bindings": []},
    }


@pytest.mark.parametrize("form", ["to_csv", "to_tsv", "to_json"])
def test_forms_are_written_into_a_file_row_by_row(form: str) -> None:
    out = io.StringIO(newline="")
    getattr(result(), form)(out)
    assert out.getvalue() == getattr(result(), form)()


def test_pandas_keeps_types_and_units(small: Store) -> None:
    frame = small.query("absorbed-doses").to_pandas()
    assert len(frame) == 5
    assert frame["AbsorbedDoseInVOIValue"].dtype == "float64"
    assert frame.attrs["units"] == {"AbsorbedDoseInGray": "gray"}


def test_without_pandas_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = builtins.__import__

    def absent(name: str, *rest: Any, **more: Any) -> Any:
        if name == "pandas":
            raise ModuleNotFoundError(name)
        return usual(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(MissingExtra, match=r"ontomedirad\[pandas\]"):
        result().to_pandas()


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("name", ["absorbed-doses", "volumes-of-interest", "research-studies"])
def test_a_table_fits_the_terminal_and_drops_nothing(small: Store, name: str, width: int) -> None:
    asked = small.query(name)
    text = asked.to_table(width)
    assert max(map(len, text.splitlines())) <= width
    needed: Counter[str] = Counter()
    for values in zip(*asked.terms(), strict=True):
        shown = [short(value) for value in values]
        needed.update("".join(shown if len(set(shown)) > 1 else shown[:1]).replace(" ", ""))
    assert needed <= Counter(text)
    assert f"{len(asked)} row" in text


def test_numbers_stand_right_and_iris_short() -> None:
    text = result().to_table()
    assert "om:VOI" in text and "VOI_1" in text and "https://" not in text
    assert any(line.endswith("11.63 │") for line in text.splitlines())
    assert "3Value (gray)" in text


def test_a_notebook_shows_escaped_cells_and_says_how_many_rows() -> None:
    shown = result()._repr_html_()
    assert "&lt;i&gt;&amp;amp;" in shown and "<i>" not in shown
    assert 'title="an IRI &lt;x&gt;"' in shown
    assert "3 rows" in shown
    many = Result(COLUMNS, iter([ROWS[1]] * 250), "many")._repr_html_()
    assert many.count("<tr>") == 101 and "250 rows, the first 100 shown" in many
