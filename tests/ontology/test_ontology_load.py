"""Loading: our modules and others, and what is said about files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare

from ontomedirad import resources
from ontomedirad.errors import SourceError
from ontomedirad.ontology import ONTOLOGY_GRAPH, Ontology, open_ontology
from ontomedirad.terms import PREFIXES

HEAD = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'


def test_both_libraries_read_as_many_statements(ontology: Ontology, graphs: dict[str, rdflib.Graph]) -> None:
    assert len(ontology.store) == sum(map(len, graphs.values())) == len(list(ontology.triples()))


def test_a_module_says_what_it_is(ontology: Ontology, graphs: dict[str, rdflib.Graph]) -> None:
    assert [m.name for m in ontology.modules] == sorted(graphs)
    for module in ontology.modules:
        assert module.iri == f"https://w3id.org/ontomedirad/{module.name}"
        assert module.version == ontology.version
    assert sum(m.terms for m in ontology.modules) == len(ontology)


def test_the_statements_go_into_one_named_graph(ontology: Ontology) -> None:
    store = ox.Store()
    store.load(ontology.nquads(), format=ox.RdfFormat.N_QUADS)
    assert [g.value for g in store.named_graphs()] == [ONTOLOGY_GRAPH]
    assert len(store) == len(ontology.store)


def test_the_statements_are_the_same_bytes_every_time(ontology: Ontology) -> None:
    assert open_ontology().nquads() == ontology.nquads()
    assert ontology.nquads("https://example.org/g") != ontology.nquads()


def test_renaming_blank_nodes_changes_nothing(ontology: Ontology, graphs: dict[str, rdflib.Graph]) -> None:
    path = resources.ontology() / "uo.ttl"
    text = ox.serialize(open_ontology(path).triples(), format=ox.RdfFormat.N_TRIPLES)
    assert rdflib.compare.isomorphic(rdflib.Graph().parse(data=text, format="nt"), graphs["uo"])


def test_one_file_is_an_ontology_too() -> None:
    one = open_ontology(str(resources.ontology() / "mpath.ttl"))
    assert [m.name for m in one.modules] == ["mpath"] and len(one) == 2


def test_formats_go_by_suffix_and_other_files_are_passed_over(tmp_path: Path) -> None:
    owl, rdf = PREFIXES["owl"], PREFIXES["rdf"]
    term = f"<http://example.org/{{}}> <{rdf}type> <{owl}Class> ."
    (tmp_path / "a.ttl").write_text(term.format("a"))
    (tmp_path / "b.nt").write_text(term.format("b"))
    (tmp_path / "c.owl").write_text(
        f'{HEAD}<owl:Class xmlns:owl="{owl}" rdf:about="http://example.org/c"/></rdf:RDF>'
    )
    (tmp_path / "d.jsonld").write_text(f'{{"@id": "http://example.org/d", "@type": "{owl}Class"}}')
    (tmp_path / "notes.txt").write_text("not an ontology")
    (tmp_path / "mappings").mkdir()
    assert [t.iri[-1] for t in open_ontology(tmp_path)] == list("abcd")


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("broken.ttl", b"@prefix a: <http://e/> .\n\na:b a:c ] .\n", "broken.ttl:3"),
        ("broken.owl", f"{HEAD}\n<a>\n</rdf:RDF>".encode(), "broken.owl:3"),
        ("broken.rdf", b"not XML", "broken.rdf:1"),
        ("broken.nt", b"<http://e/a> <http://e/b> .\n", "broken.nt:1"),
        ("broken.jsonld", b"{", "broken.jsonld:1"),
        ("broken.ttl", b"\xff\xfe", "broken.ttl:1"),
    ],
)
def test_an_unreadable_file_is_named_with_its_line(
    tmp_path: Path, name: str, content: bytes, place: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError) as error:
        open_ontology(tmp_path)
    assert error.value.source == place and error.value.problem


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + HEAD + "</rdf:RDF>"
    (tmp_path / "bomb.owl").write_text(bomb)
    with pytest.raises(SourceError, match="entities"):
        open_ontology(tmp_path)


def test_a_place_without_modules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no ontology module"):
        open_ontology(tmp_path)
    with pytest.raises(SourceError, match="cannot be read"):
        open_ontology(tmp_path / "absent")
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(SourceError, match="not a format"):
        open_ontology(tmp_path / "a.txt")
