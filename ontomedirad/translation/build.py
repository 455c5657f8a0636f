"""The state of one translation: the quads so far, and what the names and links depend on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ontomedirad import vocabulary
from ontomedirad.descriptor.block import blocks_by_name
from ontomedirad.descriptor.marks import Scope
from ontomedirad.settings import Settings
from ontomedirad.texts import moment, plain
from ontomedirad.translation.form import Form, text_of
from ontomedirad.translation.names import Names
from ontomedirad.translation.statements import TYPE, Frame, Statements
from ontomedirad.vocabulary import term

if TYPE_CHECKING:
    from lxml import etree

    from ontomedirad.descriptor.block import Block, FieldPlan
    from ontomedirad.descriptor.document import NonDicomFileSetDescriptor
    from ontomedirad.descriptor.read import Document
    from ontomedirad.descriptor.standing import Standing

_USED = term("prov:used")
_DERIVED = term("prov:wasDerivedFrom")
_ASSOCIATED = term("prov:wasAssociatedWith")
_ABOUT = term("om:is_about")
_REALIZED = term("obo:BFO_0000054")


class Build(Statements):
    """What the plans of the blocks write to. Nodes and terms are N-Quads text throughout."""

    def __init__(self, document: Document, settings: Settings) -> None:
        super().__init__()
        root = document.root
        self.document = document
        self.names = Names(settings)
        self.file_set = settings.file_set or document.digest
        self.graph = self.names.graph("file_set", self.file_set)
        self.patient = self.names.patient(root.patient_id or "")
        self.patient_tail = f" {term('om:has_patient')} {self.patient}"
        self.study = vocabulary.studies().get(plain(root.study.identifier or "")) if root.study else None
        self.study = self.study or _own_study(root, settings)
        given = root.acquisition
        self.site = plain(root.site or "") or self.file_set
        self.injected_at = (given.injected_at or "") if given else ""
        begun = moment(self.injected_at)
        when = begun.isoformat() if begun else self.injected_at
        key = (self.patient, plain(given.site or ""), when) if given else (self.file_set,)
        self.administration = self.names.name("administration", *key)
        self.radiotherapy = self.names.name("radiotherapy", *key)
        self._keys: dict[Scope, tuple[str, ...]] = {
            Scope.world: (),
            Scope.site: (self.site,),
            Scope.patient: (self.patient,),
            Scope.administration: (self.administration,),
            Scope.file_set: (self.file_set,),
        }
        self.enclosing: list[str] = []
        self.of_patient = root.patient_id is not None
        self.here: tuple[list[str], list[str]] = ([], [])
        self.form = Form(document, self.names, self.file_set)
        self.standings = document.reading.standings
        self._first: dict[str, Standing] = {}
        self.generated: dict[str, str] = {}
        self.told: dict[tuple[str, tuple[str, ...], bool], tuple[str, list[Any]]] = {}
        self.referred: dict[str, Block] = {}
        self.references: dict[tuple[str, Any], str] = {}
        self.measured: dict[str, tuple[list[str], frozenset[str]]] = {}
        self.organs: dict[str, list[str]] = {}
        self.processes: dict[str, list[str]] = {}
        self.measurements: dict[tuple[str, str], list[str]] = {}
        self._given: list[tuple[str, str, str]] = []
        self._roles_of: dict[str, tuple[str, str]] = {}

    def measure(self, owner: str, name: str, class_: str, value: Any, unit: str) -> str:
        """A quantity of its own that belongs to `owner`, for what no mark covers."""
        from ontomedirad.translation import sources

        return sources.measurement(self, owner, name, (term(class_),), value, unit, sources.quantity)

    def refer(self, target: str, key: Any, model: Block) -> str:
        """The individual of block class `target` with that key, declared or not."""
        from ontomedirad.translation import sources

        return sources.refer(self, blocks_by_name()[target].plan(), key, model)

    def link_before(self, role: str, node: str, field_name: str) -> None:
        """Link `node` to what the processes within the open one had in a field."""
        for other in dict.fromkeys(self.frames[-1].before.get(field_name, ())):
            self.link(role, node, other)

    def uses(self, process: Frame, node: str) -> None:
        """The process takes `node` in."""
        process.used.add(node)
        self.link("input", process.process, node)

    def makes(self, process: Frame, node: str) -> None:
        """The process gives `node` out.

        In PROV an entity has one generation (PROV-CONSTRAINTS, 24): the first process that makes
        it. A later one, or one that was given it, uses it.
        """
        maker = process.process
        if node in process.used:
            self.link("output", maker, node, prov=False)
            return
        first = self.generated.setdefault(node, maker)
        self.link("output", maker, node, prov=first == maker)
        if first != maker:
            self.add(maker, _USED, node)

    def nquads(self) -> str:
        """All statements: what the document says, then how it is written."""
        self.lines |= self.form.lines
        return super().nquads()

    # --- processes --------------------------------------------------------------------------

    def open(self, process: str) -> Frame:
        """Begin the box of a process."""
        self.frames.append(Frame(process))
        return self.frames[-1]

    def close(self) -> None:
        """End the box: what depended on all of its fields is now written."""
        frame = self.frames.pop()
        self.frames.append(frame)
        for node, mark in frame.links:
            for name in mark.fields:
                for other in self._linked(frame, name, mark.outward):
                    if other != node:
                        self.link(mark.name, node, other)
        self.frames.pop()
        if self.frames:
            for name, nodes in frame.nodes.items():
                self.frames[-1].before.setdefault(name, []).extend(nodes)
        self._derive(frame)
        for time in frame.times:
            for node in frame.dated:
                self.add(node, _ABOUT, time)
        self._associate(frame)

    def _derive(self, frame: Frame) -> None:
        """State what the process's nodes rest on; only the process that generated an entity says so."""
        for node, other in frame.derived:
            if node in frame.used:
                self._given.append((frame.process, node, other))
            elif self.generated.get(node, frame.process) == frame.process:
                self.add(node, _DERIVED, other)

    def finish(self) -> None:
        """End the document: a process uses what goes with an input that no process here made.

        So the transformation applied to an image from elsewhere is not lost to PROV. What was only
        referred to stands where it was first referred to.
        """
        for node, model in self.referred.items():
            self.mention(node, model)
        for process, node, other in self._given:
            if node not in self.generated:
                self.add(process, _USED, other)
        self.form.finish()

    def _linked(self, frame: Frame, name: str, outward: bool) -> list[str]:
        found = frame.nodes.get(name, [])
        if not found and outward:
            around = (f.nodes.get(name) or f.before.get(name) for f in reversed(self.frames))
            found = next((nodes for nodes in around if nodes), [])
        return found

    def institution(self, name: str, process: str) -> str:
        """The institution of that name answers for the process; one role an institution."""
        if name not in self._roles_of:
            self._roles_of[name] = self._institution(name)
        node, role = self._roles_of[name]
        self.add(role, _REALIZED, process)
        return node

    def _institution(self, name: str) -> tuple[str, str]:
        node = self.names.name("institution", plain(name))
        role = self.names.name("responsible_organization", node)
        for class_ in ("om:institution", "prov:Agent", "prov:Organization"):
            self.add(node, TYPE, term(class_))
        self.text(node, "om:has_name", name)
        self.add(role, TYPE, term("om:role_of_responsible_organization"))
        self.add(node, term("obo:BFO_0000161"), role)
        self.add(role, term("obo:BFO_0000052"), node)
        return node, role

    def software(self, name: str, process: str) -> str:
        """The software of that name carried the process out."""
        node = self.names.name("software", plain(name))
        for class_ in ("om:software", "prov:Agent", "prov:SoftwareAgent"):
            self.add(node, TYPE, term(class_))
        self.text(node, "om:has_name", name)
        self.add(process, term("om:has_agent"), node)
        return node

    def _associate(self, frame: Frame) -> None:
        """Who answers for the process and by which plan (PROV-O, qualifiedAssociation)."""
        for agent in frame.agents:
            self.add(frame.process, _ASSOCIATED, agent)
            for plan in frame.plans:
                association = self.names.name("association", frame.process, agent, plan)
                self.add(frame.process, term("prov:qualifiedAssociation"), association)
                self.add(association, TYPE, term("prov:Association"))
                self.add(association, term("prov:agent"), agent)
                self.add(association, term("prov:hadPlan"), plan)

    @property
    def frame(self) -> Frame | None:
        """The innermost open process."""
        return self.frames[-1] if self.frames else None

    # --- names ------------------------------------------------------------------------------

    def key_of(self, scope: Scope, owner: str, path: str) -> tuple[str, ...]:
        """What a name in that scope starts from."""
        fixed = self._keys.get(scope)
        if fixed is not None:
            return fixed
        return (owner,) if scope is Scope.owner else (self.file_set, path)

    def mention(self, node: str, model: Block) -> None:
        """Remember where an individual first stands in the source."""
        here = self.standings[id(model)]
        first = self._first.setdefault(node, here)
        if here.number < first.number:
            self._first[node] = here

    @property
    def elements(self) -> dict[str, etree._Element]:
        """The first element of each individual, in the order of the source."""
        found = sorted(self._first.items(), key=lambda item: item[1].number)
        return {node: standing.element for node, standing in found}

    def stand(self, node: str, model: Block, field: FieldPlan, at: int = 0) -> None:
        """`node` is what a leaf of `model` stands for; `at` is its number in a list."""
        self.form.stand(node, self.form.path(model, field, at))

    def measured_as(self, node: str, model: Block, field: FieldPlan, value: Any) -> None:
        """`node` is the quantity that a leaf of `model` states; others may spell its number otherwise."""
        self.stand(node, model, field)
        self.spell(node, text_of(value), model, field)

    def spell(self, node: str, text: str, model: Block, field: FieldPlan, at: int = 0) -> None:
        """`node` is called so by a leaf of `model`."""
        self.form.spell(node, text, self.form.path(model, field, at))

    # --- what a whole document speaks of ----------------------------------------------------

    def subjects(self, root: NonDicomFileSetDescriptor, node: str) -> None:
        """The patient, the study, the radiotherapy, and the descriptor's own facts."""
        if root.patient_id is not None:
            self.add(self.patient, TYPE, term("om:human"))
            self.text(self.patient, "om:has_id", root.patient_id)
            self.text(self.patient, "om:has_name", root.patient_id)
            self.mention(self.patient, root)
            self.stand(self.patient, root, root.plan().by_name["patient_id"])
        if self.study:
            self.add(node, term("omx:describes_file_set_of"), self.study)
        if self.document.version:
            self.text(node, "omx:schema_version", self.document.version)
        if root.acquisition or any(w.meaning.treatment for w in root.workflows):
            self.add(self.radiotherapy, TYPE, term("om:internal_radiotherapy"))
            self.add(self.radiotherapy, TYPE, term("prov:Activity"))
            self.add(self.radiotherapy, term("om:treats"), self.patient)
            self.mention(self.radiotherapy, root.acquisition or root)
            self.add(self.administration, TYPE, term("om:radiopharmaceutical_administration"))
            self.link("part of process", self.administration, self.radiotherapy)
            if self.study:
                self.link("study", self.radiotherapy, self.study)


def _own_study(root: NonDicomFileSetDescriptor, settings: Settings) -> str | None:
    known = {plain(k): v for k, v in settings.studies.items()}
    found = known.get(plain(root.study.identifier or "")) if root.study else None
    return f"<{found}>" if found else None
