"""A class for each workflow of the wire format. Its signatures, for editors, are in workflows.pyi."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import ValidationError

from ontomedirad.authoring.draft import Draft
from ontomedirad.authoring.problems import Problems, caller
from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.calibrations import CalibrationWorkflow, CTCalibrationWorkflow
from ontomedirad.descriptor.document import NonDicomFileSetDescriptor, ReferencedClinicalResearchStudy
from ontomedirad.descriptor.hybrid import HybridDosimetryworkflow
from ontomedirad.descriptor.monte_carlo import WP2subtask212WorkflowData
from ontomedirad.descriptor.slide1 import ThreeDimDosimetrySlide1workflow
from ontomedirad.descriptor.slide2 import ThreeDimDosimetrySlide2workflow
from ontomedirad.descriptor.treatment import AcquisitionSettings
from ontomedirad.descriptor.twodim import TwoDimDosimetryworkflow
from ontomedirad.settings import Settings


class FileSet(Draft):
    """The descriptor of a file set: one study, one patient, one workflow."""

    ROOT: ClassVar[type[Block]] = NonDicomFileSetDescriptor

    def __init__(self, *, study: tuple[str, str], patient_id: str, settings: Settings | None = None) -> None:
        """`study` is its identifier and title; `patient_id` the pseudonym of the patient in it."""
        super().__init__(settings)
        self._root["study"] = self.make(ReferencedClinicalResearchStudy, study, {})
        problems = Problems(NonDicomFileSetDescriptor, caller())
        given = self._root | {"patient_id": patient_id}
        try:
            self._root["patient_id"] = NonDicomFileSetDescriptor(**given).patient_id
        except ValidationError as error:
            problems.tell(error, given)
        problems.settle()
        problems.found += self._judged(self._whole(), problems.place)
        problems.settle()

    def _whole(self) -> Block:
        return self._around({})

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        parts = (AcquisitionSettings, cls.WORKFLOW) if cls.treatment() else (cls.WORKFLOW,)
        fields = NonDicomFileSetDescriptor.plan().fields
        cls.PARTS = {f.block: f.name for f in fields if f.block in parts and f.block is not None}


class CTMonteCarlo(FileSet):
    """Absorbed doses of CT by Monte Carlo simulation (WP2, subtask 2.1.2)."""

    WORKFLOW = WP2subtask212WorkflowData


class Slide1(FileSet):
    """A 3D dosimetry that integrates activity over time ("3D Slide 1")."""

    WORKFLOW = ThreeDimDosimetrySlide1workflow


class Slide2(FileSet):
    """A 3D dosimetry that integrates absorbed dose rates over time ("3D Slide 2")."""

    WORKFLOW = ThreeDimDosimetrySlide2workflow


class TwoDim(FileSet):
    """A dosimetry from planar images."""

    WORKFLOW = TwoDimDosimetryworkflow


class Hybrid(FileSet):
    """A dosimetry from planar images and one SPECT."""

    WORKFLOW = HybridDosimetryworkflow


class Calibration(FileSet):
    """Calibrations of one occasion: of a SPECT/CT, of a camera's planar images, of CT numbers."""

    WORKFLOW = CalibrationWorkflow


class CTNumberCalibration(Draft):
    """A calibration of CT numbers as a document of its own, without study and patient."""

    ROOT: ClassVar[type[Block]] = CTCalibrationWorkflow
    WORKFLOW: ClassVar[type[Block]] = CTCalibrationWorkflow
    PARTS: ClassVar[dict[type[Block], str]] = {CTCalibrationWorkflow: "ct"}

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__(settings)

    def _whole(self) -> Block:
        return self._root["ct"]  # type: ignore[no-any-return]


WORKFLOWS = (CTMonteCarlo, Slide1, Slide2, TwoDim, Hybrid, Calibration, CTNumberCalibration)
"""All of them."""
