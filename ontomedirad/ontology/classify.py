"""Reasoning: whether the ontology is consistent, and every class can have instances."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass

import pyoxigraph as ox

from ontomedirad.errors import MissingExtra, OntomediradError
from ontomedirad.ontology.model import Kind, Ontology
from ontomedirad.ontology.release import merged


@dataclass(frozen=True, slots=True)
class Classification:
    """What HermiT says. Of an inconsistent ontology everything follows, so no class is listed then."""

    consistent: bool
    unsatisfiable: tuple[str, ...]
    classes: int

    @property
    def conforms(self) -> bool:
        """Consistent, and no class that can have no instance."""
        return self.consistent and not self.unsatisfiable


def classify(ontology: Ontology) -> Classification:
    """Run HermiT over `ontology` through owlready2; takes about half a minute.

    Raises MissingExtra without owlready2, OntomediradError without Java or where HermiT fails.
    """
    try:
        import owlready2
    except ImportError:
        raise MissingExtra("owlready2", "owl") from None
    if not shutil.which(owlready2.JAVA_EXE):
        raise OntomediradError("HermiT runs on Java, and no java is on the path: install a Java runtime")
    world = owlready2.World()
    data = ox.serialize(merged(ontology), format=ox.RdfFormat.N_TRIPLES) or b""
    world.get_ontology("https://w3id.org/ontomedirad/merged").load(fileobj=io.BytesIO(data))
    classes = sum(term.kind is Kind.class_ for term in ontology)
    try:
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Classification(False, (), classes)
    except owlready2.OwlReadyJavaError as error:
        reason = str(error).strip().splitlines()
        raise OntomediradError(f"HermiT failed: {reason[-1] if reason else 'no reason given'}") from error
    found = (c.iri for c in world.inconsistent_classes() if c is not owlready2.Nothing)
    return Classification(True, tuple(sorted(found)), classes)
