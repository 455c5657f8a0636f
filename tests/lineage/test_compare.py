"""Two ways to the same quantity, against hand calculation."""

from __future__ import annotations

import json
import math

import pytest

import ontomedirad
from ontomedirad import Settings, open_store
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.errors import ParameterError, UnknownTerm
from ontomedirad.lineage.compare import Pair, agreement, compare


def pair(first: float, second: float) -> Pair:
    return Pair("P", "liver", "", "dose", "Gy", first, second, "a", "b", "A", "B")


def test_bias_and_limits_are_those_of_bland_and_altman() -> None:
    """Differences 2, -1, 3, 0: mean 1, sum of squares about it 10, so a variance of 10 / 3."""
    found = agreement([pair(10, 8), pair(12, 13), pair(9, 6), pair(11, 11)])
    assert found.bias == pytest.approx(1.0)
    assert found.deviation == pytest.approx(math.sqrt(10 / 3))
    assert found.limits == pytest.approx((1 - 1.96 * math.sqrt(10 / 3), 1 + 1.96 * math.sqrt(10 / 3)))


def test_a_single_pair_has_a_bias_and_no_limits() -> None:
    found = agreement([pair(3, 1)])
    assert found.bias == 2
    assert math.isnan(found.limits[0])


@pytest.fixture
def store() -> ontomedirad.Store:
    """One patient, described twice: in gray at one institute, in milligray with other values at another."""
    store = open_store(":memory:")
    for file_set, factor in (("first", 1.0), ("second", 1.1)):
        model = example_descriptor()
        assert model.slide2 is not None
        for fit in model.slide2.dose_fits:
            for dose in fit.doses:
                if factor > 1:
                    dose.value = float(dose.value.text) * factor * 1000  # type: ignore[assignment]
                    dose.unit = "milligray"
                    dose.uncertainty = None
        store.put(ontomedirad.translate(model, settings=Settings(file_set=file_set)))
    return store


def test_pairs_match_by_patient_organ_and_class_in_si_units(store: ontomedirad.Store) -> None:
    found = compare(store, "om:total_absorbed_dose_per_VOI")
    assert len(found.pairs) == 5
    assert {p.unit for p in found.pairs} == {"Gy"}
    for p in found.pairs:
        low, high = sorted((p.first, p.second))
        assert high / low == pytest.approx(1.1)
    assert len({p.organ for p in found.pairs}) == 5
    ((_, figures),) = found.agreements().items()
    assert abs(figures.bias) == pytest.approx(sum(abs(p.difference) for p in found.pairs) / 5)
    said = json.loads(found.to_json())
    assert len(said["pairs"]) == 5
    assert found.to_csv().count("\n") == 6
    assert "limits of agreement" in found.text()


def test_values_at_time_points_match_by_time_point(store: ontomedirad.Store) -> None:
    found = compare(store, "om:absorbed_dose_rate_per_VOI_at_timepoint")
    assert found.pairs
    assert all(p.time and p.difference == 0 for p in found.pairs)


def test_what_differs_in_provenance_is_told() -> None:
    with open_store(":memory:") as store:
        for file_set, institution in (("first", "Example Institute"), ("second", "Other Institute")):
            from ontomedirad.descriptor import to_xml

            text = to_xml(example_descriptor()).replace(b"Example Institute", institution.encode())
            store.put(ontomedirad.translate(text, settings=Settings(file_set=file_set)))
        by_graph = compare(store, "om:total_absorbed_dose_per_VOI", by="institution")
    assert len(by_graph.ways) == 2
    assert set(by_graph.differs) >= {"institution"}
    assert "method" not in by_graph.differs


def test_all_absorbed_doses_are_compared_where_no_class_is_named(store: ontomedirad.Store) -> None:
    found = compare(store)
    assert found.quantity == "absorbed dose"
    assert [p.quantity for p in found.pairs].count("total absorbed dose per VOI") == 5
    assert all(p.unit == ("Gy/s" if "rate" in p.quantity else "Gy") for p in found.pairs)


def test_a_class_that_the_ontology_lacks_is_a_clear_error(store: ontomedirad.Store) -> None:
    with pytest.raises(UnknownTerm, match="has no class"):
        compare(store, "om:no_such_dose")


def test_another_way_is_a_clear_error(store: ontomedirad.Store) -> None:
    with pytest.raises(ParameterError, match="expected one of workflow"):
        compare(store, by="colour")


def test_the_plot_shows_each_pair(store: ontomedirad.Store) -> None:
    pytest.importorskip("matplotlib")
    found = compare(store, "om:total_absorbed_dose_per_VOI")
    (axes,) = found.plot().axes
    offsets = axes.collections[0].get_offsets()
    assert sorted(map(tuple, offsets)) == sorted((p.mean, p.difference) for p in found.pairs)
    assert len(axes.lines) == 3
