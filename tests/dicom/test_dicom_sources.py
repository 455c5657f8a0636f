"""What a DICOM source may be, and what becomes of damaged and foreign files."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import made
import pydicom
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

import ontomedirad
from ontomedirad.api import translations
from ontomedirad.errors import NotConforming, OntomediradError, SourceError
from ontomedirad.privacy import Privacy

SERIES = [made.ct(n) for n in (1, 2, 3)]


def written(folder: Path, **files: bytes) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_every_form_of_a_series_gives_one_graph(tmp_path: Path, settings) -> None:
    files = {f"i{n}.dcm": made.as_bytes(i) for n, i in enumerate(SERIES)}
    folder = written(tmp_path, **files)
    archive = tmp_path.parent / "series.zip"
    archive.write_bytes(zipped(**files))
    in_json = json.dumps([i.to_json_dict() for i in SERIES]).encode()
    forms = [SERIES, folder, str(folder), archive, archive.read_bytes(), io.BytesIO(archive.read_bytes()),
             in_json, json.loads(in_json), [str(p) for p in sorted(folder.iterdir())]]  # fmt: skip
    assert len({ontomedirad.translate(f, settings=settings).nquads for f in forms}) == 1


def test_one_instance_in_every_form_gives_one_graph(tmp_path: Path, settings) -> None:
    content = made.as_bytes(made.pet())
    path = tmp_path / "without_suffix"
    path.write_bytes(content)
    forms = [made.pet(), content, io.BytesIO(content), path, made.pet().to_json_dict()]
    assert len({ontomedirad.translate(f, settings=settings).nquads for f in forms}) == 1


def test_the_order_of_instances_does_not_matter(settings) -> None:
    varied = [
        made.ct(n, XRayTubeCurrent=str(100 * n), AcquisitionDate="20240101", AcquisitionTime=f"0900{n:02}")
        for n in (1, 2, 3)
    ]
    assert (
        len({ontomedirad.translate(order, settings=settings).nquads for order in (varied, varied[::-1])}) == 1
    )


def test_a_duplicate_counts_once(settings) -> None:
    twice = ontomedirad.translate([*SERIES, SERIES[1], SERIES[0]], settings=settings)
    assert twice.nquads == ontomedirad.translate(SERIES, settings=settings).nquads


def test_several_series_are_several_graphs(settings) -> None:
    mixed = [made.ct(), made.pet(), made.ct_report(made.ct_event(1, ("A", "120", "200")))]
    with pytest.raises(SourceError, match="3 series and reports"):
        ontomedirad.translate(mixed, settings=settings)
    assert len({t.graph for t in translations(mixed, settings=settings)}) == 3


def test_reports_of_one_series_are_graphs_of_their_own(settings) -> None:
    event = made.ct_event(1, ("A", "120", "200"))
    reports = [made.ct_report(event, number=n, PatientAge="063Y") for n in (1, 2)]
    together = [t.nquads for t in translations(reports, settings=settings)]
    assert together == [ontomedirad.translate(r, settings=settings).nquads for r in reports]


def test_a_dicomdir_leads_to_its_files_and_not_out_of_its_folder(tmp_path: Path, settings) -> None:
    outside = tmp_path / "secret.dcm"
    outside.write_bytes(made.as_bytes(made.pet()))
    folder = tmp_path / "media"
    folder.mkdir()
    (folder / "IMG1").write_bytes(made.as_bytes(made.ct()))
    paths = (["IMG1"], ["..", "secret.dcm"], ["GONE"])
    records = [made.spoilt(made.item(), "ReferencedFileID", path) for path in paths]
    directory = made.item(
        SOPClassUID="1.2.840.10008.1.3.10", SOPInstanceUID="1.2.3", DirectoryRecordSequence=records
    )
    (folder / "DICOMDIR").write_bytes(made.as_bytes(directory))
    found = list(translations(folder / "DICOMDIR", settings=settings))
    assert [type(f).__name__ for f in found] == ["Report", "Translation"]
    assert {f.message.split()[0] for f in found[0]} == {"lists", "is"}


def test_damaged_and_foreign_files_are_findings_and_not_stops(tmp_path: Path, settings) -> None:
    good = made.as_bytes(made.ct())
    written(tmp_path, a=good, b=good[:400], c=b"\0" * 128 + b"DICM" + b"\xff" * 50)
    (tmp_path / "notes.txt").write_text("not an image")
    (tmp_path / "other.zip").write_bytes(zipped(x=b"nothing")[:40])
    report = ontomedirad.validate(tmp_path, settings=settings, level="may")
    codes = [f.code for f in report]
    assert codes.count("dicom-unreadable") >= 2
    assert codes.count("dicom-left-out") == 1
    assert sum(not isinstance(t, ontomedirad.Report) for t in translations(tmp_path, settings=settings)) == 1


@pytest.mark.parametrize("content", [b"", b"\0" * 200, b"[{", b"[1, 2]", zipped(a=b"x")])
def test_what_holds_no_dicom_is_one_clear_error(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.dcm"
    path.write_bytes(content)
    for source in (content, path):
        with pytest.raises(OntomediradError) as caught:
            ontomedirad.translate(source)
        assert "Traceback" not in str(caught.value)


def test_a_zip_that_unpacks_without_end_is_refused(settings) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.dcm", b"\0" * 30_000_000)
    report = ontomedirad.validate(out.getvalue(), settings=settings)
    assert "too large" in report.text()


def test_pixels_are_not_read(tmp_path: Path, settings) -> None:
    """A file that is cut off within its pixels is as good as whole."""
    image = made.ct(Rows=64, Columns=64, BitsAllocated=16, BitsStored=16, HighBit=15, PixelRepresentation=0,
                    SamplesPerPixel=1, PhotometricInterpretation="MONOCHROME2", PixelData=b"\x07" * 8192)  # fmt: skip
    image["PixelData"].VR = "OW"
    content = made.as_bytes(image)
    assert (
        ontomedirad.translate(content[:-4000], settings=settings).nquads
        == ontomedirad.translate(content, settings=settings).nquads
    )


def test_deep_nesting_is_cut_off_and_told_nowhere(settings) -> None:
    inner = made.num("113838", "1", "mGy.cm")
    for _ in range(150):
        inner = made.container("999", inner)
    assert ontomedirad.translate(made.ct_report(inner), settings=settings).report.conforms()


FUZZED = [
    made.as_bytes(d)
    for d in (made.ct(), made.nm("TOMO"), made.ct_report(made.ct_event(1, ("A", "120", "200"))))
]
LOOSE = ontomedirad.Settings(privacy=Privacy(require_removed=False))


@given(
    which=st.sampled_from(range(len(FUZZED))),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12),
    cut=st.one_of(st.none(), st.floats(0, 1)),
)
@examples(max_examples=300, deadline=None)
def test_fuzzed_and_truncated_files_give_findings_or_a_graph(which: int, changes, cut: float | None) -> None:
    content = bytearray(FUZZED[which])
    for place, byte in changes:
        content[132 + int(place * (len(content) - 133))] = byte
    if cut is not None:
        content = content[: 132 + int(cut * (len(content) - 132))]
    try:
        ontomedirad.translate(bytes(content), settings=LOOSE)
    except (NotConforming, SourceError) as error:
        assert "Traceback" not in str(error)


def test_every_truncation_of_a_sample_gives_findings_or_a_graph(samples: Path) -> None:
    content = (samples / "openrem__CT-RDSR-Siemens-Continued-1.dcm").read_bytes()
    for end in range(0, len(content), 397):
        try:
            ontomedirad.translate(content[:end], settings=LOOSE)
        except (NotConforming, SourceError):
            continue


def test_places_name_file_and_tag(tmp_path: Path, settings) -> None:
    path = tmp_path / "image.dcm"
    path.write_bytes(made.as_bytes(made.ct()))
    translation = ontomedirad.translate(path, settings=settings)
    places = {str(translation.locate(n).path) for n in translation.individuals}
    assert {"KVP (0018,0060)", "SeriesInstanceUID (0020,000E)"} <= places
    assert {translation.locate(n).file for n in translation.individuals} == {str(path)}


def test_headers_of_samples_are_read_as_pydicom_reads_them(samples: Path) -> None:
    """A second reading of every attribute that is on the list, for every sample."""
    from ontomedirad.dicom.allowed import attributes
    from ontomedirad.dicom.elements import PydicomElements
    from ontomedirad.dicom.header import take

    compared = 0
    for path in sorted(samples.glob("*.dcm")):
        dataset = pydicom.dcmread(path, force=True, stop_before_pixels=True)
        header = take(PydicomElements(dataset))
        again = pydicom.dcmread(path, force=True, stop_before_pixels=True)
        for tag, keyword in attributes().items():
            if tag not in again:
                continue
            value = again[tag].value
            several = value if isinstance(value, (list, pydicom.multival.MultiValue)) else [value]
            expected = tuple(str(v).strip() for v in several if v is not None and str(v).strip())
            assert header.values.get(keyword, ()) == expected, (path.name, keyword)
            compared += 1
    assert compared > 500
