"""For each shape, edits of a conforming graph that break it, and the nodes that it must find.

Nodes are named as in `small_treatment.KINDS`. A row with `also` breaks those shapes too: no
graph can break the one without the other.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """Edits that break `rule` at the nodes of `focus`."""

    rule: str
    focus: str
    edits: tuple[str, ...]
    also: tuple[str, ...] = ()


def breaks(rule: str, focus: str, *edits: str, also: tuple[str, ...] = ()) -> Example:
    """A row; several focus nodes are separated by commas."""
    return Example(rule, focus, edits, also)


def value(node: str, number: str, si: str) -> tuple[str, ...]:
    """Another value, with its SI value."""
    return (
        f"- {node} | obo:IAO_0000004 | *",
        f"- {node} | omx:has_SI_value | *",
        f'+ {node} | obo:IAO_0000004 | "{number}"^^xsd:double',
        *((f'+ {node} | omx:has_SI_value | "{si}"^^xsd:double',) if si else ()),
    )


def unit(node: str, term: str, ucum: str, qudt: str, si: str) -> tuple[str, ...]:
    """Another unit, with all that must agree with it."""
    return (
        f"- {node} | obo:IAO_0000039 | *",
        f"- {node} | omx:has_UCUM_code | *",
        f"- {node} | omx:has_SI_value | *",
        *((f"- {node} | qudt:hasUnit | *",) if node != "rate" else ()),
        f"+ {node} | obo:IAO_0000039 | {term}",
        f'+ {node} | omx:has_UCUM_code | "{ucum}"',
        f"+ {node} | qudt:hasUnit | {qudt}",
        f'+ {node} | omx:has_SI_value | "{si}"^^xsd:double',
        f"+ {term} | rdf:type | {term}",
    )


def instead(subject: str, predicate: str, object_: str) -> tuple[str, str]:
    """Another object in place of all."""
    return f"- {subject} | {predicate} | *", f"+ {subject} | {predicate} | {object_}"


def unmade(node: str, process: str = "*") -> tuple[str, ...]:
    """The node is no longer the output of a process, in either reading."""
    return (
        f"- {node} | om:is_specified_output_of | {process}",
        f"- {process} | om:has_specified_output | {node}",
        f"- {node} | prov:wasGeneratedBy | {process}",
    )


def quantity(node: str, class_: str, number: str, unit: str, si: str) -> tuple[str, ...]:
    """A new value of the VOI; `unit` is term, UCUM code and QUDT unit, or empty."""
    term, _, codes = unit.partition(" ")
    ucum, _, qudt = codes.partition(" ")
    return (
        f"+ {node} | rdf:type | {class_}",
        f"+ {node} | rdf:type | prov:Entity",
        f"+ {node} | om:has_patient | patient",
        f'+ {node} | obo:IAO_0000004 | "{number}"^^xsd:double',
        *((f"+ {term} | rdf:type | {term}", f"+ {node} | obo:IAO_0000039 | {term}") if term else ()),
        *((f'+ {node} | omx:has_UCUM_code | "{ucum}"',) if ucum else ()),
        *((f"+ {node} | qudt:hasUnit | {qudt}",) if qudt else ()),
        *((f'+ {node} | omx:has_SI_value | "{si}"^^xsd:double',) if si else ()),
        f"+ {node} | om:is_quantity_measured_in | voi",
    )


def made_by(node: str, process: str) -> tuple[str, ...]:
    """The node is an output of the process, in either reading."""
    return (
        f"+ {node} | om:is_specified_output_of | {process}",
        f"+ {process} | om:has_specified_output | {node}",
        f"+ {node} | prov:wasGeneratedBy | {process}",
    )


def time_point(hours: int) -> tuple[str, ...]:
    """Another time point of the treatment, `new:t` and its hours."""
    node = f"new:t{hours}"
    return (
        f"+ {node} | rdf:type | om:additional_timepoint",
        f"+ {node} | om:has_patient | patient",
        f'+ {node} | om:has_id | "T{hours}"',
        f'+ {node} | om:hours | "{hours}"^^xsd:integer',
        f'+ {node} | omx:has_SI_value | "{hours * 3600}"^^xsd:double',
        f"+ {node} | om:is_about_irradiation_event | radiotherapy",
    )


def rate_at(hours: int, milligray_per_hour: float) -> tuple[str, ...]:
    """A dose rate of the VOI at another time point, `new:r` and its hours."""
    node, si = f"new:r{hours}", milligray_per_hour / 3.6e6
    unit = "omx:milligray_per_hour mGy/h"
    return (
        *time_point(hours),
        *quantity(
            node, "om:absorbed_dose_rate_per_VOI_at_timepoint", str(milligray_per_hour), unit, repr(si)
        ),
        f"+ {node} | om:is_quantity_measured_at | new:t{hours}",
        *made_by(node, "scaling"),
    )


PATIENTS = [
    breaks(
        "one-patient-a-graph",
        "patient,new:other",
        "+ new:other | rdf:type | om:human",
        '+ new:other | om:has_id | "SECOND-1"',
    ),
    breaks("descriptor-of-one-patient", "descriptor", "- descriptor | om:has_patient | *"),
    breaks(
        "datum-of-one-patient",
        "mass",
        "+ mass | om:has_patient | new:other",
        also=("patient-is-human",),
    ),
    breaks("patient-is-human", "mass", *instead("mass", "om:has_patient", "organ")),
    breaks("patient-one-identifier", "patient", '+ patient | om:has_id | "SECOND"'),
    breaks("patient-one-identifier", "patient", "- patient | om:has_id | *"),
    breaks("radiotherapy-treats-patient", "radiotherapy", "- radiotherapy | om:treats | *"),
    breaks(
        "organs-of-one-sex",
        "patient",
        "+ new:prostate | rdf:type | obo:FMA_9600",
        "+ new:prostate | obo:BFO_0000175 | patient",
        "+ new:ovary | rdf:type | obo:FMA_7209",
        "+ new:ovary | obo:BFO_0000175 | patient",
    ),
    breaks(
        "no-female-organ-in-male",
        "patient",
        "+ patient | om:has_sex | obo:PATO_0000384",
        "+ new:uterus | rdf:type | obo:FMA_17558",
        "+ new:uterus | obo:BFO_0000175 | patient",
    ),
    breaks(
        "no-male-organ-in-female",
        "patient",
        "+ patient | om:has_sex | obo:PATO_0000383",
        "+ new:testis | rdf:type | obo:FMA_7211",
        "+ new:testis | obo:BFO_0000175 | patient",
    ),
]

STUDIES = [
    breaks("descriptor-of-known-study", "descriptor", "- descriptor | omx:describes_file_set_of | *"),
    breaks("descriptor-of-one-study", "descriptor", "+ descriptor | omx:describes_file_set_of | new:study"),
    breaks(
        "process-of-one-study",
        "fitting",
        "+ fitting | om:part_of_study | new:study",
        "- descriptor | omx:describes_file_set_of | *",
    ),
    breaks(
        "process-of-descriptors-study", "descriptor", *instead("fitting", "om:part_of_study", "new:study")
    ),
]

SERIES, STUDY = "om:has_DICOM_series_instance_UID", "om:has_DICOM_study_instance_UID"
DATA_SETS = [
    breaks("series-uid-form", "nm", *instead("nm", SERIES, '"1.2.x"')),
    breaks("series-uid-form", "nm", *instead("nm", SERIES, f'"{"1" * 65}"')),
    breaks("study-uid-form", "nm", *instead("nm", STUDY, '"none"')),
    breaks("series-uid-components", "nm", *instead("nm", SERIES, '"1.02.3"')),
    breaks("series-of-one-study", "nm", f'+ nm | {STUDY} | "1.2.9"'),
    breaks("series-one-uid", "nm", f'+ nm | {SERIES} | "1.2.9"'),
    breaks("data-set-can-be-found", "nm", f"- nm | {SERIES} | *"),
    breaks("file-one-name", "matrix", '+ matrix | om:has_name | "other.nrrd"'),
    breaks(
        "file-one-format",
        "matrix",
        "+ matrix | om:has_format | om:HDF5_format",
        "+ om:HDF5_format | rdf:type | om:HDF5_format",
    ),
    breaks("format-is-individual", "om:NRRD_format", "- om:NRRD_format | rdf:type | *"),
    breaks("file-name-inside-set", "matrix", *instead("matrix", "om:has_name", '"/data/someone/rate.nrrd"')),
    breaks("file-name-inside-set", "matrix", *instead("matrix", "om:has_name", '"C:\\\\rate.nrrd"')),
    breaks("file-name-inside-set", "matrix", *instead("matrix", "om:has_name", '"../rate.nrrd"')),
    breaks("transformation-one-identifier", "transformation", '+ transformation | om:has_id | "second"'),
    breaks("transformation-is-declared", "matrix", "+ matrix | omx:has_applied_transformation | new:unknown"),
    breaks(
        "transformation-source-space",
        "transformation",
        "- transformation | om:has_source_coordinate_space_specified_by | *",
    ),
    breaks(
        "transformation-destination-space",
        "transformation",
        "- transformation | om:has_destination_coordinate_space_specified_by | *",
    ),
    breaks(
        "resampled-from-image",
        "resampled",
        "- resampled | om:is_resampling_of | *",
        "- resampled | om:is_resampled_on | *",
    ),
    breaks("used-file-is-produced", "matrix", *unmade("matrix")),
]

REGIONS = [
    breaks(
        "voi-one-organ",
        "voi",
        "+ voi | om:represents | new:organ",
        "+ new:organ | obo:BFO_0000175 | patient",
    ),
    breaks("voi-organ-of-its-patient", "voi", "- organ | obo:BFO_0000175 | *"),
    breaks("voi-organ-of-its-patient", "voi", "- voi | om:has_patient | *"),
    breaks("voi-one-identifier", "voi", '+ voi | om:has_id | "2"'),
    breaks(
        "voi-made-by-process",
        "voi",
        *unmade("voi"),
    ),
    breaks("voi-drawn-on-image", "voi", "- voi | om:extracted_from | *"),
    breaks("voi-in-segmentation", "voi", "- segmentation | obo:BFO_0000110 | voi"),
    breaks("segmentation-one-identifier", "segmentation", '+ segmentation | om:has_id | "S2"'),
    breaks("segmentation-has-regions", "segmentation", "- segmentation | obo:BFO_0000110 | voi"),
]

QUANTITIES = [
    breaks("quantity-has-value", "mass", "- mass | obo:IAO_0000004 | *"),
    breaks("quantity-has-value", "effective dose", "- effective dose | obo:IAO_0000004 | *"),
    breaks(
        "quantity-single-value",
        "mass",
        '+ mass | obo:IAO_0000004 | "1.6"^^xsd:double',
        "- mass | omx:has_SI_value | *",
    ),
    breaks("quantity-has-unit", "mass", "- mass | obo:IAO_0000039 | *"),
    breaks(
        "quantity-single-unit",
        "mass",
        "+ mass | obo:IAO_0000039 | obo:UO_0000021",
        "+ obo:UO_0000021 | rdf:type | obo:UO_0000021",
        '+ mass | omx:has_UCUM_code | "g"',
        "+ mass | qudt:hasUnit | unit:GM",
        "- mass | omx:has_SI_value | *",
    ),
    breaks("quantity-is-finite", "dose", *value("dose", "INF", "")),
    breaks("quantity-is-finite", "dose", *value("dose", "NaN", "")),
    breaks(
        "quantity-is-finite",
        "dose",
        "- dose | obo:IAO_0000004 | *",
        '+ dose | obo:IAO_0000004 | "2.5"',
    ),
    breaks("quantity-not-negative", "dose", *value("dose", "-2.5", "-2.5")),
    breaks("mass-unit", "mass", *unit("mass", "obo:UO_0000134", "Gy", "unit:GRAY", "1.5")),
    breaks("activity-unit", "activity", *unit("activity", "obo:UO_0000134", "Gy", "unit:GRAY", "50")),
    breaks("absorbed-dose-unit", "dose", *unit("dose", "obo:UO_0000009", "kg", "unit:KiloGM", "2.5")),
    breaks("absorbed-dose-rate-unit", "rate", *unit("rate", "obo:UO_0000134", "Gy", "unit:GRAY", "20")),
    breaks("length-unit", "kernel limit", *unit("kernel limit", "obo:UO_0000134", "Gy", "unit:GRAY", "40")),
    breaks("cumulated-activity-unit", "activity", "+ activity | rdf:type | om:cumulated_activity_per_VOI"),
    breaks(
        "energy-deposition-rate-unit",
        "rate",
        "+ rate | rdf:type | om:energy_deposition_rate_per_VOI_at_timepoint",
    ),
    breaks(
        "unit-is-individual",
        "obo:UO_0000142",
        *unit("uncertainty", "obo:UO_0000142", "mGy", "unit:MilliGRAY", "0.00025")[:-1],
    ),
    breaks("ucum-code-of-unit", "mass", *instead("mass", "omx:has_UCUM_code", '"g"')),
    breaks("ucum-code-of-unit", "mass", "- mass | omx:has_UCUM_code | *"),
    breaks("qudt-unit-of-unit", "mass", *instead("mass", "qudt:hasUnit", "unit:GM")),
    breaks("si-value-of-value", "rate", *instead("rate", "omx:has_SI_value", '"0.02"^^xsd:double')),
    breaks("quantity-one-si-value", "mass", "- mass | omx:has_SI_value | *"),
    breaks("quantity-of-patient", "mass", "- mass | om:has_patient | *"),
    breaks("quantity-in-region", "mass", "- mass | om:is_quantity_measured_in | *"),
    breaks("region-is-declared", "mass", *instead("mass", "om:is_quantity_measured_in", "new:voi")),
    breaks("quantity-at-one-time-point", "mass", "- mass | om:is_quantity_measured_at | *"),
    breaks("quantity-made-by-process", "activity", *unmade("activity")),
    breaks(
        "dose-of-radiotherapy",
        "dose",
        *unmade("dose"),
        "+ new:process | rdf:type | prov:Activity",
        "+ new:process | om:has_specified_output | dose",
        "+ dose | om:is_specified_output_of | new:process",
    ),
    breaks(
        "uncertainty-in-unit-of-value",
        "uncertainty",
        *unit("uncertainty", "obo:UO_0000142", "mGy", "unit:MilliGRAY", "0.00025"),
    ),
    breaks("dose-plausible", "dose", *value("dose", "6000", "6000")),
    breaks("dose-rate-plausible", "rate", *value("rate", "360000", "0.1")),
    breaks("mass-plausible", "mass", *value("mass", "1500", "1500")),
    breaks("activity-plausible", "before", *value("before", "1e9", "1e15")),
    breaks("regional-activity-plausible", "activity", *value("activity", "1e6", "1e12")),
    breaks("kernel-limit-plausible", "kernel limit", *value("kernel limit", "3000", "3")),
    breaks(
        "time-integrated-activity-plausible",
        "new:decays",
        *quantity("new:decays", "om:cumulated_activity", "2e11", "om:megabecquerel_second MBq.s", "2e17"),
    ),
    breaks(
        "energy-deposition-rate-plausible",
        "new:power",
        *quantity(
            "new:power",
            "om:energy_deposition_rate_per_VOI_at_timepoint",
            "2",
            "om:joule_per_second J/s unit:J-PER-SEC",
            "2",
        ),
        "+ new:power | om:is_quantity_measured_at | time point",
        *made_by("new:power", "depositing"),
    ),
    breaks(
        "volume-plausible",
        "new:volume",
        *quantity(
            "new:volume",
            "om:nominal_volume_measurement_datum",
            "500000",
            "obo:UO_0000098 mL unit:MilliL",
            "0.5",
        ),
    ),
    breaks(
        "radiodensity-plausible",
        "new:hu",
        *quantity(
            "new:hu",
            "om:image_derived_radiodensity_measurement_datum",
            "-3024",
            "om:Hounsfield_unit [hnsf'U]",
            "-3024",
        ),
    ),
    breaks(
        "sensitivity-plausible",
        "calibration",
        '+ calibration | obo:IAO_0000004 | "90000"^^xsd:double',
        "+ calibration | obo:IAO_0000039 | om:counts_per_second_per_megabecquerel",
        "+ om:counts_per_second_per_megabecquerel | rdf:type | om:counts_per_second_per_megabecquerel",
        '+ calibration | omx:has_UCUM_code | "{counts}/s/MBq"',
        '+ calibration | omx:has_SI_value | "0.09"^^xsd:double',
    ),
    breaks(
        "recovery-coefficient-plausible",
        "new:ratio",
        *quantity("new:ratio", "om:ratio_measured_activity_to_true_activity", "25", "", ""),
    ),
]

DECAYS = ("om:cumulated_activity_per_VOI", "2e9", "om:megabecquerel_second MBq.s", "2e15")
GRAY = "obo:UO_0000134 Gy unit:GRAY"
DOSIMETRY = [
    # 1000 MBq have decayed to 917 MBq at 24 h; a fifth is the tolerance
    breaks("activity-within-administered", "activity", *value("activity", "1150", "1.15e9")),
    # 1000 MBq of I-131 make 1e9 / s x 692 988 s / ln 2 = 1.0e15 decays
    breaks(
        "time-integrated-activity-within-decays",
        "new:decays",
        *quantity("new:decays", *DECAYS),
        *made_by("new:decays", "fitting"),
    ),
    # 24 h leave 0.917 of 10 mGy/h
    breaks("decay-corrected-value-falls", "new:r96", *rate_at(72, 10), *rate_at(96, 12.5)),
    # 20 mGy/h at 24 h and 10 at 72 h: at least 0.48 Gy, at most 0.48 + 0.96 + 2.78 Gy
    breaks("dose-of-rates", "dose", *rate_at(72, 10), *value("dose", "7", "7")),
    breaks("dose-of-rates", "dose", *rate_at(72, 10), *value("dose", "0.4", "0.4")),
    breaks(
        "minimum-mean-maximum",
        "new:mean",
        *quantity("new:mean", "dcm:128533", "2", GRAY, "2"),
        *made_by("new:mean", "fitting"),
        *quantity("new:maximum", "dcm:128531", "1.5", GRAY, "1.5"),
        *made_by("new:maximum", "fitting"),
    ),
    breaks(
        "minimum-mean-maximum",
        "new:mean",
        *quantity("new:mean", "dcm:128533", "2", GRAY, "2"),
        *made_by("new:mean", "fitting"),
        *quantity("new:minimum", "dcm:128532", "2.5", GRAY, "2.5"),
        *made_by("new:minimum", "fitting"),
    ),
    breaks(
        "organ-mass-steady",
        "new:heavier",
        *time_point(72),
        *quantity(
            "new:heavier", "om:patient_organ_mass_at_timepoint", "3", "obo:UO_0000009 kg unit:KiloGM", "3"
        ),
        "+ new:heavier | om:is_quantity_measured_at | new:t72",
    ),
    breaks("uncertainty-below-value", "uncertainty", *value("uncertainty", "3", "3")),
]

DATE = "om:has_reference_calibration_date"
CALIBRATIONS = [
    breaks("calibration-is-dated", "calibration", f"- calibration | {DATE} | *"),
    breaks("calibration-is-dated", "calibration", f'+ calibration | {DATE} | "2020-01-02 08:00:00"'),
    breaks("calibration-recent", "calibration", *instead("calibration", DATE, '"2017-12-31 08:00:00"')),
    breaks(
        "calibration-of-administered-nuclide",
        "calibration",
        *instead("calibration", "om:is_about", "rn:lutetium_177_atom"),
    ),
]

HOURS = "om:hours"


def distance(hours: int) -> tuple[str, ...]:
    """Another distance of the time point."""
    return (
        *instead("time point", HOURS, f'"{hours}"^^xsd:integer'),
        *instead("time point", "omx:has_SI_value", f'"{hours * 3600}"^^xsd:double'),
    )


def category(name: str) -> tuple[str, ...]:
    """Another category of the time point, which is at 24 h."""
    return (
        "- time point | rdf:type | om:24h_plus_or_minus_4h_post_RAIT_timepoint",
        f"+ time point | rdf:type | om:{name}",
    )


WINDOWS = {
    "168h": "168h_plus_or_minus_24h_post_RAIT_timepoint",
    "96h": "96h_plus_or_minus_12h_post_RAIT_timepoint",
    "72h": "72h_plus_or_minus_12h_post_RAIT_timepoint",
    "48h": "48h_plus_or_minus_4h_post_RAIT_timepoint",
    "6h": "6h_plus_or_minus_2h_post_RAIT_timepoint",
}
TIMES = [
    breaks("time-point-one-distance", "time point", '+ time point | om:days | "1"^^xsd:integer'),
    breaks("time-point-not-before-event", "time point", *distance(-24)),
    breaks(
        "time-point-si-value", "time point", *instead("time point", "omx:has_SI_value", '"24"^^xsd:double')
    ),
    breaks("time-point-one-identifier", "time point", '+ time point | om:has_id | "again"'),
    breaks("time-point-one-category", "time point", f"+ time point | rdf:type | om:{WINDOWS['48h']}"),
    breaks("time-point-is-declared", "mass", *instead("mass", "om:is_quantity_measured_at", "new:time")),
    breaks(
        "time-point-one-reference-event", "time point", "- time point | om:is_about_irradiation_event | *"
    ),
    breaks("time-point-of-patient", "time point", "- time point | om:has_patient | *"),
    breaks("time-point-in-window-of-24h", "time point", *distance(29)),
    *(breaks(f"time-point-in-window-of-{hours}", "time point", *category(c)) for hours, c in WINDOWS.items()),
    breaks("time-point-plausible", "time point", *category("additional_timepoint"), *distance(100 * 24)),
]

PROCESSES = [
    breaks(
        "step-of-dosimetry",
        "fitting",
        "- fitting | obo:BFO_0000132 | dosimetry",
        "- dosimetry | obo:BFO_0000117 | fitting",
    ),
    breaks(
        "step-of-radiotherapy",
        "segmenting",
        "- segmenting | obo:BFO_0000132 | radiotherapy",
        "- radiotherapy | obo:BFO_0000117 | segmenting",
    ),
    breaks("part-stated-both-ways", "segmenting", "- radiotherapy | obo:BFO_0000117 | segmenting"),
    breaks("input-stated-both-ways", "fitting", "- voi | om:is_specified_input_of | fitting"),
    breaks("input-stated-both-ways", "fitting", "- fitting | om:has_specified_input | voi"),
    breaks("output-stated-both-ways", "registering", "- voi | om:is_specified_output_of | registering"),
    breaks("output-stated-both-ways", "registering", "- registering | om:has_specified_output | voi"),
    breaks(
        "input-is-declared",
        "fitting",
        "+ fitting | om:has_specified_input | new:unknown",
        "+ new:unknown | om:is_specified_input_of | fitting",
    ),
    breaks(
        "output-is-declared",
        "fitting",
        "+ fitting | om:has_specified_output | new:unknown",
        "+ new:unknown | om:is_specified_output_of | fitting",
    ),
    breaks(
        "step-has-input",
        "scaling",
        "- scaling | om:has_specified_input | *",
        "- * | om:is_specified_input_of | scaling",
    ),
    breaks("step-has-output", "depositing", *unmade("*", "depositing")),
    breaks("process-of-study", "fitting", "- fitting | om:part_of_study | *"),
    breaks("process-of-institution", "fitting", "- * | obo:BFO_0000054 | fitting"),
    breaks("process-has-start", "fitting", "- fitting | prov:startedAtTime | *"),
    breaks("beginning-form", "fitting", *instead("fitting", "om:has_beginning", '"2020-02-01 13:00:00"')),
    breaks("responsible-role-of-institution", "role", "- role | obo:BFO_0000052 | *"),
    breaks("institution-one-name", "institution", "- institution | om:has_name | *"),
    breaks(
        "step-after-administration",
        "segmenting",
        *instead("segmenting", "prov:startedAtTime", '"2020-01-09T09:00:00"^^xsd:dateTime'),
    ),
    # images at 24 h after the administration of 10 January, 10:00
    breaks(
        "step-after-its-time-point",
        "segmenting",
        *instead("segmenting", "prov:startedAtTime", '"2020-01-11T08:00:00"^^xsd:dateTime'),
    ),
]

ADMINISTRATIONS = [
    breaks("administration-pre-activity", "administration", "+ after | rdf:type | dcm:113508"),
    breaks("administration-post-activity", "administration", "+ before | rdf:type | dcm:113509"),
    breaks(
        "administration-radiopharmaceutical",
        "administration",
        "- administration | om:has_specified_input | snmi:C-B1086",
        "- snmi:C-B1086 | om:is_specified_input_of | administration",
    ),
    breaks(
        "administration-radionuclide",
        "administration",
        "- administration | om:has_specified_input | rn:iodine_131_atom",
        "- rn:iodine_131_atom | om:is_specified_input_of | administration",
    ),
    breaks("administration-one-identifier", "administration", "- administration | om:has_id | *"),
    breaks("administration-date", "administration", "- administration | om:has_beginning_date | *"),
    breaks("administration-time", "administration", "- administration | om:has_beginning_time | *"),
    breaks(
        "administration-of-radiotherapy",
        "administration",
        "- administration | obo:BFO_0000132 | *",
        "- radiotherapy | obo:BFO_0000117 | administration",
    ),
    breaks("activity-of-administration", "before", "+ before | om:is_about | fitting"),
    breaks("activity-is-dated", "before", "- before | om:has_measurement_date_and_time | *"),
    breaks("residual-below-administered", "administration", *value("after", "2000", "2e9")),
]


def time(node: str, property_: str, hour: str, day: str = "2020-02-01") -> str:
    """A time of a process."""
    return f'+ {node} | prov:{property_} | "{day}T{hour}:00"^^xsd:dateTime'


PROVENANCE = [
    breaks("user-is-activity", "new:x", "+ new:x | prov:used | voi"),
    breaks("used-is-entity", "fitting", "+ fitting | prov:used | new:x"),
    breaks(
        "generated-is-entity",
        "new:x",
        "+ new:x | prov:wasGeneratedBy | fitting",
        "+ new:x | om:is_specified_output_of | fitting",
        "+ fitting | om:has_specified_output | new:x",
        "+ new:x | rdf:type | om:fitting_function",
    ),
    breaks(
        "generator-is-activity",
        "after",
        "+ after | prov:wasGeneratedBy | new:x",
        "+ after | om:is_specified_output_of | new:x",
        "+ new:x | om:has_specified_output | after",
        also=("process-is-activity",),
    ),
    breaks("derived-is-entity", "new:x", "+ new:x | prov:wasDerivedFrom | voi"),
    breaks("origin-is-entity", "dose", "+ dose | prov:wasDerivedFrom | new:x"),
    breaks("associated-is-activity", "new:x", "+ new:x | prov:wasAssociatedWith | institution"),
    breaks("associate-is-agent", "fitting", "+ fitting | prov:wasAssociatedWith | new:x"),
    breaks("plan-is-entity", "association", *instead("association", "prov:hadPlan", "new:x")),
    breaks("entity-is-no-activity", "dose", "+ dose | rdf:type | prov:Activity"),
    breaks("one-generation", "voi", "+ voi | prov:wasGeneratedBy | registering"),
    breaks("not-derived-from-itself", "dose", "+ dose | prov:wasDerivedFrom | dose"),
    breaks("no-derivation-cycle", "rate,dose", "+ rate | prov:wasDerivedFrom | dose"),
    breaks("no-derivation-cycle", "voi,rate,dose", "+ voi | prov:wasDerivedFrom | dose"),
    breaks("one-start", "fitting", time("fitting", "startedAtTime", "14:00")),
    breaks(
        "one-end", "fitting", time("fitting", "endedAtTime", "14:00"), time("fitting", "endedAtTime", "15:00")
    ),
    breaks("start-before-end", "fitting", time("fitting", "endedAtTime", "12:30")),
    breaks(
        "use-after-generation",
        "fitting",
        "- fitting | prov:startedAtTime | *",
        time("fitting", "endedAtTime", "08:00"),
    ),
    breaks(
        "start-after-source",
        "fitting",
        "- fitting | prov:startedAtTime | *",
        time("fitting", "startedAtTime", "08:00"),
    ),
    breaks("association-one-agent", "association", "- association | prov:agent | *"),
    breaks("association-one-plan", "association", "+ association | prov:hadPlan | curve"),
    breaks("association-in-both-forms", "segmenting", "- segmenting | prov:wasAssociatedWith | *"),
    breaks(
        "process-is-activity",
        "new:x",
        "+ new:x | om:has_specified_output | nm",
        "+ nm | om:is_specified_output_of | new:x",
    ),
    breaks("generated-is-output", "after", "+ after | prov:wasGeneratedBy | fitting"),
]

PRIVACY = [
    breaks("no-name-of-a-person", "patient", *instead("patient", "om:has_name", '"DOE^JANE"')),
    breaks("no-name-of-a-person", "patient", *instead("patient", "om:has_name", '"Jane Doe"')),
    breaks("no-name-of-a-person", "patient", *instead("patient", "om:has_name", '"Doe, Jane"')),
    breaks("no-identifier-in-iri", "patient", "+ new:file_PSEUDONYM-42 | rdf:type | om:fitting_function"),
    breaks("no-identifier-in-iri", "patient", "+ new:PSEUDONYM_42/x | rdf:type | om:fitting_function"),
]

EXAMPLES = [
    *PATIENTS,
    *STUDIES,
    *DATA_SETS,
    *REGIONS,
    *QUANTITIES,
    *DOSIMETRY,
    *CALIBRATIONS,
    *TIMES,
    *PROCESSES,
    *ADMINISTRATIONS,
    *PROVENANCE,
    *PRIVACY,
]
