"""Named queries: a catalogue of `.rq` files, typed parameters, results as tables and files.

    queries()["absorbed-doses"].run(store, organ="thyroid").to_pandas()
    queries().by_legacy_id(14)
    queries("/srv/our-queries")                       a deployment's own, beside the package's
    store.query("absorbed-doses", patient="P-001")    the same, from the store

A query's file starts with a header, YAML in lines that start with `#+`: summary, description,
topic, legacy_id, parameters, columns, example, differences (`ontomedirad.query.header`). Then
comes one SPARQL 1.1 SELECT without PREFIX lines: those of `ontomedirad.terms` are known.

`$name` in the text is a parameter, `?name` a variable. A value becomes an RDF term, the term is
put in the parameter's place among the tokens of the text, and the whole is tokenised and parsed
again: its tokens must be those of the file but for the terms, and it must be a SELECT. So no
value can change what is asked, and no update is possible.

Absent parameters need no second text: a parameter that may be absent, or that takes several
values, stands in a data block of one variable,

    VALUES ?asked { $organ }

where an absent one is `UNDEF` (SPARQL 1.1, 10.2.2), a block row that is compatible with anything,
and several values are several rows. Joining on the variable then asks for nothing, for the value,
or for any of the values. Two ways to write it:

    VALUES ?PatientId { $patient }   ?patient om:has_id ?PatientId .
        the join itself is the condition, by equal terms; only for variables that every row binds

    VALUES ?asked { $organ }         FILTER(!BOUND(?asked) || LCASE(?asked) = LCASE(?label))
        any other condition, and variables of an OPTIONAL: an unbound variable would join with
        every value, and rows without one would stay in

A required parameter, or one with a default, may stand wherever SPARQL takes a term.

How the texts are written. A store answers over all its graphs together, and several sources may
state the same of what they share: a patient, a treatment, a series, an institution. Such a
statement is met once a source, and a join of n of them k**n times for k sources. So what is
joined about shared things is joined inside `GRAPH ?source { ... }`, in a SELECT DISTINCT that does
not give `?source` away; what comes from the ontology (labels, closures) is a sub-select of its
own. An OPTIONAL joins on variables that are always bound: on others the engine compares every
pair of rows.
"""

from __future__ import annotations

from ontomedirad.query.catalogue import Catalogue, Query, queries
from ontomedirad.query.header import Column, Header, Parameter
from ontomedirad.query.result import Result, Row

__all__ = ["Catalogue", "Column", "Header", "Parameter", "Query", "Result", "Row", "queries"]
