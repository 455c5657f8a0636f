"""What a field or a class of a descriptor means: a small closed vocabulary.

A class says what kind of individual a complex type is (`Thing`, `Process`, `Quantity`) or that
it is none (`Part`: its fields speak of the individual around it). A field says in which element
it stands (`Tag`, `Wrapped`), where its nodes come from (a nested block, `Reference`, `Coded`,
`Instance`, `Measured`), and which part they play (`Input`, `Output`, `Role`, `Method`, ...).
Reading, writing, the XSD, the graph, the reference rules and the mapping page all come from
these marks; a role's predicates are rows of translators/roles.tsv.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Scope(Enum):
    """What makes two mentions one individual (house rule: names are computed from keys)."""

    world = "the same everywhere: a DICOM series, an institution"
    site = "one hospital: a calibration of its camera"
    patient = "one patient: an organ, an administration"
    administration = "one administration of a radiopharmaceutical: its time points"
    file_set = "one file set: a VOI, a file, a measurement"
    owner = "the individual around it: an uncertainty of a dose"
    box = "this very element: a process, a method as it was used there"


# --- what a class is ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Meaning:
    """Base of class marks. `types` are CURIEs of classes; `key` names the fields that identify."""

    types: tuple[str, ...] = ()
    scope: Scope = Scope.box
    key: tuple[str, ...] = ()
    kind: str = ""
    of_patient: bool = True
    keyed_by_type: bool = False
    treatment: bool = False
    of_phantom: bool = False


@dataclass(frozen=True, slots=True)
class Thing(Meaning):
    """A continuant: data set, file, VOI, method. `dated` ones are about their process's time point."""

    dated: bool = False


@dataclass(frozen=True, slots=True)
class Process(Meaning):
    """Something that happened.

    A `treatment` process is part of the internal radiotherapy; nothing in one `of_phantom` is about
    the patient, whatever the document's PatientId says.
    """

    of_patient: bool = False


@dataclass(frozen=True, slots=True)
class Quantity(Meaning):
    """A measured or computed value with a unit; equal values of the same regions are one."""

    scope: Scope = Scope.file_set


@dataclass(frozen=True, slots=True)
class Part(Meaning):
    """No individual of its own: its fields speak of the individual around it."""


# --- where a field stands -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """Base of field marks."""


@dataclass(frozen=True, slots=True)
class Tag(Mark):
    """The element's local name."""

    name: str


@dataclass(frozen=True, slots=True)
class Wrapped(Mark):
    """The element is a container; the list's items are elements `item` inside it."""

    item: str


# --- where a field's nodes come from --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reference(Mark):
    """The text is the key of an individual of class `target`, declared elsewhere."""

    target: str


@dataclass(frozen=True, slots=True)
class Coded(Mark):
    """The value stands for a class of the ontology that is used as an individual (punned)."""


@dataclass(frozen=True, slots=True)
class Kind(Mark):
    """The value is a further rdf:type of the individual."""


@dataclass(frozen=True, slots=True)
class Instance(Mark):
    """The value makes an individual: of `types`, and of the coded class where it is of a value list.

    Its text is kept with `named`; `body_part` links it to the patient's body.
    """

    types: tuple[str, ...] = ()
    scope: Scope = Scope.box
    named: bool = True
    body_part: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Measured(Mark):
    """The number or text is a quantity of its own, with the unit of field `unit` or a fixed one."""

    types: tuple[str, ...]
    unit: str = ""
    fixed_unit: str = ""
    time: bool = False
    """A length of time, written under the property that its unit stands for."""
    regions: str = ""
    """The field that names the VOIs or ROIs it was measured in."""


# --- which part they play -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Role(Mark):
    """The individual around it has the field's nodes in role `name` of translators/roles.tsv.

    With `of_process`, it is the enclosing process that has them.
    """

    name: str
    types: tuple[str, ...] = ()
    of_process: bool = False


@dataclass(frozen=True, slots=True)
class Input(Mark):
    """The process that encloses the field uses its nodes, which are of `types`."""

    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Output(Mark):
    """The process that encloses the field makes its nodes, which are of `types`."""

    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked(Mark):
    """The field's nodes have the nodes of the enclosing process's `fields` in role `name`.

    With `outward`, a field that this process lacks is sought in the processes around it and in
    those that came before within them: the phantom of a calibration's acquisition.
    """

    name: str
    fields: tuple[str, ...]
    outward: bool = False


@dataclass(frozen=True, slots=True)
class Integrates(Mark):
    """Each node rests on the quantities of class `type` in its VOIs, at its time point where it has one.

    Those are inputs of the process too.
    """

    type: str


@dataclass(frozen=True, slots=True)
class TimePoint(Mark):
    """The enclosing process, and the data sets it uses and makes, are about these time points."""


@dataclass(frozen=True, slots=True)
class MeasuredHere(Mark):
    """The quantity is measured in this individual, at the time point that field `at` names.

    Without `region` only the time point is meant: that of the process around a dose rate.
    """

    at: str = ""
    region: bool = True


@dataclass(frozen=True, slots=True)
class StoredIn(Mark):
    """The individual is held by these files or series.

    What a single one says (class, format, name, handle) is said of the individual too, as the
    original queries ask; several keep it to themselves, so that no name meets another's handle.
    """

    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Method(Mark):
    """The enclosing process follows this method: its protocol, and the plan of its association."""


@dataclass(frozen=True, slots=True)
class Agent(Mark):
    """The text names who or what carries the process: an `institution` or a `software`."""

    kind: str = "institution"


# --- what is said of the individual itself --------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text(Mark):
    """A literal under `predicate` (CURIE); `form` wraps it, as `/fhir/Binary/{}`."""

    predicate: str
    form: str = "{}"


@dataclass(frozen=True, slots=True)
class Identifier(Mark):
    """The identifier of the individual in its file."""


@dataclass(frozen=True, slots=True)
class States(Mark):
    """What is always true of the field's nodes: `predicate` and a punned class `term` (CURIEs)."""

    predicate: str
    term: str


@dataclass(frozen=True, slots=True)
class Value(Mark):
    """The number of a quantity."""


@dataclass(frozen=True, slots=True)
class Unit(Mark):
    """The unit of a quantity, of the value list of units."""


@dataclass(frozen=True, slots=True)
class Duration(Mark):
    """A length of time, written under the property that field `unit` stands for."""

    unit: str


@dataclass(frozen=True, slots=True)
class Beginning(Mark):
    """When the process began."""


@dataclass(frozen=True, slots=True)
class Late(Mark):
    """The archive fills it in later: a document with it and one without say the same."""


@dataclass(frozen=True, slots=True)
class UnitOf(Mark):
    """The unit of the quantity that `field`, beside it, makes."""

    field: str


@dataclass(frozen=True, slots=True)
class TimeOf(Mark):
    """When the quantity that `field`, beside it, makes was measured."""

    field: str


@dataclass(frozen=True, slots=True)
class Moment(Mark):
    """The text states a date, or a date and time."""


# --- what rules need to know ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expects(Mark):
    """Only these values of NonDICOMDataClass fit here (rule R21)."""

    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary(Mark):
    """The value list of translators/descriptor/values.tsv that a simple type takes its values from."""

    name: str
