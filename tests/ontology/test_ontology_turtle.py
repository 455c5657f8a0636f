"""The Turtle writer: same graph, same bytes; other text, same graph."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare
from hypothesis import given
from hypothesis import strategies as st

from ontomedirad import resources
from ontomedirad.ontology import write_turtle
from ontomedirad.terms import PREFIXES, iri

CHECKOUT = Path(__file__).resolve().parents[2]
MODULES = {path.stem: path for path in resources.ontology().glob("*.ttl")}
EX = {"ex": "http://example.org/", "rdf": PREFIXES["rdf"], "owl": PREFIXES["owl"], "rdfs": PREFIXES["rdfs"]}


def triples(text: str) -> list[ox.Triple]:
    head = "".join(f"PREFIX {p}: <{ns}> " for p, ns in PREFIXES.items())
    quads = ox.parse(f"{head} PREFIX ex: <http://example.org/> {text}", format=ox.RdfFormat.TURTLE)
    return [quad.triple for quad in quads]


def test_a_class_reads_from_its_name_to_its_restrictions() -> None:
    text = """ex:VOI rdfs:subClassOf
                [ owl:someValuesFrom ex:organ ; owl:onProperty ex:of ; a owl:Restriction ] .
              ex:VOI a owl:Class ; rdfs:subClassOf ex:dataset ; rdfs:comment "z" ; rdfs:label "VOI"@en ."""
    assert write_turtle(triples(text), EX) == (
        "@prefix ex: <http://example.org/> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "\n"
        "ex:VOI a owl:Class ;\n"
        '    rdfs:label "VOI"@en ;\n'
        "    rdfs:subClassOf ex:dataset,"
        " [ a owl:Restriction ; owl:onProperty ex:of ; owl:someValuesFrom ex:organ ] ;\n"
        '    rdfs:comment "z" .\n'
    )


def test_the_header_comes_first_and_free_blank_nodes_last() -> None:
    text = write_turtle(triples("ex:a a owl:Class . [] a owl:AllDisjointClasses . ex:z a owl:Ontology ."), EX)
    assert [line.split(" ")[0] for line in text.splitlines() if " a " in line] == ["ex:z", "ex:a", "[]"]


def test_lists_are_written_as_lists() -> None:
    text = write_turtle(triples("ex:a owl:unionOf ( ex:b ( ) [ owl:complementOf ex:c ] ) ."), EX)
    assert "owl:unionOf ( ex:b () [ owl:complementOf ex:c ] )" in text


def test_a_list_that_says_more_is_written_in_full() -> None:
    source = triples('ex:a ex:p [ rdf:first ex:b ; rdf:rest rdf:nil ; rdfs:comment "odd" ] .')
    assert write_turtle(source, EX).count("rdf:first") == 1


def test_only_used_prefixes_are_written() -> None:
    assert write_turtle(triples("ex:a ex:b ex:c ."), PREFIXES | EX).count("@prefix") == 1


def test_names_that_turtle_would_have_to_escape_are_written_in_full() -> None:
    node = ox.NamedNode(iri("om:milligray_per_(100_milliampere_second)"))
    assert write_turtle([ox.Triple(node, node, node)], PREFIXES).startswith(f"<{node.value}> ")


def test_an_empty_graph_is_an_empty_line() -> None:
    assert write_turtle([], PREFIXES) == "\n"


def test_a_blank_node_used_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="more than one place"):
        write_turtle(triples("ex:a ex:p _:x . ex:b ex:p _:x ."), EX)


def test_a_circle_of_blank_nodes_is_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        write_turtle(triples("_:x ex:p _:y . _:y ex:p _:x ."), EX)


def test_the_order_of_statements_does_not_matter() -> None:
    source = [quad.triple for quad in ox.parse(path=MODULES["chebi"], format=ox.RdfFormat.TURTLE)]
    shuffled = random.Random(7).sample(source, len(source))
    assert write_turtle(shuffled + source, PREFIXES) == write_turtle(source, PREFIXES)


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "import sys, pyoxigraph as ox; from ontomedirad.ontology import write_turtle;"
        "from ontomedirad.terms import PREFIXES;"
        "q = ox.parse(path=sys.argv[1], format=ox.RdfFormat.TURTLE);"
        "sys.stdout.write(write_turtle((x.triple for x in q), PREFIXES))"
    )
    command = [sys.executable, "-c", program, str(MODULES["bfo"])]
    outputs = set()
    for seed in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"}
        done = subprocess.run(command, env=env, capture_output=True, check=True)
        outputs.add(done.stdout)
    assert len(outputs) == 1


LOCAL = st.builds(
    lambda page, name: ox.NamedNode("http://example.org/" + page + name.replace("%", "%25")),
    st.sampled_from(["", "page#"]),
    st.text("abcZ09_.-~%()/é'!", max_size=6),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LITERAL = (
    st.builds(ox.Literal, TEXT)
    | st.builds(lambda v: ox.Literal(v, language="en"), TEXT)
    | st.builds(
        lambda v, t: ox.Literal(v, datatype=ox.NamedNode(iri("xsd:" + t))),
        st.sampled_from(["1", "-1", "+01", "1.0", ".5", "1.", "true", "1", "False", "1e3", "x\n", "1\n"]),
        st.sampled_from(["integer", "decimal", "boolean", "double", "string", "date"]),
    )
)
NODE = st.deferred(lambda: LOCAL | LITERAL)


@given(st.lists(st.builds(ox.Triple, LOCAL, LOCAL, NODE), max_size=12))
def test_any_graph_reads_back_equal(source: list[ox.Triple]) -> None:
    text = write_turtle(source, EX | {"xsd": PREFIXES["xsd"]})
    assert {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)} == set(source)
    assert text.endswith("\n") and "\r" not in text


TREE = st.recursive(
    LOCAL, lambda inner: st.lists(st.tuples(LOCAL, inner), min_size=1, max_size=3), max_leaves=8
)


@given(TREE)
def test_nested_blank_nodes_read_back_equal(tree: object) -> None:
    source: list[ox.Triple] = []

    def grow(node: object) -> ox.NamedNode | ox.BlankNode:
        if isinstance(node, ox.NamedNode):
            return node
        assert isinstance(node, list)
        blank = ox.BlankNode()
        source.extend(ox.Triple(blank, predicate, grow(inner)) for predicate, inner in node)
        return blank

    top = ox.NamedNode("http://example.org/top")
    source.append(ox.Triple(top, top, grow(tree)))
    text = write_turtle(source, EX)
    expected = rdflib.Graph().parse(data=ox.serialize(source, format=ox.RdfFormat.N_TRIPLES), format="nt")
    assert rdflib.compare.isomorphic(rdflib.Graph().parse(data=text, format="turtle"), expected)
