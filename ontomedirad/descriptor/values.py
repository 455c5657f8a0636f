"""The value lists of the wire format, as types that an editor completes.

What each value stands for is a row of translators/descriptor/values.tsv.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from ontomedirad.descriptor.leaf import legal_text
from ontomedirad.descriptor.marks import Moment, Vocabulary

PlainText = Annotated[str, AfterValidator(legal_text)]
DateOrTime = Annotated[PlainText, Moment()]

_UNIT = Vocabulary("unit")

ActivityUnit = Annotated[
    Literal["becquerel", "kilobecquerel", "megabecquerel", "curie", "millicurie", "microcurie"], _UNIT
]
AbsorbedDoseUnit = Annotated[
    Literal[
        "milligray per (milligray per (100 milliampere second))",
        "milligray per (100 milliampere second)",
        "milligray",
        "milligray per (milligray per (1 milliampere second))",
        "gray",
    ],
    _UNIT,
]
AbsorbedDoseRateUnit = Annotated[
    Literal["gray per second", "milligray per second", "milligray per hour"], _UNIT
]
MassUnit = Annotated[Literal["gram", "kilogram"], _UNIT]
CountsUnit = Annotated[Literal["counts"], _UNIT]
LengthUnit = Annotated[Literal["millimeter", "centimeter"], _UNIT]
DensityUnit = Annotated[Literal["hounsfield"], _UNIT]
VolumeUnit = Annotated[Literal["milliliter", "cubic centimeter"], _UNIT]
CalibrationCoefficientUnit = Annotated[Literal["counts per second per megabecquerel"], _UNIT]
TimeIntegratedActivityUnit = Annotated[Literal["MegabecquerelXSecond", "MegabecquerelXHour"], _UNIT]
EnergyDepositionRateUnit = Annotated[Literal["joule per second", "megaelectronvolt per second"], _UNIT]
TimeUnit = Annotated[
    Literal["seconds", "minutes", "hours", "days", "months", "years"], Vocabulary("duration")
]

Radiopharmaceutical = Annotated[Literal["sodiumIodideI131"], Vocabulary("radiopharmaceutical")]
Isotope = Annotated[
    Literal[
        "radium223", "iodine131", "lutetium177", "yttrium90", "rhenium188", "technetium99m", "terbium161"
    ],
    Vocabulary("isotope"),
]

OrganOrTissue = Annotated[
    Literal[
        "bone", "bone surfaces", "red bone marrow", "bladder", "breasts", "left male breast",
        "left female breast", "right male breast", "right female breast", "colon", "testes", "left testis",
        "right testis", "ovaries", "left ovary", "right ovary", "liver", "lungs", "left lung", "right lung",
        "esophagus", "skin", "stomach", "thyroid", "brain", "salivary glands", "parotid glands",
        "left parotid gland", "right parotid gland", "submandibular glands", "left submandibular gland",
        "right submandibular gland", "adrenals", "extrathoracic region", "gallbladder", "heart", "kidneys",
        "left kidney", "right kidney", "lymphatic nodes", "muscle", "oral mucosa", "pancreas", "prostate",
        "small intestine", "spleen", "thymus", "uterus", "air", "body surface", "tumor", "soft tissue", "L2",
    ],
    Vocabulary("organ"),
]  # fmt: skip
"""`L2` is what files hold for L2-L4 bone marrow: the schema cut the name at its hyphen."""

TimePointCategory = Annotated[
    Literal[
        "168h plus or minus 24h post RAIT timepoint",
        "96h plus or minus 12h post RAIT timepoint",
        "72h plus or minus 12h post RAIT timepoint",
        "48h plus or minus 4h post RAIT timepoint",
        "24h plus or minus 4h post RAIT timepoint",
        "6h plus or minus 2h post RAIT timepoint",
        "additional timepoint",
    ],
    Vocabulary("time point category"),
]

NonDICOMDataClass = Annotated[
    Literal[
        "VOI", "VOI superimposed on images", "3D absorbed dose map", "segmentation", "voxel activity map",
        "3D Energy Deposition Rate Matrix", "NM Tomo Reconstruction", "CT Reconstruction",
        "Linear transformation matrix", "BSpline transformation", "Advanced elastix transformation",
        "Density Image",
    ],
    Vocabulary("data class"),
]  # fmt: skip

NonDICOMDataFormat = Annotated[
    Literal[
        "zipped imageJ contours format", "TIFF format embedding imageJ contours",
        "zipped pseudo DICOM ImpactMC", "GIF format embedding imageJ contours", "NRRD format", "STL format",
        "HDF4 format", "HDF5 format",
    ],
    Vocabulary("format"),
]  # fmt: skip

IncorporationFunction = Annotated[
    Literal["constant", "linear", "exponential"], Vocabulary("incorporation function")
]
IntegrationAlgorithm = Annotated[
    Literal["trapezoid", "mono_exponential", "bi_exponential", "tri_exponential", "x_exponential", "other"],
    Vocabulary("integration algorithm"),
]
TransformationType = Annotated[
    Literal["Linear transformation matrix", "BSpline transformation", "Advanced elastix transformation"],
    Vocabulary("transformation type"),
]
CalculationAlgorithm = Annotated[
    Literal[
        "local energy deposition",
        "FFT convolution",
        "homogeneous matrix convolution",
        "heterogeneous matrix convolution",
        "Monte Carlo",
    ],
    Vocabulary("calculation algorithm"),
]

AbsorbedDoseCategory = Annotated[
    Literal[
        "mean absorbed dose normalized to CTDI free in air normalized to tube load",
        "mean absorbed dose normalized to CTDI vol normalized to tube load",
        "mean absorbed radiation dose",
        "maximum absorbed radiation dose",
        "minimum absorbed radiation dose",
        "median absorbed radiation dose",
        "mode absorbed radiation dose",
    ],
    Vocabulary("dose category"),
]
StatisticalSubCategory = Annotated[
    Literal["mean", "maximum", "minimum", "median", "mode"], Vocabulary("statistic")
]
DoseMapCategory = Annotated[
    Literal[
        "absorbed dose normalized to CTDI free in air normalized to tube load",
        "absorbed dose normalized to CTDI vol normalized to tube load",
        "absorbed dose",
    ],
    Vocabulary("dose map category"),
]
