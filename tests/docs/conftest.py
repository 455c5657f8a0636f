from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ontomedirad.demo import run_demo

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docs"))


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `ontomedirad demo` makes, made once."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    for _ in run_demo(folder):
        pass
    return folder


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, as a reader of the pages has one."""
    for name in ("ONTOMEDIRAD_STORE", "ONTOMEDIRAD_BASE", "ONTOMEDIRAD_SECRET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.chdir(tmp_path)
    return tmp_path
