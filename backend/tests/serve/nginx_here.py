"""nginx with the files of nginx/, on this machine: only ports, folders and the web process are other ones."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from serve.places import ROOT
from tests.core.odd_server import free_port

TLS = Path(__file__).parents[1] / "core" / "tls"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SETTINGS = {
    "RECTO_REQUESTS_PER_SECOND": "1",
    "RECTO_SEARCHES_PER_MINUTE": "1",
    "RECTO_SIGN_INS_PER_MINUTE": "1",
    "RECTO_CONNECTIONS": "20",
    "RECTO_PUBLIC_PLACE": ":8443",
}
PICTURE = b"RIFFxxxxWEBP"
# Whoever asks here says which address is asking; and a second server tells who that is to the limits.
PLAYED = """
set_real_ip_from 127.0.0.1;
real_ip_header X-Played-Address;
server {{ listen 127.0.0.1:{port}; location / {{ access_log off; return 200 $client; }} }}
"""


@dataclass
class Front:
    """Asks as a visitor of that address does, in one connection."""

    port: int
    port_of_clients: int
    port_without_tls: int
    folder: Path
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        self.connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=context)

    def ask(
        self, path: str, *, address: str = "203.0.113.7", method: str = "GET"
    ) -> http.client.HTTPResponse:
        """The answer, with its body in `said`."""
        self.connection.request(method, path, headers={"X-Played-Address": address})
        response = self.connection.getresponse()
        response.said = response.read()  # type: ignore[attr-defined]
        return response

    def client(self, address: str) -> bytes:
        """Whom the limits take this address for."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port_of_clients, timeout=20)
        connection.request("GET", "/", headers={"X-Played-Address": address})
        said = connection.getresponse().read()
        connection.close()
        return said

    def redirected(self, path: str) -> str | None:
        """Where HTTP without TLS leads."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port_without_tls, timeout=20)
        connection.request("GET", path, headers={"Host": "recto.example.org"})
        leads_to = connection.getresponse().headers["Location"]
        connection.close()
        return leads_to

    def logged(self) -> list[dict[str, Any]]:
        """The lines of the log, whole once nginx has ended: one is written after its answer was sent."""
        return [json.loads(line) for line in (self.folder / "access.log").read_text().splitlines()]


@contextmanager
def nginx_here(
    folder: Path, *, headers: Mapping[str, str], name_server: int | None = None
) -> Iterator[Front]:
    """In front of a web process that says `headers` of everything, and has nginx send pictures.

    With the port of a `name_server`, that is asked where the web process is.
    """
    front = Front(free_port(), free_port(), free_port(), folder)
    with _web(headers) as web:
        _write_files(front, web, name_server)
        program = [str(NGINX), "-c", str(folder / "nginx.conf"), "-e", "stderr", "-g", "daemon off;"]
        with subprocess.Popen(program) as process:
            try:
                _wait_until_it_answers(front, process)
                yield front
            finally:
                front.connection.close()
                process.terminate()


def _write_files(front: Front, web: int, name_server: int | None) -> None:
    place = f"127.0.0.1:{web}" if name_server is None else f"web.test:{web}"
    settings = SETTINGS | {"RECTO_RESOLVER": f"127.0.0.1:{name_server or 53}"}
    folder = front.folder
    picture = folder / "processed" / "derivatives" / "a.webp"
    for path in (picture.parent, folder / "conf"):
        path.mkdir(parents=True)
    picture.write_bytes(PICTURE)
    whole = (ROOT / "nginx" / "nginx.conf").read_text()
    user = "user root;\n" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(user + _moved(whole, front, place))
    for template in (ROOT / "nginx" / "templates").iterdir():
        text = re.sub(r"\${(RECTO_\w+)}", lambda name: settings.get(name[1], "1m"), template.read_text())
        (folder / "conf" / template.name).write_text(_moved(text, front, place))
    (folder / "conf" / "played.conf").write_text(PLAYED.format(port=front.port_of_clients))


def _moved(text: str, front: Front, web: str) -> str:
    """Without Brotli, which is a module of its own, and without IPv6, which not every machine has."""
    text = re.sub(r"(?m)^\s*(?:load_module|brotli_static|listen \[::\]).*\n", "", text)
    others = {
        "/tmp/nginx": str(front.folder),
        "/dev/stdout": str(front.folder / "access.log"),
        "include mime.types": "include /etc/nginx/mime.types",
        "listen 8080": f"listen 127.0.0.1:{front.port_without_tls}",
        "listen 8443": f"listen 127.0.0.1:{front.port}",
        "/etc/nginx/tls/fullchain.pem": str(TLS / "server.crt"),
        "/etc/nginx/tls/privkey.pem": str(TLS / "server.key"),
        "/srv/page": str(ROOT / "nginx"),
        "/data/processed": str(front.folder / "processed"),
        "http://web:8000": f"http://{web}",
    }
    for here, there in others.items():
        text = text.replace(here, there)
    return text


@contextmanager
def _web(headers: Mapping[str, str]) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            for name, value in headers.items():
                self.send_header(name, value)
            if self.path.startswith("/media/"):
                self.send_header("X-Accel-Redirect", "/accel/derivatives/a.webp")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def _wait_until_it_answers(front: Front, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "nginx ended: its configuration is wrong"
        try:
            front.client("203.0.113.1")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx has not answered for ten seconds")
