"""Made by `python -m ontomedirad.authoring.signatures` from the models: change those, not this."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import SupportsFloat, SupportsIndex, TypeAlias

from ontomedirad.authoring.draft import Draft
from ontomedirad.descriptor import calibration, calibrations, coefficients, data, document, doses, fits_2d, hybrid, hybrid_rates, imaging, monte_carlo, phantoms, planar, planar_calibration, rates, regions, settings, slide1, slide2, treatment, twodim, values
from ontomedirad.settings import Settings

_Number: TypeAlias = SupportsFloat | Decimal | str
_Whole: TypeAlias = SupportsIndex | str
_Moment: TypeAlias = date | str

_ProcessExecutionContextGiven: TypeAlias = treatment.ProcessExecutionContext | tuple[_Moment, str]

_DICOMDataGiven: TypeAlias = data.DICOMData | tuple[str, str]

_OrganMassGiven: TypeAlias = regions.OrganMass | tuple[_Number, values.MassUnit]

_AttenuatorTypeGiven: TypeAlias = monte_carlo.AttenuatorType | tuple[str, str, str, _Number, str, str]

_AbsorbedDosePerVOITypeGiven: TypeAlias = monte_carlo.AbsorbedDosePerVOIType | tuple[values.AbsorbedDoseCategory, _Number, values.AbsorbedDoseUnit, regions.VOI]

_AdministeredActivityGiven: TypeAlias = treatment.AdministeredActivity | tuple[_Number, values.ActivityUnit]

_ElementOfCTNumberCalibrationCurveGiven: TypeAlias = calibration.ElementOfCTNumberCalibrationCurve | tuple[_Whole, _Number]

_CountsPerVOIAtTimePointGiven: TypeAlias = regions.CountsPerVOIAtTimePoint | tuple[_Number, regions.VOI, treatment.TimePointDescriptionElement]

_DataActivityPerVOIAtTimePointGiven: TypeAlias = regions.DataActivityPerVOIAtTimePoint | tuple[_Number, values.ActivityUnit, regions.VOI, treatment.TimePointDescriptionElement]

_CurveFittingMethodGiven: TypeAlias = treatment.CurveFittingMethod | tuple[values.IncorporationFunction, values.IntegrationAlgorithm, str]

_TimeIntegratedActivityCoefficientPerVOIGiven: TypeAlias = slide1.TimeIntegratedActivityCoefficientPerVOI | tuple[_Number, values.TimeUnit, Iterable[regions.VOI]]

_AbsorbedDoseInVOIGiven: TypeAlias = regions.AbsorbedDoseInVOI | tuple[_Number, values.AbsorbedDoseUnit, Iterable[regions.VOI]]

_MassPerVOIAtTimePointGiven: TypeAlias = regions.MassPerVOIAtTimePoint | tuple[_Number, values.MassUnit, regions.VOI, treatment.TimePointDescriptionElement]

_KernelLimitForConvolutionsGiven: TypeAlias = rates.KernelLimitForConvolutions | tuple[_Number, values.LengthUnit]

_AbsorbedDoseRatePerVOIAtTimePointGiven: TypeAlias = regions.AbsorbedDoseRatePerVOIAtTimePoint | tuple[_Number, values.AbsorbedDoseRateUnit, regions.VOI, treatment.TimePointDescriptionElement]

_CountsPerROIAtTimePointGiven: TypeAlias = planar.CountsPerROIAtTimePoint | tuple[_Number, planar.ROI, treatment.TimePointDescriptionElement]

_DataActivityPerROIAtTimePointGiven: TypeAlias = planar.DataActivityPerROIAtTimePoint | tuple[_Number, values.ActivityUnit, planar.ROI, treatment.TimePointDescriptionElement]

_PatientOrganMassIn2DDosimetryGiven: TypeAlias = fits_2d.PatientOrganMassIn2DDosimetry | tuple[_Number, values.MassUnit, planar.ROI]

_MeanAbsorbedDoseRateInROIGiven: TypeAlias = fits_2d.MeanAbsorbedDoseRateInROI | tuple[_Number, values.AbsorbedDoseRateUnit, planar.ROI]

_MeanAbsorbedDoseInROIGiven: TypeAlias = fits_2d.MeanAbsorbedDoseInROI | tuple[_Number, values.AbsorbedDoseUnit, planar.ROI]

_TimeIntegratedActivityCoefficientPerROIGiven: TypeAlias = fits_2d.TimeIntegratedActivityCoefficientPerROI | tuple[_Number, values.TimeUnit, planar.ROI]

_TimeIntegratedActivityPerROIGiven: TypeAlias = fits_2d.TimeIntegratedActivityPerROI | tuple[_Number, values.TimeUnit, planar.ROI]

_PatientOrganMassInHybridDosimetryGiven: TypeAlias = fits_2d.PatientOrganMassInHybridDosimetry | tuple[_Number, values.MassUnit, regions.VOI]

_EnergyDepositionRatePerVOIAtTimePointGiven: TypeAlias = hybrid_rates.EnergyDepositionRatePerVOIAtTimePoint | tuple[_Number, values.EnergyDepositionRateUnit, regions.VOI, treatment.TimePointDescriptionElement]

_MeanAbsorbedDoseRateInVOIGiven: TypeAlias = hybrid_rates.MeanAbsorbedDoseRateInVOI | tuple[_Number, values.AbsorbedDoseRateUnit, regions.VOI]

_MeanAbsorbedDoseInVOIGiven: TypeAlias = hybrid.MeanAbsorbedDoseInVOI | tuple[_Number, values.AbsorbedDoseUnit, regions.VOI]

_CalibrationCoefficientGiven: TypeAlias = coefficients.CalibrationCoefficient | tuple[_Number, values.CalibrationCoefficientUnit, _Moment, values.Isotope]

_NMRelevantCalibrationReferenceGiven: TypeAlias = treatment.NMRelevantCalibrationReference | tuple[_Moment, values.Isotope]

_ElementOfSPECTRecoveryCoefficientCurveGiven: TypeAlias = coefficients.ElementOfSPECTRecoveryCoefficientCurve | tuple[_Number, _Number, values.VolumeUnit, phantoms.HotInsert | phantoms.ColdInsert | phantoms.Tank]

_DensityPhantomGiven: TypeAlias = phantoms.DensityPhantom | tuple[str, str]

class _WP2subtask212WorkflowData:
    def WP2subtask212WorkflowData(
        self,
        *,
        segmentation: monte_carlo.CTSegmentation | None = None,
        dosimetries: Iterable[monte_carlo.SimpleCTMonteCarloDosimetry] | None = None,
    ) -> monte_carlo.WP2subtask212WorkflowData:
        """CT doses by Monte Carlo simulation: a segmentation, and simulations."""

class _CTSegmentation:
    def CTSegmentation(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        image_used: _DICOMDataGiven,
        vois: Iterable[regions.VOI],
        method: monte_carlo.SegmentationMethodType | None = None,
    ) -> monte_carlo.CTSegmentation:
        """The segmentation of a CT image."""

class _ProcessExecutionContext:
    def ProcessExecutionContext(
        self,
        started: _Moment,
        institution: str,
    ) -> treatment.ProcessExecutionContext:
        """When a process began and which institution answers for it."""

class _DICOMData:
    def DICOMData(
        self,
        study_uid: str,
        series_uid: str,
        *,
        transformations: Iterable[data.GeometricalTransformation] | None = None,
    ) -> data.DICOMData:
        """One DICOM series (PS3.3 C.7.3.1): the same individual wherever its Series UID stands."""

class _SegmentationMethodType:
    def SegmentationMethodType(
        self,
        name: str,
        *,
        software: Iterable[str] | None = None,
        settings: Iterable[settings.MethodSettingType] | None = None,
    ) -> monte_carlo.SegmentationMethodType:
        """How a CT image was segmented."""

class _MethodSettingType:
    def MethodSettingType(
        self,
        *,
        name: str | None = None,
        value: _Number | None = None,
        unit: str | None = None,
    ) -> settings.MethodSettingType:
        """A setting of a method, such as the tube's voltage."""

class _VOI:
    def VOI(
        self,
        organ: values.OrganOrTissue,
        *,
        identifier: _Whole | None = None,
        series: Iterable[_DICOMDataGiven] | None = None,
        files: Iterable[data.NonDICOMData] | None = None,
        time_point: treatment.TimePointDescriptionElement | None = None,
        mass: _OrganMassGiven | None = None,
    ) -> regions.VOI:
        """A volume of interest: the image region that stands for an organ or tissue."""

class _NonDICOMData:
    def NonDICOMData(
        self,
        data_class: values.NonDICOMDataClass,
        format: values.NonDICOMDataFormat,
        file_name: str,
        *,
        fhir_identifier: str | None = None,
        transformations: Iterable[data.GeometricalTransformation] | None = None,
    ) -> data.NonDICOMData:
        """A file of the file set, named by its path in it."""

class _OrganMass:
    def OrganMass(
        self,
        value: _Number,
        unit: values.MassUnit,
    ) -> regions.OrganMass:
        """The mass of what a VOI holds."""

class _SimpleCTMonteCarloDosimetry:
    def SimpleCTMonteCarloDosimetry(
        self,
        *,
        dose_map: monte_carlo.CalculationOfVoxelMap,
        doses: monte_carlo.CalculationOfAbsorbedDosesInVOIs,
    ) -> monte_carlo.SimpleCTMonteCarloDosimetry:
        """One simulation and the doses read from it."""

class _CalculationOfVoxelMap:
    def CalculationOfVoxelMap(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        image_used: _DICOMDataGiven,
        attenuators: Iterable[_AttenuatorTypeGiven] | None = None,
        method: monte_carlo.MonteCarloMethodType | None = None,
        dose_map: monte_carlo.VoxelBasedDistributionOfAbsorbedDoseType | None = None,
    ) -> monte_carlo.CalculationOfVoxelMap:
        """The simulation that makes a map of absorbed dose."""

class _AttenuatorType:
    def AttenuatorType(
        self,
        category: str,
        description: str,
        material: str,
        thickness: _Number,
        thickness_unit: str,
        model: str,
    ) -> monte_carlo.AttenuatorType:
        """What stands in the beam, as the simulation knows it."""

class _MonteCarloMethodType:
    def MonteCarloMethodType(
        self,
        name: str,
        *,
        software: Iterable[str] | None = None,
        settings: Iterable[settings.MethodSettingType] | None = None,
        devices: Iterable[str] | None = None,
    ) -> monte_carlo.MonteCarloMethodType:
        """The Monte Carlo method: one for each name, its settings those of the process."""

class _VoxelBasedDistributionOfAbsorbedDoseType:
    def VoxelBasedDistributionOfAbsorbedDoseType(
        self,
        category: values.DoseMapCategory,
        unit: values.AbsorbedDoseUnit,
        *,
        identifier: str | None = None,
        file: data.NonDICOMData | None = None,
        series: _DICOMDataGiven | None = None,
    ) -> monte_carlo.VoxelBasedDistributionOfAbsorbedDoseType:
        """A map of absorbed dose, or of dose normalised to the tube's load."""

class _CalculationOfAbsorbedDosesInVOIs:
    def CalculationOfAbsorbedDosesInVOIs(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        dose_map_used: monte_carlo.VoxelBasedDistributionOfAbsorbedDoseType,
        vois_used: Iterable[regions.VOI] | None = None,
        doses: Iterable[_AbsorbedDosePerVOITypeGiven] | None = None,
    ) -> monte_carlo.CalculationOfAbsorbedDosesInVOIs:
        """Doses of VOIs, read in a dose map."""

class _AbsorbedDosePerVOIType:
    def AbsorbedDosePerVOIType(
        self,
        category: values.AbsorbedDoseCategory,
        value: _Number,
        unit: values.AbsorbedDoseUnit,
        voi: regions.VOI,
        *,
        statistic: values.StatisticalSubCategory | None = None,
    ) -> monte_carlo.AbsorbedDosePerVOIType:
        """A dose of a VOI: its mean, minimum, maximum, median or mode."""

class _AcquisitionSettings:
    def AcquisitionSettings(
        self,
        site: str,
        injected_at: _Moment,
        *,
        pre_activity: _AdministeredActivityGiven,
        radiopharmaceutical: values.Radiopharmaceutical,
        isotope: values.Isotope,
        post_activity: _AdministeredActivityGiven | None = None,
    ) -> treatment.AcquisitionSettings:
        """The administration of the radiopharmaceutical, with which the internal radiotherapy began."""

class _AdministeredActivity:
    def AdministeredActivity(
        self,
        value: _Number,
        unit: values.ActivityUnit,
    ) -> treatment.AdministeredActivity:
        """A radiopharmaceutical activity measured for one administration."""

class _ThreeDimDosimetrySlide1workflowInTreatment:
    def ThreeDimDosimetrySlide1workflow(
        self,
        *,
        imaging: imaging.SPECTDataAcquisitionAndReconstruction,
        registrations: Iterable[imaging.RegistrationVOISegmentationAndPropagation],
        activities: Iterable[rates.VOIActivityDetermination],
        fits: Iterable[slide1.TimeActivityCurveFitIn3DDosimetry],
        dose_calculation: doses.AbsorbedDoseCalculationInVOI,
        radiobiology: slide1.RadioBiologicalCalculationIn3DSlide1Dosimetry | None = None,
    ) -> slide1.ThreeDimDosimetrySlide1workflow:
        """A 3D dosimetry that integrates activity over time."""

class _SPECTDataAcquisitionAndReconstruction:
    def SPECTDataAcquisitionAndReconstruction(
        self,
        *,
        acquisitions: Iterable[imaging.SPECTAcqCTAcqAndReconstruction],
        reconstructions: Iterable[imaging.SPECTReconstruction] | None = None,
    ) -> imaging.SPECTDataAcquisitionAndReconstruction:
        """All acquisitions of the treatment, and their reconstructions where they were done apart."""

class _SPECTAcqCTAcqAndReconstructionInTreatment:
    def SPECTAcqCTAcqAndReconstruction(
        self,
        *,
        time_points: Iterable[treatment.TimePointDescriptionElement],
        nm_calibration: treatment.NMRelevantCalibrationReference,
        ct_calibration: treatment.CTRelevantCalibrationReference,
        nm_produced: _DICOMDataGiven,
        ct_produced: _DICOMDataGiven,
    ) -> imaging.SPECTAcqCTAcqAndReconstruction:
        """The acquisition of a SPECT and its CT at one time point or more."""

class _TimePointDescriptionElement:
    def TimePointDescriptionElement(
        self,
        distance: _Whole,
        unit: values.TimeUnit,
        *,
        category: values.TimePointCategory | None = None,
        identifier: str | None = None,
    ) -> treatment.TimePointDescriptionElement:
        """A time point of a treatment: its distance from the administration, and the window it stands for."""

class _NMRelevantCalibrationReferenceInTreatment:
    def NMRelevantCalibrationReference(
        self,
        date: _Moment,
        *,
        isotope: values.Isotope | None = None,
    ) -> treatment.NMRelevantCalibrationReference:
        """A SPECT calibration named by date and isotope; its own descriptor computes the same name."""

class _CTRelevantCalibrationReference:
    def CTRelevantCalibrationReference(
        self,
        date: _Moment,
    ) -> treatment.CTRelevantCalibrationReference:
        """A CT number calibration named by its date."""

class _SPECTReconstruction:
    def SPECTReconstruction(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        time_point: treatment.TimePointDescriptionElement,
        nm_used: _DICOMDataGiven,
        ct_used: _DICOMDataGiven,
        method: str,
        nm_produced: _DICOMDataGiven,
        ct_curve: calibration.CTNumberCalibrationCurve | None = None,
        ct_curve_reference: treatment.CTRelevantCalibrationReference | None = None,
    ) -> imaging.SPECTReconstruction:
        """The reconstruction of a SPECT from its projections."""

class _CTNumberCalibrationCurve:
    def CTNumberCalibrationCurve(
        self,
        *,
        elements: Iterable[_ElementOfCTNumberCalibrationCurveGiven],
        date: _Moment,
    ) -> calibration.CTNumberCalibrationCurve:
        """CT numbers against densities, by the date of the calibration."""

class _ElementOfCTNumberCalibrationCurve:
    def ElementOfCTNumberCalibrationCurve(
        self,
        hounsfield: _Whole,
        density: _Number,
        *,
        density_unit: values.DensityUnit | None = None,
        material: str | None = None,
    ) -> calibration.ElementOfCTNumberCalibrationCurve:
        """One point of the curve: the CT number measured in a material of known density."""

class _RegistrationVOISegmentationAndPropagation:
    def RegistrationVOISegmentationAndPropagation(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        time_point: treatment.TimePointDescriptionElement,
        nm_used: Iterable[_DICOMDataGiven],
        ct_used: Iterable[_DICOMDataGiven],
        method: str,
        segmentation: regions.Segmentation,
        counts: Iterable[_CountsPerVOIAtTimePointGiven] | None = None,
        ct_resampled: Iterable[_DICOMDataGiven] | None = None,
        nm_resampled: Iterable[_DICOMDataGiven] | None = None,
        ct_resampled_files: Iterable[data.NonDICOMData] | None = None,
        nm_resampled_files: Iterable[data.NonDICOMData] | None = None,
        density_images: Iterable[data.NonDICOMData] | None = None,
        transformations: Iterable[data.GeometricalTransformation] | None = None,
    ) -> imaging.RegistrationVOISegmentationAndPropagation:
        """Images brought into one space, segmented there, and the VOIs carried over."""

class _CountsPerVOIAtTimePoint:
    def CountsPerVOIAtTimePoint(
        self,
        value: _Number,
        voi: regions.VOI,
        time_point: treatment.TimePointDescriptionElement,
        *,
        unit: values.CountsUnit | None = None,
    ) -> regions.CountsPerVOIAtTimePoint:
        """Decay events that the camera counted in a VOI."""

class _Segmentation:
    def Segmentation(
        self,
        *,
        vois: Iterable[regions.VOI],
        identifier: str | None = None,
        series: Iterable[_DICOMDataGiven] | None = None,
        files: Iterable[data.NonDICOMData] | None = None,
    ) -> regions.Segmentation:
        """A set of VOIs that one act of segmentation made."""

class _GeometricalTransformation:
    def GeometricalTransformation(
        self,
        *,
        files: Iterable[data.NonDICOMData],
        type: values.TransformationType,
        identifier: str | None = None,
        ct_source: Iterable[_DICOMDataGiven] | None = None,
        ct_destination: Iterable[_DICOMDataGiven] | None = None,
        nm_source: Iterable[_DICOMDataGiven] | None = None,
        nm_destination: Iterable[_DICOMDataGiven] | None = None,
        source_files: Iterable[data.NonDICOMData] | None = None,
        destination_files: Iterable[data.NonDICOMData] | None = None,
    ) -> data.GeometricalTransformation:
        """A mapping of coordinates from the space of one image to that of another."""

class _VOIActivityDeterminationInTreatment:
    def VOIActivityDetermination(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        segmentation_used: regions.Segmentation,
        time_point: treatment.TimePointDescriptionElement,
        coefficient_used: treatment.NMRelevantCalibrationReference,
        recovery_curve_used: treatment.NMRelevantCalibrationReference,
        activity_map: Iterable[data.NonDICOMData],
        activities: Iterable[_DataActivityPerVOIAtTimePointGiven] | None = None,
    ) -> rates.VOIActivityDetermination:
        """The activity in each VOI, from the counts and the camera's calibration."""

class _DataActivityPerVOIAtTimePoint:
    def DataActivityPerVOIAtTimePoint(
        self,
        value: _Number,
        unit: values.ActivityUnit,
        voi: regions.VOI,
        time_point: treatment.TimePointDescriptionElement,
    ) -> regions.DataActivityPerVOIAtTimePoint:
        """The activity in a VOI at a time point."""

class _TimeActivityCurveFitIn3DDosimetryInTreatment:
    def TimeActivityCurveFitIn3DDosimetry(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        activity: slide1.TimeIntegratedActivityPerVOI,
        voi_used: regions.VOI | None = None,
        segmentation_used: regions.Segmentation | None = None,
        time_point: treatment.TimePointDescriptionElement | None = None,
        pre_activity: _AdministeredActivityGiven | None = None,
        post_activity: _AdministeredActivityGiven | None = None,
        fitting: _CurveFittingMethodGiven | None = None,
        coefficient: _TimeIntegratedActivityCoefficientPerVOIGiven | None = None,
    ) -> slide1.TimeActivityCurveFitIn3DDosimetry:
        """Activity fitted and integrated over time."""

class _CurveFittingMethod:
    def CurveFittingMethod(
        self,
        incorporation: values.IncorporationFunction,
        integration: values.IntegrationAlgorithm,
        function: str,
    ) -> treatment.CurveFittingMethod:
        """How a time curve was fitted and integrated."""

class _TimeIntegratedActivityCoefficientPerVOI:
    def TimeIntegratedActivityCoefficientPerVOI(
        self,
        value: _Number,
        unit: values.TimeUnit,
        vois: Iterable[regions.VOI],
    ) -> slide1.TimeIntegratedActivityCoefficientPerVOI:
        """Time-integrated activity in VOIs per administered activity (MIRD Pamphlet No. 21)."""

class _TimeIntegratedActivityPerVOI:
    def TimeIntegratedActivityPerVOI(
        self,
        residence_time: _Number,
        time_unit: values.TimeUnit,
        value: _Number,
        unit: values.TimeIntegratedActivityUnit,
        vois: Iterable[regions.VOI],
        *,
        fitting: _CurveFittingMethodGiven,
    ) -> slide1.TimeIntegratedActivityPerVOI:
        """The number of decays in VOIs, as activity times time, and the residence time beside it."""

class _AbsorbedDoseCalculationInVOI:
    def AbsorbedDoseCalculationInVOI(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        method: str,
        segmentation_used: regions.Segmentation | None = None,
        dose_maps: Iterable[data.NonDICOMData] | None = None,
        doses: Iterable[_AbsorbedDoseInVOIGiven] | None = None,
    ) -> doses.AbsorbedDoseCalculationInVOI:
        """Absorbed doses of VOIs, and the dose map they were taken from."""

class _AbsorbedDoseInVOI:
    def AbsorbedDoseInVOI(
        self,
        value: _Number,
        unit: values.AbsorbedDoseUnit,
        vois: Iterable[regions.VOI],
        *,
        uncertainty: _Number | None = None,
    ) -> regions.AbsorbedDoseInVOI:
        """The absorbed dose of one organ or tissue, over all VOIs that stand for it."""

class _RadioBiologicalCalculationIn3DSlide1Dosimetry:
    def RadioBiologicalCalculationIn3DSlide1Dosimetry(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        voi_used: regions.VOI,
        method: str,
        parameters: str,
        biological_effective_dose: str,
        dose_maps_used: Iterable[data.NonDICOMData] | None = None,
    ) -> slide1.RadioBiologicalCalculationIn3DSlide1Dosimetry:
        """The biological effective dose (ICRU Report 92) of a VOI."""

class _ThreeDimDosimetrySlide2workflowInTreatment:
    def ThreeDimDosimetrySlide2workflow(
        self,
        *,
        imaging: imaging.SPECTDataAcquisitionAndReconstruction,
        time_points: Iterable[rates.VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation],
        dose_fits: Iterable[doses.DoseRateCurveFitVOITimeIntegration],
        radiobiology: doses.RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry | None = None,
        registrations: Iterable[imaging.RegistrationVOISegmentationAndPropagation] | None = None,
        dose_calculation: doses.AbsorbedDoseCalculationInVOI | None = None,
    ) -> slide2.ThreeDimDosimetrySlide2workflow:
        """A 3D dosimetry that integrates absorbed dose rates over time."""

class _VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation:
    def VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation(
        self,
        *,
        segmentation: rates.VOISegmentationVOIMassDetermination,
        energy_deposition: rates.EnergyDepositionRateCalculationIn3DDosimetry,
        dose_rates: Iterable[rates.SumAndScalingAbsorbedDoseRateCalculation],
        activity: rates.VOIActivityDetermination | None = None,
    ) -> rates.VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation:
        """From one time point's images to its absorbed dose rates."""

class _VOISegmentationVOIMassDetermination:
    def VOISegmentationVOIMassDetermination(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        time_point: treatment.TimePointDescriptionElement,
        nm_used: _DICOMDataGiven,
        ct_used: _DICOMDataGiven,
        method: str,
        ct_resampled: Iterable[_DICOMDataGiven],
        masses: Iterable[_MassPerVOIAtTimePointGiven],
        counts: Iterable[_CountsPerVOIAtTimePointGiven] | None = None,
        vois: Iterable[regions.VOI] | None = None,
        segmentation: regions.Segmentation | None = None,
    ) -> rates.VOISegmentationVOIMassDetermination:
        """The segmentation of one time point's images, and the masses found."""

class _MassPerVOIAtTimePoint:
    def MassPerVOIAtTimePoint(
        self,
        value: _Number,
        unit: values.MassUnit,
        voi: regions.VOI,
        time_point: treatment.TimePointDescriptionElement,
    ) -> regions.MassPerVOIAtTimePoint:
        """The mass of what a VOI holds at a time point."""

class _EnergyDepositionRateCalculationIn3DDosimetry:
    def EnergyDepositionRateCalculationIn3DDosimetry(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        time_point: treatment.TimePointDescriptionElement,
        ct_used: _DICOMDataGiven,
        nm_used: _DICOMDataGiven,
        algorithm: values.CalculationAlgorithm,
        matrix: data.NonDICOMData,
        vois_used: Iterable[regions.VOI] | None = None,
        kernel_limit: _KernelLimitForConvolutionsGiven | None = None,
    ) -> rates.EnergyDepositionRateCalculationIn3DDosimetry:
        """The energy deposited a unit of time in each voxel."""

class _KernelLimitForConvolutions:
    def KernelLimitForConvolutions(
        self,
        value: _Number,
        unit: values.LengthUnit,
    ) -> rates.KernelLimitForConvolutions:
        """The distance beyond which a dose kernel counts as zero."""

class _SumAndScalingAbsorbedDoseRateCalculation:
    def SumAndScalingAbsorbedDoseRateCalculation(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        time_point: treatment.TimePointDescriptionElement,
        matrix_used: data.NonDICOMData,
        rates: Iterable[_AbsorbedDoseRatePerVOIAtTimePointGiven],
        vois_used: Iterable[regions.VOI] | None = None,
        segmentation_used: regions.Segmentation | None = None,
    ) -> rates.SumAndScalingAbsorbedDoseRateCalculation:
        """Absorbed dose rates: energy deposition summed over each VOI, scaled by its mass."""

class _AbsorbedDoseRatePerVOIAtTimePoint:
    def AbsorbedDoseRatePerVOIAtTimePoint(
        self,
        value: _Number,
        unit: values.AbsorbedDoseRateUnit,
        voi: regions.VOI,
        time_point: treatment.TimePointDescriptionElement,
    ) -> regions.AbsorbedDoseRatePerVOIAtTimePoint:
        """The absorbed dose rate in a VOI at a time point."""

class _DoseRateCurveFitVOITimeIntegrationInTreatment:
    def DoseRateCurveFitVOITimeIntegration(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        vois_used: Iterable[regions.VOI],
        time_points: Iterable[treatment.TimePointDescriptionElement],
        fitting: _CurveFittingMethodGiven,
        doses: Iterable[_AbsorbedDoseInVOIGiven],
        pre_activity: _AdministeredActivityGiven | None = None,
        post_activity: _AdministeredActivityGiven | None = None,
    ) -> doses.DoseRateCurveFitVOITimeIntegration:
        """The absorbed dose of an organ, from its dose rates fitted and integrated over time."""

class _RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry:
    def RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        vois_used: Iterable[regions.VOI],
        method: str,
        parameters: str,
        biological_effective_dose: str,
    ) -> doses.RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry:
        """The biological effective dose (ICRU Report 92) of the VOIs."""

class _TwoDimDosimetryworkflow:
    def TwoDimDosimetryworkflow(
        self,
        *,
        planar: Iterable[planar.PlanarDataAcquisitionAndProcessing],
        by_dose_rates: twodim.TwoDimDosimetryViaAbsorbedDoseRateCalculation | None = None,
        by_activities: twodim.TwoDimDosimetryViaTimeActivityCurveFit | None = None,
        radiobiology: fits_2d.RadioBiologicalCalculation | None = None,
    ) -> twodim.TwoDimDosimetryworkflow:
        """A dosimetry from planar images."""

class _PlanarDataAcquisitionAndProcessing:
    def PlanarDataAcquisitionAndProcessing(
        self,
        *,
        corrections: planar.PlanarDataCorrections,
        acquisition: planar.PlanarDataAcquisition | None = None,
        segmentation: planar.PlanarDataSegmentationWithoutRegistration | None = None,
        registration: planar.PlanarDataSegmentationWithRegistrationAndPropagation | None = None,
        activity: planar.ROIPlanarActivityDetermination | None = None,
    ) -> planar.PlanarDataAcquisitionAndProcessing:
        """From the planar image of a time point to the activity in its regions."""

class _PlanarDataAcquisitionInTreatment:
    def PlanarDataAcquisition(
        self,
        *,
        time_points: Iterable[treatment.TimePointDescriptionElement],
        calibration: treatment.NMRelevantCalibrationReference,
        static_produced: _DICOMDataGiven | None = None,
        static_file_produced: data.NonDICOMData | None = None,
    ) -> planar.PlanarDataAcquisition:
        """The acquisition of a planar image at one time point or more."""

class _PlanarDataCorrections:
    def PlanarDataCorrections(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        time_point: treatment.TimePointDescriptionElement,
        static_used: _DICOMDataGiven,
        corrections: str,
        corrected: _DICOMDataGiven,
    ) -> planar.PlanarDataCorrections:
        """The correction of a planar image, for scatter, attenuation and the like."""

class _PlanarDataSegmentationWithoutRegistration:
    def PlanarDataSegmentationWithoutRegistration(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        time_point: treatment.TimePointDescriptionElement,
        method: str,
        counts: Iterable[_CountsPerROIAtTimePointGiven],
        static_used: Iterable[_DICOMDataGiven] | None = None,
        static_files_used: Iterable[data.NonDICOMData] | None = None,
        rois: Iterable[planar.ROI] | None = None,
        segmentation: regions.Segmentation | None = None,
    ) -> planar.PlanarDataSegmentationWithoutRegistration:
        """Regions drawn on the planar image of one time point."""

class _CountsPerROIAtTimePoint:
    def CountsPerROIAtTimePoint(
        self,
        value: _Number,
        roi: planar.ROI,
        time_point: treatment.TimePointDescriptionElement,
        *,
        unit: values.CountsUnit | None = None,
    ) -> planar.CountsPerROIAtTimePoint:
        """Decay events that the camera counted in an ROI."""

class _ROI:
    def ROI(
        self,
        organ: values.OrganOrTissue,
        *,
        identifier: str | None = None,
        series: _DICOMDataGiven | None = None,
        file: data.NonDICOMData | None = None,
    ) -> planar.ROI:
        """A region of interest: the region of a planar image that stands for an organ or tissue."""

class _PlanarDataSegmentationWithRegistrationAndPropagation:
    def PlanarDataSegmentationWithRegistrationAndPropagation(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        time_point: treatment.TimePointDescriptionElement,
        method: str,
        counts: Iterable[_CountsPerROIAtTimePointGiven],
        static_used: Iterable[_DICOMDataGiven] | None = None,
        static_files_used: Iterable[data.NonDICOMData] | None = None,
        rois: Iterable[planar.ROI] | None = None,
        segmentation: regions.Segmentation | None = None,
        resampled: Iterable[_DICOMDataGiven] | None = None,
        resampled_files: Iterable[data.NonDICOMData] | None = None,
    ) -> planar.PlanarDataSegmentationWithRegistrationAndPropagation:
        """Regions drawn once and carried over to planar images that were registered."""

class _ROIPlanarActivityDeterminationInTreatment:
    def ROIPlanarActivityDetermination(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        time_point: treatment.TimePointDescriptionElement,
        roi_used: planar.ROI,
        coefficient_used: treatment.NMRelevantCalibrationReference,
        activities: Iterable[_DataActivityPerROIAtTimePointGiven],
    ) -> planar.ROIPlanarActivityDetermination:
        """The activity in an ROI, from the counts and the camera's planar calibration."""

class _DataActivityPerROIAtTimePoint:
    def DataActivityPerROIAtTimePoint(
        self,
        value: _Number,
        unit: values.ActivityUnit,
        roi: planar.ROI,
        time_point: treatment.TimePointDescriptionElement,
    ) -> planar.DataActivityPerROIAtTimePoint:
        """The activity in an ROI at a time point."""

class _TwoDimDosimetryViaAbsorbedDoseRateCalculationInTreatment:
    def TwoDimDosimetryViaAbsorbedDoseRateCalculation(
        self,
        *,
        dose_rates: Iterable[fits_2d.AbsorbedDoseRateCalculationIn2DDosimetry],
        fit: fits_2d.TimeAbsorbedDoseCurveFit,
    ) -> twodim.TwoDimDosimetryViaAbsorbedDoseRateCalculation:
        """Doses by way of dose rates."""

class _AbsorbedDoseRateCalculationIn2DDosimetryInTreatment:
    def AbsorbedDoseRateCalculationIn2DDosimetry(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        time_point: treatment.TimePointDescriptionElement,
        rois_used: Iterable[planar.ROI],
        s_values: str,
        rates: Iterable[_MeanAbsorbedDoseRateInROIGiven],
        pre_activity: _AdministeredActivityGiven | None = None,
        post_activity: _AdministeredActivityGiven | None = None,
        reference_mass: str | None = None,
        masses: Iterable[_PatientOrganMassIn2DDosimetryGiven] | None = None,
    ) -> fits_2d.AbsorbedDoseRateCalculationIn2DDosimetry:
        """Mean absorbed dose rates in ROIs, from activities, S values and masses."""

class _PatientOrganMassIn2DDosimetry:
    def PatientOrganMassIn2DDosimetry(
        self,
        value: _Number,
        unit: values.MassUnit,
        roi: planar.ROI,
    ) -> fits_2d.PatientOrganMassIn2DDosimetry:
        """The mass of the organ that an ROI stands for."""

class _MeanAbsorbedDoseRateInROI:
    def MeanAbsorbedDoseRateInROI(
        self,
        value: _Number,
        unit: values.AbsorbedDoseRateUnit,
        roi: planar.ROI,
    ) -> fits_2d.MeanAbsorbedDoseRateInROI:
        """The mean absorbed dose rate in an ROI, at the time point of its calculation."""

class _TimeAbsorbedDoseCurveFit:
    def TimeAbsorbedDoseCurveFit(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        rois_used: Iterable[planar.ROI],
        time_points: Iterable[treatment.TimePointDescriptionElement],
        fitting: _CurveFittingMethodGiven,
        doses: Iterable[_MeanAbsorbedDoseInROIGiven],
    ) -> fits_2d.TimeAbsorbedDoseCurveFit:
        """Absorbed doses of ROIs, from dose rates fitted and integrated over time."""

class _MeanAbsorbedDoseInROI:
    def MeanAbsorbedDoseInROI(
        self,
        value: _Number,
        unit: values.AbsorbedDoseUnit,
        roi: planar.ROI,
    ) -> fits_2d.MeanAbsorbedDoseInROI:
        """The mean absorbed dose in an ROI."""

class _TwoDimDosimetryViaTimeActivityCurveFitInTreatment:
    def TwoDimDosimetryViaTimeActivityCurveFit(
        self,
        *,
        fit: fits_2d.TimeActivityCurveFit,
        dose_calculation: fits_2d.AbsorbedDoseCalculationInROIIn2DDosimetry,
    ) -> twodim.TwoDimDosimetryViaTimeActivityCurveFit:
        """Doses by way of time-integrated activities."""

class _TimeActivityCurveFitInTreatment:
    def TimeActivityCurveFit(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        rois_used: Iterable[planar.ROI],
        time_points: Iterable[treatment.TimePointDescriptionElement],
        fitting: _CurveFittingMethodGiven,
        coefficients: Iterable[_TimeIntegratedActivityCoefficientPerROIGiven],
        activities: Iterable[_TimeIntegratedActivityPerROIGiven],
        pre_activity: _AdministeredActivityGiven | None = None,
        post_activity: _AdministeredActivityGiven | None = None,
    ) -> fits_2d.TimeActivityCurveFit:
        """Activity in ROIs fitted and integrated over time."""

class _TimeIntegratedActivityCoefficientPerROI:
    def TimeIntegratedActivityCoefficientPerROI(
        self,
        value: _Number,
        unit: values.TimeUnit,
        roi: planar.ROI,
    ) -> fits_2d.TimeIntegratedActivityCoefficientPerROI:
        """Time-integrated activity in an ROI per administered activity."""

class _TimeIntegratedActivityPerROI:
    def TimeIntegratedActivityPerROI(
        self,
        value: _Number,
        unit: values.TimeUnit,
        roi: planar.ROI,
    ) -> fits_2d.TimeIntegratedActivityPerROI:
        """The number of decays in an ROI."""

class _AbsorbedDoseCalculationInROIIn2DDosimetry:
    def AbsorbedDoseCalculationInROIIn2DDosimetry(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        rois_used: Iterable[planar.ROI],
        s_values: str,
        doses: Iterable[_MeanAbsorbedDoseInROIGiven],
        mass: _PatientOrganMassInHybridDosimetryGiven | None = None,
        mass_reference: _OrganMassGiven | None = None,
    ) -> fits_2d.AbsorbedDoseCalculationInROIIn2DDosimetry:
        """Mean absorbed doses in ROIs, from time-integrated activities, S values and masses."""

class _PatientOrganMassInHybridDosimetry:
    def PatientOrganMassInHybridDosimetry(
        self,
        value: _Number,
        unit: values.MassUnit,
        voi: regions.VOI,
    ) -> fits_2d.PatientOrganMassInHybridDosimetry:
        """The mass of the organ that a VOI stands for."""

class _RadioBiologicalCalculation:
    def RadioBiologicalCalculation(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        vois_used: fits_2d.VOIIdentifierUsedContainer,
        dose_maps_used: Iterable[data.NonDICOMData],
        method: str,
        parameters: str,
        biological_effective_dose: str,
    ) -> fits_2d.RadioBiologicalCalculation:
        """The biological effective dose (ICRU Report 92) of a 2D dosimetry."""

class _VOIIdentifierUsedContainer:
    def VOIIdentifierUsedContainer(
        self,
    ) -> fits_2d.VOIIdentifierUsedContainer:
        """An element that the wire format leaves empty, though regions were meant."""

class _HybridDosimetryworkflow:
    def HybridDosimetryworkflow(
        self,
        *,
        planar: Iterable[planar.PlanarDataAcquisitionAndProcessing],
        spect: hybrid.SPECTDataAcquisitionAndProcessing,
        by_dose_rates: hybrid.HybridDosimetryViaAbsorbedDoseRateCalculation | None = None,
        by_activities: hybrid.HybridDosimetryViaTimeActivityCurveFit | None = None,
        radiobiology: doses.RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry | None = None,
    ) -> hybrid.HybridDosimetryworkflow:
        """A dosimetry from planar images and one SPECT."""

class _SPECTDataAcquisitionAndProcessing:
    def SPECTDataAcquisitionAndProcessing(
        self,
        *,
        registration: imaging.RegistrationVOISegmentationAndPropagation,
        activity: rates.VOIActivityDetermination,
        time_point: treatment.TimePointDescriptionElement,
        acquisition: imaging.SPECTAcqCTAcqAndReconstruction | None = None,
        reconstruction: imaging.SPECTReconstruction | None = None,
    ) -> hybrid.SPECTDataAcquisitionAndProcessing:
        """The one SPECT: acquired, reconstructed, registered, its activities determined."""

class _HybridDosimetryViaAbsorbedDoseRateCalculation:
    def HybridDosimetryViaAbsorbedDoseRateCalculation(
        self,
        *,
        time_points: Iterable[hybrid.HybridDosimetryPerTimePoint],
        fit: hybrid.TimeAbsorbedDoseRateCurveFit,
    ) -> hybrid.HybridDosimetryViaAbsorbedDoseRateCalculation:
        """Doses by way of dose rates."""

class _HybridDosimetryPerTimePointInTreatment:
    def HybridDosimetryPerTimePoint(
        self,
        *,
        energy_deposition: hybrid_rates.EnergyDepositionRateCalculationInHybridDosimetry,
        energy_rates: hybrid_rates.SumAndScalingEnergyDepositionRate,
        dose_rates: hybrid_rates.AbsorbedDoseRateCalculationInHybridDosimetry,
    ) -> hybrid.HybridDosimetryPerTimePoint:
        """From the activities of one time point to dose rates."""

class _EnergyDepositionRateCalculationInHybridDosimetry:
    def EnergyDepositionRateCalculationInHybridDosimetry(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        time_point: treatment.TimePointDescriptionElement,
        ct_used: _DICOMDataGiven,
        matrix_series: _DICOMDataGiven,
        matrix: data.NonDICOMData,
        activity_series_used: _DICOMDataGiven | None = None,
        activity_file_used: data.NonDICOMData | None = None,
    ) -> hybrid_rates.EnergyDepositionRateCalculationInHybridDosimetry:
        """The energy deposited a unit of time in each voxel."""

class _SumAndScalingEnergyDepositionRate:
    def SumAndScalingEnergyDepositionRate(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        time_points: Iterable[treatment.TimePointDescriptionElement],
        rois_used: Iterable[planar.ROI],
        voi_used: regions.VOI,
        rates: Iterable[_EnergyDepositionRatePerVOIAtTimePointGiven],
    ) -> hybrid_rates.SumAndScalingEnergyDepositionRate:
        """Energy deposition rates summed over VOIs."""

class _EnergyDepositionRatePerVOIAtTimePoint:
    def EnergyDepositionRatePerVOIAtTimePoint(
        self,
        value: _Number,
        unit: values.EnergyDepositionRateUnit,
        voi: regions.VOI,
        time_point: treatment.TimePointDescriptionElement,
    ) -> hybrid_rates.EnergyDepositionRatePerVOIAtTimePoint:
        """The energy deposited in a VOI a unit of time."""

class _AbsorbedDoseRateCalculationInHybridDosimetryInTreatment:
    def AbsorbedDoseRateCalculationInHybridDosimetry(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        time_point: treatment.TimePointDescriptionElement,
        vois_used: Iterable[regions.VOI],
        rates: Iterable[_MeanAbsorbedDoseRateInVOIGiven],
        pre_activity: _AdministeredActivityGiven | None = None,
        post_activity: _AdministeredActivityGiven | None = None,
        masses: Iterable[_PatientOrganMassInHybridDosimetryGiven] | None = None,
    ) -> hybrid_rates.AbsorbedDoseRateCalculationInHybridDosimetry:
        """Mean absorbed dose rates in VOIs."""

class _MeanAbsorbedDoseRateInVOI:
    def MeanAbsorbedDoseRateInVOI(
        self,
        value: _Number,
        unit: values.AbsorbedDoseRateUnit,
        voi: regions.VOI,
    ) -> hybrid_rates.MeanAbsorbedDoseRateInVOI:
        """The mean absorbed dose rate in a VOI, at the time point of its calculation."""

class _TimeAbsorbedDoseRateCurveFit:
    def TimeAbsorbedDoseRateCurveFit(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        vois_used: Iterable[regions.VOI],
        time_points: Iterable[treatment.TimePointDescriptionElement],
        fitting: _CurveFittingMethodGiven,
        doses: Iterable[_MeanAbsorbedDoseInVOIGiven],
    ) -> hybrid.TimeAbsorbedDoseRateCurveFit:
        """Absorbed doses of VOIs, from dose rates fitted and integrated over time."""

class _MeanAbsorbedDoseInVOI:
    def MeanAbsorbedDoseInVOI(
        self,
        value: _Number,
        unit: values.AbsorbedDoseUnit,
        voi: regions.VOI,
    ) -> hybrid.MeanAbsorbedDoseInVOI:
        """The mean absorbed dose in a VOI."""

class _HybridDosimetryViaTimeActivityCurveFitInTreatment:
    def HybridDosimetryViaTimeActivityCurveFit(
        self,
        *,
        scaling: hybrid.ActivityScaling,
        fit: fits_2d.TimeActivityCurveFit,
        dose_calculation: hybrid.AbsorbedDoseCalculationInROIInHybridDosimetry,
    ) -> hybrid.HybridDosimetryViaTimeActivityCurveFit:
        """Doses by way of time-integrated activities."""

class _ActivityScaling:
    def ActivityScaling(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        time_points: Iterable[treatment.TimePointDescriptionElement],
        vois_used: Iterable[regions.VOI],
        rois_used: Iterable[planar.ROI],
        activities: Iterable[_DataActivityPerROIAtTimePointGiven],
    ) -> hybrid.ActivityScaling:
        """Planar activities scaled to those of the SPECT."""

class _AbsorbedDoseCalculationInROIInHybridDosimetry:
    def AbsorbedDoseCalculationInROIInHybridDosimetry(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        rois_used: Iterable[planar.ROI],
        s_values: str,
        doses: Iterable[_MeanAbsorbedDoseInVOIGiven],
        mass: _PatientOrganMassInHybridDosimetryGiven | None = None,
        mass_reference: _OrganMassGiven | None = None,
    ) -> hybrid.AbsorbedDoseCalculationInROIInHybridDosimetry:
        """Mean absorbed doses; the wire format takes ROIs in and gives doses of VOIs out."""

class _CalibrationWorkflow:
    def CalibrationWorkflow(
        self,
        *,
        spect: calibrations.SPECTCTCalibrationWorkflow | None = None,
        planar: planar_calibration.PlanarCalibrationWorkflow | None = None,
        ct: calibrations.CTCalibrationWorkflow | None = None,
    ) -> calibrations.CalibrationWorkflow:
        """One calibration, or several of one occasion."""

class _SPECTCTCalibrationWorkflow:
    def SPECTCTCalibrationWorkflow(
        self,
        *,
        acquisition: calibrations.SPECTAcqCTAcqAndReconstructionInCalibration,
        reconstruction: calibrations.SPECTReconstructionInCalibration,
        segmentation: calibrations.CTSegmentationInCalibration,
        sensitivity: calibrations.SPECTSensitivityCalculation,
        recovery: calibrations.SPECTRecoveryCoefficientCurveCalculation | None = None,
    ) -> calibrations.SPECTCTCalibrationWorkflow:
        """The calibration of a SPECT/CT camera for one radionuclide."""

class _SPECTAcqCTAcqAndReconstructionInCalibration:
    def SPECTAcqCTAcqAndReconstructionInCalibration(
        self,
        *,
        phantom: phantoms.NMPhantom,
        nm_produced: _DICOMDataGiven,
        ct_produced: _DICOMDataGiven,
    ) -> calibrations.SPECTAcqCTAcqAndReconstructionInCalibration:
        """The acquisition of a phantom's SPECT and CT."""

class _NMPhantom:
    def NMPhantom(
        self,
        name: str,
        identifier: str,
        *,
        hot_inserts: Iterable[phantoms.HotInsert],
        cold_inserts: Iterable[phantoms.ColdInsert],
        tank: phantoms.Tank,
    ) -> phantoms.NMPhantom:
        """A phantom with inserts, for the calibration of a gamma camera."""

class _HotInsert:
    def HotInsert(
        self,
        volume: _Number,
        volume_unit: values.VolumeUnit,
        pre_activity: _Number,
        pre_unit: values.ActivityUnit,
        pre_time: _Moment,
        post_activity: _Number,
        post_unit: values.ActivityUnit,
        post_time: _Moment,
        isotope: values.Isotope,
        *,
        identifier: str | None = None,
    ) -> phantoms.HotInsert:
        """An insert filled with activity."""

class _ColdInsert:
    def ColdInsert(
        self,
        volume: _Number,
        volume_unit: values.VolumeUnit,
        *,
        identifier: str | None = None,
    ) -> phantoms.ColdInsert:
        """An insert without activity."""

class _Tank:
    def Tank(
        self,
        volume: _Number,
        volume_unit: values.VolumeUnit,
        pre_activity: _Number,
        pre_unit: values.ActivityUnit,
        pre_time: _Moment,
        post_activity: _Number,
        post_unit: values.ActivityUnit,
        post_time: _Moment,
        isotope: values.Isotope,
        *,
        identifier: str | None = None,
    ) -> phantoms.Tank:
        """The body of the phantom, filled with background activity."""

class _SPECTReconstructionInCalibration:
    def SPECTReconstructionInCalibration(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        nm_used: _DICOMDataGiven,
        ct_used: _DICOMDataGiven,
        method: str,
        nm_produced: _DICOMDataGiven,
        ct_curve: calibration.CTNumberCalibrationCurve | None = None,
        ct_curve_reference: treatment.CTRelevantCalibrationReference | None = None,
    ) -> calibrations.SPECTReconstructionInCalibration:
        """The reconstruction of the phantom's SPECT."""

class _CTSegmentationInCalibration:
    def CTSegmentationInCalibration(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        nm_used: _DICOMDataGiven,
        ct_used: _DICOMDataGiven,
        method: str,
        vois_in_ct: Iterable[phantoms.VOIInCT],
        vois_in_spect: Iterable[phantoms.VOIInSPECT],
    ) -> calibrations.CTSegmentationInCalibration:
        """Volumes of interest drawn on the phantom's images."""

class _VOIInCT:
    def VOIInCT(
        self,
        volume: _Number,
        volume_unit: values.VolumeUnit,
        part: phantoms.HotInsert | phantoms.ColdInsert | phantoms.Tank,
        *,
        identifier: _Whole | None = None,
        series: _DICOMDataGiven | None = None,
        file: data.NonDICOMData | None = None,
    ) -> phantoms.VOIInCT:
        """A volume of interest drawn on the CT of a phantom."""

class _VOIInSPECT:
    def VOIInSPECT(
        self,
        counts: _Number,
        part: phantoms.HotInsert | phantoms.ColdInsert | phantoms.Tank,
        *,
        identifier: _Whole | None = None,
        counts_unit: values.CountsUnit | None = None,
        series: _DICOMDataGiven | None = None,
        file: data.NonDICOMData | None = None,
    ) -> phantoms.VOIInSPECT:
        """A volume of interest drawn on the SPECT of a phantom, with its counts."""

class _SPECTSensitivityCalculation:
    def SPECTSensitivityCalculation(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        vois_in_ct: Iterable[phantoms.VOIInCT],
        vois_in_spect: Iterable[phantoms.VOIInSPECT],
        coefficient: _CalibrationCoefficientGiven,
    ) -> calibrations.SPECTSensitivityCalculation:
        """The calibration coefficient: counts a second for each unit of activity."""

class _CalibrationCoefficient:
    def CalibrationCoefficient(
        self,
        value: _Number,
        unit: values.CalibrationCoefficientUnit,
        date: _Moment,
        isotope: values.Isotope,
    ) -> coefficients.CalibrationCoefficient:
        """Counts a second for each unit of activity."""

class _SPECTRecoveryCoefficientCurveCalculation:
    def SPECTRecoveryCoefficientCurveCalculation(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        vois_in_ct: Iterable[phantoms.VOIInCT],
        vois_in_spect: Iterable[phantoms.VOIInSPECT],
        phantom_used: phantoms.NMPhantom,
        coefficient_used: _NMRelevantCalibrationReferenceGiven,
        curve: coefficients.SPECTRecoveryCoefficientCurveInCalibration,
    ) -> calibrations.SPECTRecoveryCoefficientCurveCalculation:
        """The recovery coefficient curve: what share of the activity is seen, by volume."""

class _NMRelevantCalibrationReference:
    def NMRelevantCalibrationReference(
        self,
        date: _Moment,
        isotope: values.Isotope,
    ) -> treatment.NMRelevantCalibrationReference:
        """A SPECT calibration named by date and isotope; its own descriptor computes the same name."""

class _SPECTRecoveryCoefficientCurveInCalibration:
    def SPECTRecoveryCoefficientCurveInCalibration(
        self,
        *,
        elements: Iterable[_ElementOfSPECTRecoveryCoefficientCurveGiven],
        date: _Moment,
        isotope: values.Isotope,
    ) -> coefficients.SPECTRecoveryCoefficientCurveInCalibration:
        """Recovery coefficients by volume."""

class _ElementOfSPECTRecoveryCoefficientCurve:
    def ElementOfSPECTRecoveryCoefficientCurve(
        self,
        ratio: _Number,
        volume: _Number,
        volume_unit: values.VolumeUnit,
        insert: phantoms.HotInsert | phantoms.ColdInsert | phantoms.Tank,
    ) -> coefficients.ElementOfSPECTRecoveryCoefficientCurve:
        """One point of the curve: the share of the activity seen in a hot insert of known volume."""

class _PlanarCalibrationWorkflow:
    def PlanarCalibrationWorkflow(
        self,
        *,
        acquisition: planar_calibration.PlanarAcquisition,
        corrections: planar_calibration.PlanarImageCorrections,
        segmentation: planar_calibration.PlanarImageSegmentation,
        sensitivity: planar_calibration.PlanarSensitivityCalculation,
    ) -> planar_calibration.PlanarCalibrationWorkflow:
        """The calibration of a gamma camera for planar images of one radionuclide."""

class _PlanarAcquisition:
    def PlanarAcquisition(
        self,
        *,
        phantom: phantoms.NMPhantom,
        static_produced: _DICOMDataGiven,
    ) -> planar_calibration.PlanarAcquisition:
        """The acquisition of a phantom's planar image."""

class _PlanarImageCorrections:
    def PlanarImageCorrections(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        static_used: _DICOMDataGiven,
        corrections: str,
        corrected: _DICOMDataGiven,
    ) -> planar_calibration.PlanarImageCorrections:
        """The correction of the phantom's planar image."""

class _PlanarImageSegmentation:
    def PlanarImageSegmentation(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        static_used: _DICOMDataGiven,
        method: str,
        rois: Iterable[phantoms.ROIInSPECT],
    ) -> planar_calibration.PlanarImageSegmentation:
        """Regions drawn on the phantom's planar image."""

class _ROIInSPECT:
    def ROIInSPECT(
        self,
        counts: _Number,
        part: phantoms.HotInsert | phantoms.ColdInsert | phantoms.Tank,
        *,
        identifier: str | None = None,
        counts_unit: values.CountsUnit | None = None,
        series: _DICOMDataGiven | None = None,
        file: data.NonDICOMData | None = None,
    ) -> phantoms.ROIInSPECT:
        """A region of interest drawn on the planar image of a phantom, with its counts."""

class _PlanarSensitivityCalculation:
    def PlanarSensitivityCalculation(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        rois_used: Iterable[phantoms.ROIInSPECT],
        static_used: _DICOMDataGiven,
        coefficient: _CalibrationCoefficientGiven,
    ) -> planar_calibration.PlanarSensitivityCalculation:
        """The planar calibration coefficient."""

class _CTCalibrationWorkflow:
    def CTCalibrationWorkflow(
        self,
        *,
        acquisition: calibrations.CTAcqForCTNumberCalibrationCurve,
        calculation: calibrations.CalculationOfCTNumberCalibrationCurve,
    ) -> calibrations.CTCalibrationWorkflow:
        """The calibration of a CT scanner's numbers."""

class _CTAcqForCTNumberCalibrationCurve:
    def CTAcqForCTNumberCalibrationCurve(
        self,
        *,
        phantom: _DensityPhantomGiven,
        ct_produced: _DICOMDataGiven,
    ) -> calibrations.CTAcqForCTNumberCalibrationCurve:
        """The acquisition of a density phantom's CT."""

class _DensityPhantom:
    def DensityPhantom(
        self,
        name: str,
        identifier: str,
    ) -> phantoms.DensityPhantom:
        """A phantom with materials of known density, for the calibration of a CT scanner."""

class _CalculationOfCTNumberCalibrationCurve:
    def CalculationOfCTNumberCalibrationCurve(
        self,
        *,
        execution: _ProcessExecutionContextGiven,
        ct_used: _DICOMDataGiven,
        curve: calibration.CTNumberCalibrationCurve,
    ) -> calibrations.CalculationOfCTNumberCalibrationCurve:
        """CT numbers measured in materials of known density."""

class FileSet(Draft):
    """The descriptor of a file set: one study, one patient, one workflow."""

    def __init__(
        self, *, study: tuple[str, str], patient_id: str, settings: Settings | None = None
    ) -> None: ...

    @property
    def descriptor(self) -> document.NonDicomFileSetDescriptor:
        """The document as models, one for each place; NotConforming where its workflow is missing."""

class CTMonteCarlo(
    FileSet,
    _WP2subtask212WorkflowData,
    _CTSegmentation,
    _ProcessExecutionContext,
    _DICOMData,
    _SegmentationMethodType,
    _MethodSettingType,
    _VOI,
    _NonDICOMData,
    _OrganMass,
    _SimpleCTMonteCarloDosimetry,
    _CalculationOfVoxelMap,
    _AttenuatorType,
    _MonteCarloMethodType,
    _VoxelBasedDistributionOfAbsorbedDoseType,
    _CalculationOfAbsorbedDosesInVOIs,
    _AbsorbedDosePerVOIType,
):
    """Absorbed doses of CT by Monte Carlo simulation (WP2, subtask 2.1.2)."""

class Slide1(
    FileSet,
    _AcquisitionSettings,
    _AdministeredActivity,
    _ThreeDimDosimetrySlide1workflowInTreatment,
    _SPECTDataAcquisitionAndReconstruction,
    _SPECTAcqCTAcqAndReconstructionInTreatment,
    _TimePointDescriptionElement,
    _NMRelevantCalibrationReferenceInTreatment,
    _CTRelevantCalibrationReference,
    _DICOMData,
    _SPECTReconstruction,
    _ProcessExecutionContext,
    _CTNumberCalibrationCurve,
    _ElementOfCTNumberCalibrationCurve,
    _RegistrationVOISegmentationAndPropagation,
    _CountsPerVOIAtTimePoint,
    _Segmentation,
    _VOI,
    _NonDICOMData,
    _OrganMass,
    _GeometricalTransformation,
    _VOIActivityDeterminationInTreatment,
    _DataActivityPerVOIAtTimePoint,
    _TimeActivityCurveFitIn3DDosimetryInTreatment,
    _CurveFittingMethod,
    _TimeIntegratedActivityCoefficientPerVOI,
    _TimeIntegratedActivityPerVOI,
    _AbsorbedDoseCalculationInVOI,
    _AbsorbedDoseInVOI,
    _RadioBiologicalCalculationIn3DSlide1Dosimetry,
):
    """A 3D dosimetry that integrates activity over time ("3D Slide 1")."""

class Slide2(
    FileSet,
    _AcquisitionSettings,
    _AdministeredActivity,
    _ThreeDimDosimetrySlide2workflowInTreatment,
    _SPECTDataAcquisitionAndReconstruction,
    _SPECTAcqCTAcqAndReconstructionInTreatment,
    _TimePointDescriptionElement,
    _NMRelevantCalibrationReferenceInTreatment,
    _CTRelevantCalibrationReference,
    _DICOMData,
    _SPECTReconstruction,
    _ProcessExecutionContext,
    _CTNumberCalibrationCurve,
    _ElementOfCTNumberCalibrationCurve,
    _VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation,
    _VOISegmentationVOIMassDetermination,
    _CountsPerVOIAtTimePoint,
    _VOI,
    _NonDICOMData,
    _OrganMass,
    _Segmentation,
    _MassPerVOIAtTimePoint,
    _VOIActivityDeterminationInTreatment,
    _DataActivityPerVOIAtTimePoint,
    _EnergyDepositionRateCalculationIn3DDosimetry,
    _KernelLimitForConvolutions,
    _SumAndScalingAbsorbedDoseRateCalculation,
    _AbsorbedDoseRatePerVOIAtTimePoint,
    _DoseRateCurveFitVOITimeIntegrationInTreatment,
    _CurveFittingMethod,
    _AbsorbedDoseInVOI,
    _RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry,
    _RegistrationVOISegmentationAndPropagation,
    _GeometricalTransformation,
    _AbsorbedDoseCalculationInVOI,
):
    """A 3D dosimetry that integrates absorbed dose rates over time ("3D Slide 2")."""

class TwoDim(
    FileSet,
    _AcquisitionSettings,
    _AdministeredActivity,
    _TwoDimDosimetryworkflow,
    _PlanarDataAcquisitionAndProcessing,
    _PlanarDataAcquisitionInTreatment,
    _TimePointDescriptionElement,
    _NMRelevantCalibrationReferenceInTreatment,
    _DICOMData,
    _NonDICOMData,
    _PlanarDataCorrections,
    _ProcessExecutionContext,
    _PlanarDataSegmentationWithoutRegistration,
    _CountsPerROIAtTimePoint,
    _ROI,
    _Segmentation,
    _VOI,
    _OrganMass,
    _PlanarDataSegmentationWithRegistrationAndPropagation,
    _ROIPlanarActivityDeterminationInTreatment,
    _DataActivityPerROIAtTimePoint,
    _TwoDimDosimetryViaAbsorbedDoseRateCalculationInTreatment,
    _AbsorbedDoseRateCalculationIn2DDosimetryInTreatment,
    _PatientOrganMassIn2DDosimetry,
    _MeanAbsorbedDoseRateInROI,
    _TimeAbsorbedDoseCurveFit,
    _CurveFittingMethod,
    _MeanAbsorbedDoseInROI,
    _TwoDimDosimetryViaTimeActivityCurveFitInTreatment,
    _TimeActivityCurveFitInTreatment,
    _TimeIntegratedActivityCoefficientPerROI,
    _TimeIntegratedActivityPerROI,
    _AbsorbedDoseCalculationInROIIn2DDosimetry,
    _PatientOrganMassInHybridDosimetry,
    _RadioBiologicalCalculation,
    _VOIIdentifierUsedContainer,
):
    """A dosimetry from planar images."""

class Hybrid(
    FileSet,
    _AcquisitionSettings,
    _AdministeredActivity,
    _HybridDosimetryworkflow,
    _PlanarDataAcquisitionAndProcessing,
    _PlanarDataAcquisitionInTreatment,
    _TimePointDescriptionElement,
    _NMRelevantCalibrationReferenceInTreatment,
    _DICOMData,
    _NonDICOMData,
    _PlanarDataCorrections,
    _ProcessExecutionContext,
    _PlanarDataSegmentationWithoutRegistration,
    _CountsPerROIAtTimePoint,
    _ROI,
    _Segmentation,
    _VOI,
    _OrganMass,
    _PlanarDataSegmentationWithRegistrationAndPropagation,
    _ROIPlanarActivityDeterminationInTreatment,
    _DataActivityPerROIAtTimePoint,
    _SPECTDataAcquisitionAndProcessing,
    _SPECTAcqCTAcqAndReconstructionInTreatment,
    _CTRelevantCalibrationReference,
    _SPECTReconstruction,
    _CTNumberCalibrationCurve,
    _ElementOfCTNumberCalibrationCurve,
    _RegistrationVOISegmentationAndPropagation,
    _CountsPerVOIAtTimePoint,
    _GeometricalTransformation,
    _VOIActivityDeterminationInTreatment,
    _DataActivityPerVOIAtTimePoint,
    _HybridDosimetryViaAbsorbedDoseRateCalculation,
    _HybridDosimetryPerTimePointInTreatment,
    _EnergyDepositionRateCalculationInHybridDosimetry,
    _SumAndScalingEnergyDepositionRate,
    _EnergyDepositionRatePerVOIAtTimePoint,
    _AbsorbedDoseRateCalculationInHybridDosimetryInTreatment,
    _PatientOrganMassInHybridDosimetry,
    _MeanAbsorbedDoseRateInVOI,
    _TimeAbsorbedDoseRateCurveFit,
    _CurveFittingMethod,
    _MeanAbsorbedDoseInVOI,
    _HybridDosimetryViaTimeActivityCurveFitInTreatment,
    _ActivityScaling,
    _TimeActivityCurveFitInTreatment,
    _TimeIntegratedActivityCoefficientPerROI,
    _TimeIntegratedActivityPerROI,
    _AbsorbedDoseCalculationInROIInHybridDosimetry,
    _RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry,
):
    """A dosimetry from planar images and one SPECT."""

class Calibration(
    FileSet,
    _CalibrationWorkflow,
    _SPECTCTCalibrationWorkflow,
    _SPECTAcqCTAcqAndReconstructionInCalibration,
    _NMPhantom,
    _HotInsert,
    _ColdInsert,
    _Tank,
    _DICOMData,
    _SPECTReconstructionInCalibration,
    _ProcessExecutionContext,
    _CTNumberCalibrationCurve,
    _ElementOfCTNumberCalibrationCurve,
    _CTRelevantCalibrationReference,
    _CTSegmentationInCalibration,
    _VOIInCT,
    _NonDICOMData,
    _VOIInSPECT,
    _SPECTSensitivityCalculation,
    _CalibrationCoefficient,
    _SPECTRecoveryCoefficientCurveCalculation,
    _NMRelevantCalibrationReference,
    _SPECTRecoveryCoefficientCurveInCalibration,
    _ElementOfSPECTRecoveryCoefficientCurve,
    _PlanarCalibrationWorkflow,
    _PlanarAcquisition,
    _PlanarImageCorrections,
    _PlanarImageSegmentation,
    _ROIInSPECT,
    _PlanarSensitivityCalculation,
    _CTCalibrationWorkflow,
    _CTAcqForCTNumberCalibrationCurve,
    _DensityPhantom,
    _CalculationOfCTNumberCalibrationCurve,
):
    """Calibrations of one occasion: of a SPECT/CT, of a camera's planar images, of CT numbers."""

class CTNumberCalibration(
    Draft,
    _CTCalibrationWorkflow,
    _CTAcqForCTNumberCalibrationCurve,
    _DensityPhantom,
    _DICOMData,
    _CalculationOfCTNumberCalibrationCurve,
    _ProcessExecutionContext,
    _CTNumberCalibrationCurve,
    _ElementOfCTNumberCalibrationCurve,
):
    """A calibration of CT numbers as a document of its own, without study and patient."""

    @property
    def descriptor(self) -> calibrations.CTCalibrationWorkflow:
        """The document as models, one for each place; NotConforming where its workflow is missing."""

WORKFLOWS: tuple[type[Draft], ...]  # CTMonteCarlo, Slide1, Slide2, TwoDim, Hybrid, Calibration, CTNumberCalibration
