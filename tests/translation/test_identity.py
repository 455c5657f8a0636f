"""Names: the same everywhere, apart between patients, and telling nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pyoxigraph as ox
import pytest
from pydantic import SecretStr

import ontomedirad
from ontomedirad import Settings, terms
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor import NonDICOMData, NonDicomFileSetDescriptor, to_xml
from ontomedirad.translation.names import NAMESPACE, Names

CODE = """
import sys, ontomedirad
sys.stdout.buffer.write(ontomedirad.translate(sys.stdin.buffer.read()).serialize())
"""


def in_a_process(content: bytes, seed: str) -> bytes:
    env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run(
        [sys.executable, "-c", CODE], input=content, env=env, capture_output=True, check=True
    )
    return done.stdout


def individuals(translation: ontomedirad.Translation) -> set[str]:
    return set(translation.individuals)


def test_two_processes_give_the_same_bytes(sample: bytes) -> None:
    first = in_a_process(sample, "1")
    assert first == in_a_process(sample, "4242")
    assert first.count(b"\n") == len(set(first.splitlines())) > 1000


def test_no_statement_twice(example: NonDicomFileSetDescriptor) -> None:
    lines = ontomedirad.translate(example).nquads.splitlines()
    assert len(lines) == len(set(lines))


def test_name_is_the_uuid_5_of_its_key() -> None:
    made = Names(Settings()).name("VOI", "set", "1000")
    expected = uuid.uuid5(NAMESPACE, "VOI\x1fset\x1f1000")
    assert made == f"<https://w3id.org/ontomedirad/id/VOI_{expected}>"


def test_two_patients_share_only_institutions_and_studies() -> None:
    one = ontomedirad.translate(example_descriptor("A"))
    two = ontomedirad.translate(example_descriptor("B"))
    shared = individuals(one) & individuals(two)
    kinds = {node.removeprefix("https://w3id.org/ontomedirad/id/").rpartition("_")[0] for node in shared}
    # The example's images and its hospital's calibrations carry the same UIDs and dates.
    assert kinds == {"institution", "series", "calibration"}


def test_two_patients_of_the_real_sample_share_no_measurement(sample: bytes) -> None:
    pseudonym = b"92AEF373E6849AC3C01E37A58FDBB838F69268CA3F1E277D5E4D98ADB8E2A59C"
    other = sample.replace(pseudonym, b"OTHER").replace(b"1.3.12.2.1107", b"1.3.12.2.2222")
    other = other.replace(b"Wurburg", b"Elsewhere")
    shared = individuals(ontomedirad.translate(sample)) & individuals(ontomedirad.translate(other))
    assert {node.rpartition("/")[2].rpartition("_")[0] for node in shared} == {"institution"}


def test_a_host_names_the_file_set(example: NonDicomFileSetDescriptor) -> None:
    content = to_xml(example)
    named = Settings(file_set="archive-17")
    changed = content.replace(b"segmentation-006h", b"segmentation-06h")
    assert changed != content
    assert ontomedirad.translate(content).graph != ontomedirad.translate(changed).graph
    graphs = {ontomedirad.translate(c, settings=named).graph for c in (content, changed)}
    assert len(graphs) == 1


def test_comments_spaces_prefixes_and_fhir_identifiers_do_not_rename(
    example: NonDicomFileSetDescriptor,
) -> None:
    plain = ontomedirad.translate(example)
    text = to_xml(example).decode()
    other = text.replace("irdbb:", "x:").replace("xmlns:irdbb", "xmlns:x").replace("\n", "\n\n<!-- note -->")
    assert ontomedirad.translate(
        other.split("?>", 1)[1].strip().removeprefix("<!-- note -->").encode()
    ).graph == (plain.graph)
    filled = example.model_copy(deep=True)
    assert filled.slide2 is not None
    files = filled.slide2.time_points[0].segmentation.segmentation
    assert files is not None and files.files is not None
    files.files[0].fhir_identifier = "abc-1"
    assert ontomedirad.translate(filled).graph == plain.graph


def test_the_patients_pseudonym_is_in_no_iri(example: NonDicomFileSetDescriptor) -> None:
    translation = ontomedirad.translate(example)
    words = ["DEMO-7F3A", "Example", "Hospital", "2026-03", "SEGMENTATION"]
    for quad in translation.quads:
        for node in (quad.subject, quad.object):
            if isinstance(node, ox.NamedNode):
                assert not any(w in node.value for w in words), node


def test_a_secret_hides_patients_and_what_is_theirs(example: NonDicomFileSetDescriptor) -> None:
    open_, keyed = (
        ontomedirad.translate(example),
        ontomedirad.translate(example, settings=Settings(secret=SecretStr("s3cret"))),
    )

    def humans(t: ontomedirad.Translation) -> set[str]:
        return {n for n in t.individuals if "/human_" in n or "/administration_" in n or "/organ_" in n}

    assert humans(open_) and not humans(open_) & humans(keyed)
    other = ontomedirad.translate(example, settings=Settings(secret=SecretStr("another")))
    assert not humans(other) & humans(keyed)


def test_the_base_is_the_deployments(example: NonDicomFileSetDescriptor) -> None:
    translation = ontomedirad.translate(example, settings=Settings(base="https://example.org/x/"))
    assert translation.graph.startswith("https://example.org/x/")
    assert all(n.startswith("https://example.org/x/") for n in translation.individuals)


@pytest.mark.parametrize("base", ["nonsense", "https://example.org/x", "https://example.org/a b/", ""])
def test_a_base_that_makes_no_iri_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="base"):
        Settings(base=base)


def test_equal_statements_of_one_quantity_are_one_individual(example: NonDicomFileSetDescriptor) -> None:
    """The mass stands in the VOI and in the list of masses; a curve fit repeats the activities."""
    translation = ontomedirad.translate(example)
    mass = terms.iri("om:patient_organ_mass_at_timepoint")
    masses = [q.subject for q in translation.quads if getattr(q.object, "value", "") == mass]
    assert len(masses) == len(set(masses)) == 5 * 4
    pre = terms.iri("dcm:113508")
    assert len({q.subject for q in translation.quads if getattr(q.object, "value", "") == pre}) == 1


def test_several_files_of_one_region_keep_name_format_and_handle_together(
    example: NonDicomFileSetDescriptor,
) -> None:
    both = example.model_copy(deep=True)
    assert both.slide2 is not None
    segmentation = both.slide2.time_points[0].segmentation.segmentation
    assert segmentation is not None and segmentation.files is not None
    segmentation.files.append(
        NonDICOMData(
            data_class="segmentation", format="STL format", file_name="Data/b.stl", fhir_identifier="77"
        )
    )
    rows = ox.Store()
    rows.extend(ontomedirad.translate(both).quads)
    prefixes = "".join(f"PREFIX {p}: <{ns}> " for p, ns in terms.PREFIXES.items())
    found = rows.query(
        prefixes
        + """SELECT ?name ?format ?fhir { ?s om:has_id "SEGMENTATION 6H" ; omx:stored_in ?f .
            ?f om:has_name ?name ; om:has_format ?format . OPTIONAL { ?f omx:has_FHIR_identifier ?fhir } }""",
        use_default_graph_as_union=True,
    )
    got = {tuple(v.value if v else "" for v in row) for row in found}
    assert got == {
        ("Data/segmentation-006h.nrrd", terms.iri("om:NRRD_format"), ""),
        ("Data/b.stl", terms.iri("om:STL_format"), "77"),
    }


def test_a_path_and_its_bytes_give_the_same_graph(tmp_path: Path, example: NonDicomFileSetDescriptor) -> None:
    path = tmp_path / "d.xml"
    path.write_bytes(to_xml(example))
    with path.open("rb") as file:
        graphs = {
            ontomedirad.translate(s).nquads for s in (path, str(path), path.read_bytes(), file, example)
        }
    assert len(graphs) == 1
