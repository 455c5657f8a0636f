"""Parameters are typed and bound: no value changes what is asked."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql import prepareQuery

from ontomedirad.errors import ParameterError, QueryError
from ontomedirad.query import Query, queries
from ontomedirad.sparql import significant, tokens
from ontomedirad.store import Store
from ontomedirad.terms import curie

HEADER = """#+ summary: a test
#+ description: a test
#+ topic: tests
#+ parameters:
#+   - {name: given, type: %s, example: %s, description: any value%s}
#+ columns:
#+   - {name: x, description: the value}
"""
ECHO = "SELECT ?x WHERE { VALUES ?x { $given } }\n"

PIECES = st.sampled_from(
    (
        *(
            "'",
            '"',
            "'''",
            '"""',
            "\\",
            "\\\\",
            "\\u0022",
            "\\U00000022",
            "\\u005C",
            "ABCDEF12",
            "{",
            "}",
            "};",
        ),
        *("; DROP ALL", "#", "# comment\n", "\n", "\r", "\t", "$given", "?x", "<", ">", "^^", "@en", "UNDEF"),
        *("é", "\u2028", "\u202e", "\U0001d518", "\x00", "\ufffe", "} UNION { ?s ?p ?o }", "%s", "{0}"),
        "SERVICE <http://example.org/>",
    )
)
HOSTILE = st.lists(PIECES | st.text(max_size=6), max_size=8).map("".join)


def query(type_: str = "text", example: str = "a", more: str = "", text: str = ECHO) -> Query:
    return Query("echo", HEADER % (type_, example, more) + text)


def shape(text: str) -> list[str]:
    return [t.text for t in significant(text)]


@given(HOSTILE)
@settings(max_examples=300)
def test_a_hostile_text_stays_one_string(value: str) -> None:
    echo = query()
    bound = echo.bind(given=value)
    before, after = shape(echo.bind(given="a")), shape(bound)
    assert [a for a, b in zip(after, before, strict=True) if a != b] in ([], [after[before.index('"a"')]])
    (row,) = ox.Store().query(bound)  # type: ignore[misc]
    assert row[0].value == value


@given(HOSTILE)
@settings(max_examples=60)
def test_another_engine_reads_the_same_text(value: str) -> None:
    parsed = prepareQuery(query().bind(given=value))
    assert parsed.algebra.name == "SelectQuery"


@given(st.lists(HOSTILE, min_size=1, max_size=5))
@settings(max_examples=60)
def test_several_hostile_texts_are_as_many_rows(values: list[str]) -> None:
    bound = query(more=", many: true").bind(given=values)
    assert {row[0].value for row in ox.Store().query(bound)} == set(values)  # type: ignore[union-attr]


@given(HOSTILE)
@settings(max_examples=100)
def test_no_text_passes_for_an_iri(value: str) -> None:
    echo = query("iri", "om:VOI")
    try:
        bound = echo.bind(given=value)
    except ParameterError:
        return
    assert len(shape(bound)) == len(shape(echo.bind(given="om:VOI")))


@given(value=HOSTILE | st.sampled_from(["DEMO-7F3A", "demo-7f3a", "DEMO-7F3A "]))
@settings(max_examples=40, deadline=None)
def test_a_text_filters_as_python_would(small: Store, value: str) -> None:
    everything = set(small.query("absorbed-doses"))
    asked = set(small.query("absorbed-doses", patient=value))
    assert asked == {row for row in everything if row[9] == value}


@given(organ=HOSTILE | st.sampled_from(["Liver", "LIVER", "thyroid", "obo:FMA_9603", "Stomach", "om:VOI"]))
@settings(max_examples=40, deadline=None)
def test_an_organ_goes_by_class_label_or_the_descriptors_word(small: Store, organ: str) -> None:
    named = {"thyroid": "obo:FMA_9603"}.get(organ, organ)
    expected = {
        row["AbsorbedDose"]
        for row in small.query("absorbed-doses")
        if organ.casefold() == row["OrganOrTissueClassLabel"].casefold()
        or named == curie(row["OrganOrTissueClass"])
    }
    assert set(small.query("absorbed-doses", organ=organ).column("AbsorbedDose")) == expected


def test_several_values_are_any_of_them(small: Store) -> None:
    rows = small.query("absorbed-doses", organ=["thyroid", "Liver"])
    assert sorted(rows.column("OrganOrTissueClassLabel")) == ["Liver", "Thyroid gland"]


def test_a_condition_on_an_unknown_study_drops_rows(small: Store) -> None:
    assert len(small.query("absorbed-doses", study="755523-t33")) == 5
    assert len(small.query("absorbed-doses", study="755523-t32")) == 0


def test_a_number_filters_by_value(small: Store) -> None:
    everything = small.query("absorbed-doses").column("AbsorbedDoseInGray")
    limit = sorted(everything)[2]
    for value in (limit, str(limit), Decimal(str(limit))):
        assert len(small.query("absorbed-doses", least=value)) == 3


def test_days_limit_administrations(small: Store) -> None:
    def asked(**days: object) -> int:
        return len(small.query("radiopharmaceutical-administrations", **days))

    assert asked(from_date="2026-03-02", to_date=datetime.date(2026, 3, 2)) == 1
    assert asked(from_date="2026-03-03") == asked(to_date="2026-03-01") == 0


@pytest.mark.parametrize(
    ("type_", "example", "good", "bad"),
    [
        ("integer", "1", [3, "3", "-007", 10**30], [True, 1.5, "1_0", "\u0663", "", "1e3", "infinity"]),
        ("decimal", "1.5", [1, 2.5, "1.", ".5", Decimal("1E+3")], ["1e3", "NaN", "1,5", False]),
        ("double", "1.5", [1, 2.5, float("inf"), "1e3", "-INF", "NaN", Decimal("2.5")], ["inf", "nan"]),
        ("boolean", "true", [True, False, "true", "0"], ["True", "yes", 1, 0.0]),
        ("date", "2020-01-01", ["2024-02-29", datetime.date(2020, 1, 1)], ["2023-02-29", "20200101"]),
        ("dateTime", "2020-01-01T00:00:00", ["2020-01-01T10:00:00Z"], ["2020-01-01", "2020-01-01 10:00:00"]),
        (
            "iri",
            "om:VOI",
            ["ontomedirad:VOI", "<urn:x:y>", "https://example.org/é"],
            ["VOI", "x:y", "http://a b"],
        ),
        ("text", "a", ["", " "], [3, 2.5, True, b"x", object(), "\ud800"]),
    ],
)
def test_values_are_read_by_their_type(
    type_: str, example: str, good: list[object], bad: list[object]
) -> None:
    echo = query(type_, f"'{example}'")
    for value in good:
        assert len(list(ox.Store().query(echo.bind(given=value)))) == 1  # type: ignore[arg-type]
    for value in bad:
        with pytest.raises(ParameterError, match="given is not"):
            echo.bind(given=value)


def test_an_error_lists_the_parameters_and_never_the_value() -> None:
    doses = queries()["absorbed-doses"]
    with pytest.raises(ParameterError) as unknown:
        doses.bind(organn="liver")
    assert "organn" in str(unknown.value)
    assert "organ (iri or text, several allowed)" in str(unknown.value)
    with pytest.raises(ParameterError) as wrong:
        doses.bind(least="Doe^Jane" * 1000)
    assert "Doe" not in str(wrong.value) and "least (double)" in str(wrong.value)
    with pytest.raises(ParameterError) as strange:
        doses.bind(**{"x } DROP ALL" * 99: 1})
    assert "DROP" not in str(strange.value)


def test_an_empty_list_and_a_list_for_one_value_are_refused() -> None:
    with pytest.raises(ParameterError, match="empty"):
        queries()["absorbed-doses"].bind(organ=[])
    with pytest.raises(ParameterError, match="one value"):
        queries()["absorbed-doses"].bind(least=[1, 2])


def test_a_required_parameter_must_be_there_and_a_default_fills_in() -> None:
    text = "#+ example: {given: b}\nSELECT ?x WHERE { BIND($given AS ?x) }"
    needs = query(more=", required: true", text=text)
    with pytest.raises(ParameterError, match="needs the parameter given"):
        needs.bind()
    filled = query("boolean", "true", ", default: false", "SELECT ?x WHERE { BIND($given AS ?x) }")
    assert '"false"^^' in filled.bind()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("SELECT ?x WHERE { ?x a $given }", "stands in a data block"),
        ("SELECT ?x WHERE { VALUES (?x ?y) { ($given 1) } }", ""),
        ("SELECT ?x WHERE { VALUES ?x { $given $other } }", "not declared: other"),
        ("SELECT ?x WHERE { ?x a om:VOI }", "not used: given"),
        ("DELETE WHERE { VALUES ?x { $given } ?x ?p ?o }", "not a SPARQL query"),
        ("INSERT DATA { om:VOI om:VOI 1 } ; SELECT ?x WHERE { VALUES ?x { $given } }", "not a SPARQL query"),
        ("CONSTRUCT { ?x a om:VOI } WHERE { VALUES ?x { $given } }", "is a SELECT"),
        ("ASK { VALUES ?x { $given } }", "is a SELECT"),
        ("SELECT ?x WHERE { SERVICE <http://example.org/> { VALUES ?x { $given } } }", "SERVICE"),
        ("SELECT ?x WHERE { VALUES ?x { $given } ?x a nope:VOI }", "unknown prefix nope"),
        ("SELECT ?x ?y WHERE { VALUES (?x ?y) { ($given 1) } }", "differ in columns: y"),
        ("SELECT ?x WHERE { VALUES ?x { $given } \x01 }", "line 8"),
    ],
)
def test_a_text_that_breaks_the_rules_is_refused_when_loaded(text: str, problem: str) -> None:
    if not problem:
        query(text=text)
        return
    with pytest.raises(QueryError, match=problem):
        query(text=text)


def test_a_dollar_in_comments_strings_iris_and_names_is_no_parameter() -> None:
    tricky = (
        "SELECT ?x WHERE { # $comment\n VALUES ?x { $given } FILTER(?x != '$a'"
        " && ?x != \"\"\"$b ' \" '''\"\"\" && ?x != 'it\\'s $c' && ?x != <http://example.org/$d>"
        " && ?x != om:e\\$f && 1<2) }"
    )
    assert query(text=tricky).bind(given="v").count('"v"') == 1


@given(st.text())
def test_tokens_joined_are_the_text(text: str) -> None:
    try:
        found = tokens(text)
    except QueryError:
        return
    assert "".join(t.text for t in found) == text


def test_no_update_is_possible_through_the_catalogue(small: Store) -> None:
    before = len(list(small.quads()))
    for hostile in ('"} ; DROP ALL #', "} ; DROP ALL", "\\u0022 } } ; CLEAR ALL ; SELECT * { {"):
        assert len(small.query("absorbed-doses", patient=hostile)) == 0
    assert len(list(small.quads())) == before


def test_folders_of_ones_own_are_added_and_checked(tmp_path: Path, small: Store) -> None:
    (tmp_path / "my-volumes.rq").write_text(HEADER % ("text", "a", "") + ECHO, "utf-8")
    assert list(queries(tmp_path)["my-volumes"].run(small, given="v")) == [("v",)]
    assert "absorbed-doses" in queries(tmp_path)
    assert "my-volumes" not in queries()
    twice = tmp_path / "twice"
    twice.mkdir()
    (twice / "absorbed-doses.rq").write_text(HEADER % ("text", "a", "") + ECHO, "utf-8")
    with pytest.raises(QueryError, match="two folders"):
        queries(twice)
    with pytest.raises(QueryError, match="cannot be read"):
        queries(tmp_path / "absent")
