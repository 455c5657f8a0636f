"""No input whatever gives a traceback: one clear error, in bounded time and memory, nothing written."""

from __future__ import annotations

import gzip
import http.server
import io
import json
import os
import threading
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

import ontomedirad
from ontomedirad.cli import run
from ontomedirad.descriptor import NonDicomFileSetDescriptor, read, to_xml
from ontomedirad.descriptor.read import MAX_BYTES
from ontomedirad.errors import NotConforming, OntomediradError, SourceError

SECRET = "MARKER-7731"
XML = b"<?xml version='1.0' encoding='UTF-8'?>"
MEGA = 1024 * 1024
SECONDS = 20.0
"""Far more than any of these takes."""


def laughs(use: str) -> bytes:
    rows = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    return f'<!DOCTYPE l [<!ENTITY e0 "{SECRET}">{rows}]>{use}'.encode()


def quadratic(use: str) -> bytes:
    return f'<!DOCTYPE l [<!ENTITY e "{"x" * 50_000}">]>{use.replace("&e;", "&e;" * 50_000)}'.encode()


def packed(content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("descriptor.xml", content)
    return held.getvalue()


HOSTILE = {
    "billion laughs": laughs("<l>&e11;</l>"),
    "billion laughs in an attribute": laughs('<l a="&e11;"/>'),
    "quadratic blowup": quadratic("<l>&e;</l>"),
    "quadratic blowup in an attribute": quadratic('<l a="&e;"/>'),
    "DOCTYPE": b"<!DOCTYPE NonDicomFileSetDescriptor><NonDicomFileSetDescriptor/>",
    "DOCTYPE with a system identifier": b'<!DOCTYPE l SYSTEM "file:///dev/zero"><l/>',
    "entity that is defined": b'<!DOCTYPE l [<!ENTITY a "b">]><l>&a;</l>',
    "entity that is not": f"<l>&{SECRET};</l>".encode(),
    "50 MB deep": b"<a>" * (50 * MEGA // 3),
    "30 MB deep": b"<a>" * (30 * MEGA // 3),
    "a thousand deep, closed": b"<a>" * 1000 + b"</a>" * 1000,
    "50 MB of text": b"<a>" + b"x" * (50 * MEGA) + b"</a>",
    "12 MB of text": b"<a>" + b"x" * (12 * MEGA) + b"</a>",
    "12 MB of attribute": b"<a b='" + b"x" * (12 * MEGA) + b"'/>",
    "12 MB of comment": b"<a><!--" + b"x" * (12 * MEGA) + b"--></a>",
    "33 MB": b"<a>" + b"<b/>" * (33 * MEGA // 4) + b"</a>",
    "more than a million elements": b"<a>" + b"<b/>" * 1_000_001 + b"</a>",
    "name of 60,000 letters": b"<" + b"n" * 60_000 + b"/>",
    "declared UTF-8, is Latin-1": XML + b"<a>M\xe9decin</a>",
    "declared UTF-16, is UTF-8": b"<?xml version='1.0' encoding='UTF-16'?><a/>",
    "UTF-16 without mark or declaration": "<a/>".encode("utf-16-le"),
    "unknown encoding": f"<?xml version='1.0' encoding='{SECRET}'?><a/>".encode(),
    "NUL bytes": b"\0" * 100,
    "a NUL inside": b"<a>\0</a>",
    "empty": b"",
    "white space": b" \t\r\n" * 10,
    "a mark only": b"\xef\xbb\xbf",
    "gzip": gzip.compress(b"<a/>"),
    "zip": packed(b"<a/>"),
    "JSON": json.dumps({"PatientId": SECRET}).encode(),
    "PNG": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "PDF": b"%PDF-1.7\n",
    "HTML": f"<!DOCTYPE html><html><body><p>{SECRET}<br></body></html>".encode(),
    "HTML that is no XML": f"<html><body><p>{SECRET}<br></body></html>".encode(),
    "wrong end tag": f"<a>John <{SECRET}></a>".encode(),
    "attribute without value": f"<a {SECRET}/>".encode(),
    "attribute twice": f"<a {SECRET}='1' {SECRET}='2'/>".encode(),
    "prefix without namespace": f"<{SECRET}:a/>".encode(),
    "lone ampersand": f"<a>{SECRET} & Co</a>".encode(),
    "two roots": f"<a/><{SECRET}/>".encode(),
    "text after the root": f"<a/>{SECRET}".encode(),
    "declaration in the middle": b"\n" + XML + b"<a/>",
    "XML 2.0": b"<?xml version='2.0'?><a/>",
    "forbidden reference": b"<a>&#0;</a>",
}


@pytest.fixture
def content(example: NonDicomFileSetDescriptor) -> bytes:
    return to_xml(example)


def refused(source: object) -> SourceError:
    """The one clear error that a source gives, for what validates and what translates alike."""
    started = time.monotonic()
    with pytest.raises(SourceError) as caught:
        ontomedirad.validate(source)  # type: ignore[arg-type]
    with pytest.raises(SourceError):
        ontomedirad.translate(source)  # type: ignore[arg-type]
    assert time.monotonic() - started < SECONDS
    message = str(caught.value)
    assert 10 < len(message) <= 300
    assert SECRET not in message
    assert "\n" not in message
    return caught.value


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_content_is_one_clear_error(name: str) -> None:
    refused(HOSTILE[name])


@pytest.mark.parametrize("name", ["12 MB of text", "33 MB", "more than a million elements", "billion laughs"])
def test_memory_stays_bounded(name: str) -> None:
    source = HOSTILE[name]
    tracemalloc.start()
    try:
        refused(source)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * MAX_BYTES


def test_gzip_says_what_to_do() -> None:
    assert "gzip" in str(refused(gzip.compress(b"<a/>")))


def test_a_text_that_is_too_long_for_a_word_is_not_compared(content: bytes) -> None:
    """Looking for the nearest organ of 9 MB of text once took half a gigabyte."""
    huge = content.replace(b">thyroid<", b">" + b"ab" * (4 * MEGA) + b"<", 1)
    tracemalloc.start()
    try:
        report = ontomedirad.validate(huge)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [f.code for f in report] == ["xsd-value"]
    assert peak < 4 * MAX_BYTES


def test_an_integer_of_a_million_digits_is_read(content: bytes) -> None:
    started = time.monotonic()
    huge = content.replace(b"Value>6<", b"Value>" + b"7" * MEGA + b"<", 1)
    assert [f.code for f in ontomedirad.validate(huge, level="should")] == ["R16"]
    assert time.monotonic() - started < SECONDS


def test_truncated_at_every_thousandth_byte(content: bytes) -> None:
    for end in range(0, len(content) - 2, 1000):
        refused(content[:end])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "iso-8859-1", "us-ascii"])
def test_every_declared_encoding_is_read_right(example: NonDicomFileSetDescriptor, encoding: str) -> None:
    example.patient_id = "PÅT-7" if encoding != "us-ascii" else "PAT-7"
    said = encoding.replace("-sig", "")
    text = to_xml(example).decode().replace("'UTF-8'", f"'{said}'")
    again = read(text.encode(encoding)).root
    assert again == example


def test_a_text_that_starts_with_a_byte_order_mark_needs_no_declaration(content: bytes) -> None:
    text = content.decode().partition("?>")[2]
    for encoding in ("utf-8-sig", "utf-16"):
        assert ontomedirad.validate(text.encode(encoding)).conforms()


# --- nothing is fetched ---------------------------------------------------------------------


@pytest.fixture
def revealing(tmp_path: Path) -> Path:
    """A file that shows itself in whatever would include it."""
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


class Fetched(http.server.BaseHTTPRequestHandler):
    """Notes that somebody asked."""

    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<!ENTITY a 'b'>")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing to standard error."""


@pytest.fixture
def server() -> Iterator[str]:
    Fetched.asked.clear()
    with http.server.HTTPServer(("127.0.0.1", 0), Fetched) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


EXTERNAL = {
    "entity": '<!DOCTYPE l [<!ENTITY a SYSTEM "{}">]><l>&a;</l>',
    "entity in an attribute": '<!DOCTYPE l [<!ENTITY a SYSTEM "{}">]><l b="&a;"/>',
    "parameter entity": '<!DOCTYPE l [<!ENTITY % a SYSTEM "{}">%a;]><l/>',
    "nested parameter entity": "<!DOCTYPE l [<!ENTITY % a \"<!ENTITY b SYSTEM '{}'>\">%a;]><l>&b;</l>",
    "document type": '<!DOCTYPE l SYSTEM "{}"><l/>',
    "public document type": '<!DOCTYPE l PUBLIC "-//X//EN" "{}"><l/>',
    "unparsed entity": '<!DOCTYPE l [<!NOTATION n SYSTEM "{0}"><!ENTITY a SYSTEM "{0}" NDATA n>]><l/>',
}


@pytest.mark.parametrize("name", EXTERNAL)
def test_external_parts_are_refused_and_not_fetched(name: str, revealing: Path, server: str) -> None:
    refused(EXTERNAL[name].format(revealing.as_uri()).encode())
    refused(EXTERNAL[name].format(f"{server}/{SECRET}").encode())
    assert Fetched.asked == []


@pytest.mark.parametrize(
    "part",
    [
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="{}"/>',
        '<?xml-stylesheet href="{}"?>',
        '<?xml-model href="{}"?>',
    ],
)
def test_inclusions_and_instructions_are_not_followed(
    part: str, content: bytes, revealing: Path, server: str
) -> None:
    for where in (revealing.as_uri(), f"{server}/x"):
        text = content.decode().replace("DEMO-7F3A<", f"DEMO-7F3A{part.format(where)}<")
        assert read(text.encode()).root.patient_id == "DEMO-7F3A"
        assert SECRET not in ontomedirad.validate(text.encode(), level="may").to_json()
    assert Fetched.asked == []


@pytest.mark.parametrize("attribute", ["schemaLocation", "noNamespaceSchemaLocation"])
@pytest.mark.parametrize("valid", [True, False])
def test_schema_locations_are_not_followed(
    attribute: str, valid: bool, content: bytes, revealing: Path, server: str
) -> None:
    for where in (revealing.as_uri(), f"{server}/x.xsd"):
        value = f"urn:other {where} https://www.irdbb-medirad.com {where}" if attribute[0] == "s" else where
        head = (
            f'<irdbb:PatientId xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:{attribute}="{value}">'
        )
        text = content.decode().replace("<irdbb:PatientId>", head if valid else head + "<irdbb:no/>")
        assert ontomedirad.validate(text.encode()).conforms() is valid
    assert Fetched.asked == []


# --- sources that are no content ------------------------------------------------------------


def test_paths_that_hold_nothing_to_read(tmp_path: Path, content: bytes) -> None:
    assert "folder" in str(refused(tmp_path))
    assert "does not exist" in str(refused(tmp_path / "none.xml"))
    assert "not a file" in str(refused(""))
    refused("bad\0name.xml")
    refused("x" * 5000)
    file = tmp_path / "as-a-folder.xml"
    file.write_bytes(content)
    refused(file / "descriptor.xml")


def test_a_text_that_holds_xml_is_a_path_and_is_not_repeated(content: bytes) -> None:
    """Its whole content once stood in the message."""
    for text in (content.decode(), "<a>MARKER-7731</a>", "\n<a>MARKER-7731</a>"):
        assert "this path" in str(refused(text))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless file here")
def test_an_endless_file_is_too_large() -> None:
    assert "larger than 32 MB" in str(refused(Path("/dev/zero")))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="every file is open to this user")
def test_a_file_without_permission(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "closed.xml"
    path.write_bytes(content)
    path.chmod(0)
    refused(path)


def test_a_file_larger_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert "larger than 32 MB" in str(refused(path))


class Drip(io.RawIOBase):
    """A stream that gives seven bytes at a time, as a socket may."""

    def __init__(self, content: bytes) -> None:
        self.held = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self.held.read(min(7, size) if size >= 0 else 7)


class Failing(io.RawIOBase):
    """A stream that breaks off."""

    def read(self, size: int = -1) -> bytes:
        raise OSError(5, "Input/output error")


def test_open_files(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "d.xml"
    path.write_bytes(content)
    with path.open("rb") as file:
        assert ontomedirad.validate(file).conforms()
    assert "closed" in str(refused(file))
    with path.open("rb", buffering=0) as file:
        assert ontomedirad.validate(file).conforms()
    with path.open("r", encoding="utf-8") as text:
        assert "binary" in str(refused(text))
    with path.open("ab") as writing:
        refused(writing)
    path.write_bytes(content.replace(b"DEMO", b"D\xc9MO"))
    with path.open("r", encoding="utf-8") as text:
        refused(text)
    assert "is open as text" in str(refused(io.StringIO("<a/>")))
    refused(Failing())


def test_a_stream_that_gives_portions_is_read_to_its_end(content: bytes) -> None:
    """Only its first portion was read once."""
    assert ontomedirad.validate(Drip(content)).conforms()


@pytest.mark.parametrize(
    "source",
    [None, 7, [], {}, object(), bytearray(b"<a/>"), etree.Comment("x"), etree.PI("x"), etree.ElementTree()],
)
def test_what_is_no_source_at_all(source: object) -> None:
    refused(source)


def test_a_tree_with_a_doctype_is_refused_like_a_file() -> None:
    tree = etree.fromstring(
        f'<!DOCTYPE l [<!ENTITY a "{SECRET}">]><l>&a;</l>', etree.XMLParser(resolve_entities=False)
    )
    refused(tree)
    refused(tree.getroottree())


def test_a_tree_is_left_as_it_was(content: bytes) -> None:
    tree = etree.fromstring(content)
    before = etree.tostring(tree)
    assert ontomedirad.validate(tree).conforms()
    assert ontomedirad.validate(tree.getroottree()).conforms()
    assert etree.tostring(tree) == before


def test_a_descriptor_inside_another_document(content: bytes) -> None:
    box = etree.fromstring("<box>a</box>")
    box.append(etree.fromstring(content))
    box[0].tail = "tail"
    alone = etree.fromstring(content)
    assert read(box[0]).source_hash == read(alone).source_hash
    assert ontomedirad.validate(box[0]).conforms()


# --- the command line -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["billion laughs", "empty", "gzip", "JSON", "12 MB of text", "wrong end tag"]
)
def test_the_command_line_ends_with_2_where_nothing_can_be_read(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, output = tmp_path / "d.xml", tmp_path / "out.nq"
    path.write_bytes(HOSTILE[name])
    assert run(["validate", str(path)]) == 2
    assert run(["translate", str(path), "-o", str(output)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: ")
    assert "Traceback" not in said.err
    assert SECRET not in said.err
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("wrong", [b"<html/>", b"<PatientId/>"])
def test_the_command_line_ends_with_1_where_it_is_no_descriptor(
    wrong: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, output = tmp_path / "d.xml", tmp_path / "out.nq"
    path.write_bytes(wrong)
    assert run(["validate", str(path)]) == 1
    assert run(["translate", str(path), "-o", str(output)]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [path]


def test_the_command_line_writes_nothing_of_what_the_schema_refuses(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path, output = tmp_path / "d.xml", tmp_path / "out.nq"
    path.write_bytes(content.replace(b"kilogram<", b"kg<", 1))
    assert run(["translate", str(path), "-o", str(output)]) == 1
    assert "[xsd-value]" in capsys.readouterr().err
    assert not output.exists()


def test_the_command_line_says_of_missing_files_and_empty_folders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["validate", str(tmp_path / "none.xml")]) == 2
    assert run(["validate", str(tmp_path)]) == 2
    assert run(["translate", str(tmp_path / "none.xml"), "-o", str(tmp_path / "out.nq")]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_is_well_formed_and_no_descriptor_does_not_conform() -> None:
    assert [f.code for f in ontomedirad.validate(b"<html/>")] == ["xsd-root"]
    with pytest.raises(NotConforming) as caught:
        ontomedirad.translate(b"<html/>")
    assert isinstance(caught.value, OntomediradError)
    assert caught.value.exit_code == 1
