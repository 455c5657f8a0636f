"""Graphs as known defects of earlier translators would leave them: each is caught by a shape.

The names are those of the reference pages of defects; what a graph alone cannot show has no row.
"""

from __future__ import annotations

import pytest
from failing import instead, unmade
from small_treatment import changed

from ontomedirad import check

DEFECTS = {
    "D-STATIC-1 a dose of one patient in the VOI of another": (
        "datum-of-one-patient",
        ("+ dose | om:has_patient | new:other",),
    ),
    "D-STATIC-2 an administration of another request's treatment": (
        "administration-of-radiotherapy",
        (
            "+ administration | obo:BFO_0000132 | new:treatment",
            "+ new:treatment | rdf:type | om:internal_radiotherapy",
        ),
    ),
    "D-ID-1 an activity again for each import": (
        "administration-pre-activity",
        ("+ new:again | rdf:type | dcm:113508", "+ new:again | om:is_about | administration"),
    ),
    "D-ID-2 calibrations of two dates taken for one": (
        "calibration-is-dated",
        ('+ calibration | om:has_reference_calibration_date | "2019-01-01 08:00:00"',),
    ),
    "D-ID-3 the patient's identifier in an IRI": (
        "no-identifier-in-iri",
        ("+ new:organ_PSEUDONYM-42_liver | rdf:type | obo:FMA_7197",),
    ),
    "D-T6 a data set with its process as output": (
        "process-is-activity",
        ("+ nm | om:has_specified_output | fitting", "+ fitting | om:is_specified_output_of | nm"),
    ),
    "D-T9 every space is a source": (
        "transformation-destination-space",
        ("- transformation | om:has_destination_coordinate_space_specified_by | *",),
    ),
    "D-T11 the unit under another property": ("quantity-has-unit", ("- dose | obo:IAO_0000039 | *",)),
    "D-T12 the unit as a text": ("absorbed-dose-rate-unit", instead("rate", "obo:IAO_0000039", '"GRAY"')),
    "D-T13 the VOI is the output, not its activity": ("quantity-made-by-process", unmade("activity")),
    "D-T17 a map that no process made": ("used-file-is-produced", unmade("matrix")),
    "D-T18 a VOI without its process": ("voi-made-by-process", unmade("voi")),
    "D-T19 a step outside the treatment": (
        "step-of-radiotherapy",
        (
            "- depositing | obo:BFO_0000132 | radiotherapy",
            "- radiotherapy | obo:BFO_0000117 | depositing",
        ),
    ),
    "D-T20 a mass without time point": (
        "quantity-at-one-time-point",
        ("- mass | om:is_quantity_measured_at | *",),
    ),
    "D-T29 a text in place of a region": (
        "region-is-declared",
        instead("mass", "om:is_quantity_measured_in", '"1"'),
    ),
    "D-T30 an input in one direction": (
        "input-stated-both-ways",
        ("- calibration | om:is_specified_input_of | *",),
    ),
    "D-T32 a beginning as the text was": (
        "beginning-form",
        instead("segmenting", "om:has_beginning", '"2020-02-01 09:00:00"'),
    ),
    "D-T33 a role that no institution has": (
        "responsible-role-of-institution",
        ("- role | obo:BFO_0000052 | *",),
    ),
    "D-T34 a step outside the study": ("process-of-study", ("- scaling | om:part_of_study | *",)),
    "D-T37 a dose as a text": ("quantity-is-finite", instead("dose", "obo:IAO_0000004", '"2.5"')),
    "D-U6 a dose rate in an unknown unit": (
        "absorbed-dose-rate-unit",
        instead("rate", "obo:IAO_0000039", '"milligray per hour"'),
    ),
    "D-02 a second patient in one graph": (
        "one-patient-a-graph",
        ("+ new:other | rdf:type | om:human", '+ new:other | om:has_id | "SECOND"'),
    ),
    "D-31 a number as a text": ("quantity-is-finite", instead("mass", "obo:IAO_0000004", '"1.5"')),
    "D-40 a person's name": ("no-name-of-a-person", instead("patient", "om:has_name", '"DOE^JANE"')),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_graph_with_the_defect_is_caught(defect: str) -> None:
    rule, edits = DEFECTS[defect]
    assert rule in {f.code for f in check(changed(*edits), level="may")}
