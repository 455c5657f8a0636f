"""The root: a file set descriptor, its research study, its patient, its workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from ontomedirad.descriptor.block import Block, make
from ontomedirad.descriptor.calibrations import CalibrationWorkflow, CTCalibrationWorkflow
from ontomedirad.descriptor.dicom_set import DicomFileSetDescriptor
from ontomedirad.descriptor.hybrid import HybridDosimetryworkflow
from ontomedirad.descriptor.marks import Meaning, Scope, Tag, Text, Thing
from ontomedirad.descriptor.monte_carlo import WP2subtask212WorkflowData
from ontomedirad.descriptor.root import Descriptor
from ontomedirad.descriptor.slide1 import ThreeDimDosimetrySlide1workflow
from ontomedirad.descriptor.slide2 import ThreeDimDosimetrySlide2workflow
from ontomedirad.descriptor.treatment import AcquisitionSettings
from ontomedirad.descriptor.twodim import TwoDimDosimetryworkflow
from ontomedirad.descriptor.values import PlainText

if TYPE_CHECKING:
    from ontomedirad.translation.build import Build


class ReferencedClinicalResearchStudy(Block):
    """The research study that the file set belongs to."""

    identifier: Annotated[PlainText, Tag("ClinicalResearchStudyID"), Text("omx:study_identifier_as_written")]
    title: Annotated[PlainText, Tag("ClinicalResearchStudyTitle"), Text("omx:study_title_as_written")]


class NonDicomFileSetDescriptor(Descriptor):
    """What a file set holds and how it was obtained: one patient, one workflow."""

    meaning: ClassVar[Meaning] = Thing(
        ("omx:file_set_descriptor",), scope=Scope.file_set, kind="descriptor", of_patient=True
    )

    study: Annotated[ReferencedClinicalResearchStudy, Tag("ReferencedClinicalResearchStudy")]
    patient_id: Annotated[PlainText, Tag("PatientId")]
    acquisition: Annotated[AcquisitionSettings | None, Tag("AcquisitionSettings")] = None
    calibration: Annotated[CalibrationWorkflow | None, Tag("CalibrationWorkflow")] = None
    monte_carlo: Annotated[WP2subtask212WorkflowData | None, Tag("WP2subtask212WorkflowData")] = None
    slide1: Annotated[ThreeDimDosimetrySlide1workflow | None, Tag("ThreeDimDosimetrySlide1workflow")] = None
    two_dim: Annotated[TwoDimDosimetryworkflow | None, Tag("TwoDimDosimetryworkflow")] = None
    hybrid: Annotated[HybridDosimetryworkflow | None, Tag("HybridDosimetryworkflow")] = None
    slide2: Annotated[ThreeDimDosimetrySlide2workflow | None, Tag("ThreeDimDosimetrySlide2workflow")] = None

    def also(self, build: Build, node: str) -> None:
        """The patient, the study and the radiotherapy that all of the document speaks of."""
        build.subjects(self, node)

    @property
    def site(self) -> str | None:
        """The hospital whose calibrations are meant: that of the treatment, or of the calibration."""
        if self.acquisition is not None:
            return self.acquisition.site
        return self.calibration.site if self.calibration else None

    @property
    def workflows(self) -> list[Block]:
        """The workflows present; there should be just one (rule R20)."""
        return [
            w
            for w in (self.calibration, self.monte_carlo, self.slide1, self.two_dim, self.hybrid, self.slide2)
            if w is not None
        ]


ROOTS: dict[str, type[Block]] = {
    "NonDicomFileSetDescriptor": NonDicomFileSetDescriptor,
    "CTNumberCalibrationWorkfow": CTCalibrationWorkflow,
    "DicomFileSetDescriptor": DicomFileSetDescriptor,
}
"""Elements that a document may start with; the second, spelt so, is a CT calibration on its own."""


def whole(block: Block) -> NonDicomFileSetDescriptor:
    """The descriptor that a document speaks of: its root itself, or one around its only workflow.

    Of a DICOM file set it holds the research study and the patient, and no workflow.
    """
    if isinstance(block, NonDicomFileSetDescriptor):
        return block
    blank = NonDicomFileSetDescriptor.plan().blank
    if isinstance(block, DicomFileSetDescriptor):
        said = block.study
        study = said and make(
            ReferencedClinicalResearchStudy, {"identifier": said.identifier, "title": said.title}
        )
        patient_id = block.patient.identifier if block.patient else None
        given = make(NonDicomFileSetDescriptor, blank | {"study": study, "patient_id": patient_id})
        assert isinstance(given, NonDicomFileSetDescriptor)
        return given
    calibration = make(CalibrationWorkflow, CalibrationWorkflow.plan().blank | {"ct": block})
    root = make(NonDicomFileSetDescriptor, blank | {"calibration": calibration})
    assert isinstance(root, NonDicomFileSetDescriptor)
    return root
