"""The ontology: loaded once, browsed by label, code and hierarchy, handed to a store as one named graph."""

from __future__ import annotations

from ontomedirad.ontology.load import open_ontology
from ontomedirad.ontology.model import ONTOLOGY_GRAPH, Kind, Module, Ontology, Term
from ontomedirad.ontology.turtle import write_turtle

__all__ = ["ONTOLOGY_GRAPH", "Kind", "Module", "Ontology", "Term", "open_ontology", "write_turtle"]
