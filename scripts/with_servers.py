"""Run a command beside real SPARQL servers on loopback; they are fetched, started, and stopped by id.

    python scripts/with_servers.py COMMAND...

The Oxigraph server is a package of the Python index (extra `servers`); Apache Jena Fuseki comes
from Maven Central and needs Java 17 and Maven. The command finds the addresses in
ONTOMEDIRAD_TEST_SERVERS, JSON by name of the server.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

FUSEKI = "org.apache.jena:jena-fuseki-server:5.2.0"
CACHE = Path(__file__).resolve().parents[1] / ".servers"
USER, PASSWORD = "tester", "for-tests-on-loopback"
PATIENCE = 60.0
DATA_SETS = ("memory", "disk", "union", "readonly", "guarded")

CONFIG = """\
PREFIX : <#>
PREFIX fuseki: <http://jena.apache.org/fuseki#>
PREFIX ja: <http://jena.hpl.hp.com/2005/11/Assembler#>
PREFIX tdb2: <http://jena.apache.org/2016/tdb#>

:memory a fuseki:Service ; fuseki:name "memory" ; fuseki:dataset [ a ja:MemoryDataset ] ;
    fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ] ,
        [ fuseki:operation fuseki:update ; fuseki:name "update" ] .
:disk a fuseki:Service ; fuseki:name "disk" ;
    fuseki:dataset [ a tdb2:DatasetTDB2 ; tdb2:location "DISK" ] ;
    fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ] ,
        [ fuseki:operation fuseki:update ; fuseki:name "update" ] .
:union a fuseki:Service ; fuseki:name "union" ;
    fuseki:dataset [ a tdb2:DatasetTDB2 ; tdb2:location "UNION" ; tdb2:unionDefaultGraph true ] ;
    fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ] ,
        [ fuseki:operation fuseki:update ; fuseki:name "update" ] .
:readonly a fuseki:Service ; fuseki:name "readonly" ; fuseki:dataset [ a ja:MemoryDataset ] ;
    fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ] .
:guarded a fuseki:Service ; fuseki:name "guarded" ; fuseki:allowedUsers "USER" ;
    fuseki:dataset [ a ja:MemoryDataset ] ;
    fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ] ,
        [ fuseki:operation fuseki:update ; fuseki:name "update" ] .
"""


def main(command: list[str]) -> int:
    """Start the servers, run the command, stop the servers."""
    if not command:
        raise SystemExit(__doc__)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="servers-")))
        oxigraph = [str(Path(sys.executable).with_name("oxigraph")), "serve", "--bind"]
        plain, union, fuseki = (f"127.0.0.1:{free_port()}" for _ in range(3))
        stack.enter_context(running([*oxigraph, plain, "--location", str(folder / "oxigraph")], plain))
        stack.enter_context(running([*oxigraph, union, "--union-default-graph"], union))
        stack.enter_context(running(fuseki_command(folder, fuseki), fuseki))
        addresses = {
            "oxigraph": f"http://{plain}",
            "oxigraph-union": f"http://{union}",
            **{f"fuseki-{n}": f"http://{fuseki}/{n}" for n in DATA_SETS},
        }
        said = {"addresses": addresses, "user": USER, "password": PASSWORD}
        environment = os.environ | {"ONTOMEDIRAD_TEST_SERVERS": json.dumps(said)}
        return subprocess.run(command, env=environment, check=False).returncode


def fuseki_command(folder: Path, address: str) -> list[str]:
    """How Fuseki is started, with its data sets in `folder`."""
    jar = fetched_fuseki()
    config, passwords = folder / "fuseki.ttl", folder / "passwords"
    text = CONFIG.replace("DISK", str(folder / "disk")).replace("UNION", str(folder / "union"))
    config.write_text(text.replace("USER", USER), "utf-8")
    passwords.write_text(f"{USER}: {PASSWORD}\n", "utf-8")
    port = address.rpartition(":")[2]
    options = [f"--config={config}", f"--passwd={passwords}", "--auth=basic", "--localhost", "--ping"]
    return ["java", "-Xmx2g", "-jar", str(jar), *options, "--port", port]


def fetched_fuseki() -> Path:
    """The server's jar, from Maven's central repository the first time."""
    _, name, version = FUSEKI.split(":")
    jar = CACHE / f"{name}-{version}.jar"
    if not jar.exists():
        if not (maven := shutil.which("mvn")):
            raise SystemExit("Maven is needed to fetch Fuseki: install it, or put the jar into .servers/")
        goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
        subprocess.run(
            [maven, "-q", "-B", goal, f"-Dartifact={FUSEKI}", f"-DoutputDirectory={CACHE}"], check=True
        )
    return jar


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(command: list[str], address: str) -> Iterator[None]:
    """A server while the block runs; ended by its process id."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(process, f"http://{address}/")
            yield
        except TimeoutError:
            log.seek(0)
            sys.stderr.write(log.read()[-4000:].decode("utf-8", "replace"))
            raise
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(process: subprocess.Popen[bytes], url: str) -> None:
    """Return once something answers at `url`; TimeoutError when the process ends or nothing does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"{url}: no server answers")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
