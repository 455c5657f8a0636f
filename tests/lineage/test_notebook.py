"""Notebooks show things, not objects; the example notebook runs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import ontomedirad
from ontomedirad import open_store
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.report import Finding, Level, Place, Report

NOTEBOOK = Path(__file__).resolve().parents[2] / "examples/descriptor_to_explanation.ipynb"


@pytest.mark.filterwarnings("ignore")
def test_the_example_notebook_runs_and_shows_what_it_made() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "outputs are made, not kept"
    asyncio.run(NotebookClient(notebook, timeout=300, kernel_name="python3").async_execute())
    shown = [o.get("data", {}) for cell in notebook.cells for o in cell.get("outputs", ())]
    pictures = [data["image/svg+xml"] for data in shown if "image/svg+xml" in data]
    tables = [data["text/html"] for data in shown if "text/html" in data]
    assert len(pictures) == 1
    assert "Thyroid gland" in pictures[0]
    assert any("Thyroid gland" in table for table in tables)
    assert any("conforms" in table for table in tables)
    assert any("rest on this" in table for table in tables)


def test_nothing_of_a_source_is_markup_in_a_notebook() -> None:
    hostile = "<script>alert(1)</script>"
    report = Report((Finding(Level.must, "X", hostile, Place(file=hostile), hostile),), hostile)
    assert "<script" not in report._repr_html_()
    model = example_descriptor(hostile)
    translation = ontomedirad.translate(model, name=hostile)
    assert "<script" not in translation._repr_html_()
    with open_store(":memory:") as store:
        store.put(translation, by=hostile)
        assert "<script" not in store.log()._repr_html_()
        (graph,) = store.graphs()
        assert "<script" not in store.impact(graph)._repr_html_()
        assert "<script" not in store.query("absorbed-doses")._repr_html_()
