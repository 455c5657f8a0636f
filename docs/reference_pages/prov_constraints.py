"""Which constraints of PROV-CONSTRAINTS the shapes check."""

from __future__ import annotations

from reference_pages.markdown import table

NOT_STATED = "our graphs state none"
CONSTRAINTS: tuple[tuple[int, str, str], ...] = (
    (22, "key-object", "an IRI names one thing in RDF: two descriptions of it are one"),
    (23, "key-properties", "association-one-agent association-one-plan"),
    (24, "unique-generation", "one-generation"),
    (25, "unique-invalidation", f"invalidation: {NOT_STATED}"),
    (26, "unique-wasStartedBy", f"start by an entity: {NOT_STATED}"),
    (27, "unique-wasEndedBy", f"end by an entity: {NOT_STATED}"),
    (28, "unique-startTime", "one-start"),
    (29, "unique-endTime", "one-end"),
    (30, "start-precedes-end", "start-before-end"),
    (31, "start-start-ordering", f"start by an entity: {NOT_STATED}"),
    (32, "end-end-ordering", f"end by an entity: {NOT_STATED}"),
    (33, "usage-within-activity", "use-after-generation"),
    (34, "generation-within-activity", "use-after-generation"),
    (35, "wasInformedBy-ordering", f"communication: {NOT_STATED}"),
    (36, "generation-precedes-invalidation", f"invalidation: {NOT_STATED}"),
    (37, "generation-precedes-usage", "use-after-generation"),
    (38, "usage-precedes-invalidation", f"invalidation: {NOT_STATED}"),
    (39, "generation-generation-ordering", "one-generation"),
    (40, "invalidation-invalidation-ordering", f"invalidation: {NOT_STATED}"),
    (41, "derivation-usage-generation-ordering", f"derivations that name their usage: {NOT_STATED}"),
    (42, "derivation-generation-generation-ordering", "not-derived-from-itself no-derivation-cycle"),
    (43, "wasStartedBy-ordering", f"start by an entity: {NOT_STATED}"),
    (44, "wasEndedBy-ordering", f"end by an entity: {NOT_STATED}"),
    (45, "specialization-generation-ordering", f"specialization: {NOT_STATED}"),
    (46, "specialization-invalidation-ordering", f"specialization: {NOT_STATED}"),
    (47, "wasAssociatedWith-ordering", f"generation or invalidation of agents: {NOT_STATED}"),
    (48, "wasAttributedTo-ordering", f"attribution: {NOT_STATED}"),
    (49, "actedOnBehalfOf-ordering", f"delegation: {NOT_STATED}"),
    (
        50,
        "typing",
        "user-is-activity used-is-entity generated-is-entity generator-is-activity derived-is-entity "
        "origin-is-entity associated-is-activity associate-is-agent plan-is-entity",
    ),
    (51, "impossible-unspecified-derivation-generation-use", "RDF has no place-holder for what is left out"),
    (52, "impossible-specialization-reflexive", f"specialization: {NOT_STATED}"),
    (53, "impossible-property-overlap", "RDF relations have no identifiers that could overlap"),
    (54, "impossible-object-property-overlap", "RDF relations have no identifiers that could overlap"),
    (55, "entity-activity-disjoint", "entity-is-no-activity"),
)
"""Number and name of each constraint, and the shapes that check it, or why none does."""


def prov_constraints_page() -> str:
    rows = []
    checked = 0
    for number, name, shapes in CONSTRAINTS:
        words = shapes.split()
        by_shapes = all("-" in word for word in words)
        checked += by_shapes
        links = ", ".join(f"[`{code}`](shapes/provenance.md#{code})" for code in words)
        rows.append((str(number), name, links if by_shapes else f"not checked: {shapes}"))
    return (
        "# PROV-CONSTRAINTS\n\n"
        "The constraints of [PROV-CONSTRAINTS](https://www.w3.org/TR/prov-constraints/) "
        "(W3C Recommendation of 30 April 2013) and the shapes that check them. "
        f"{checked} of {len(CONSTRAINTS)} are checked. The others are about statements that no graph of "
        "this package holds, or that RDF cannot get wrong. Constraints 33, 34 and 37 are checked as one: "
        "usages and generations have no times of their own here, only activities have.\n\n"
        + table(("Constraint", "Name", "Shapes"), rows)
    )
