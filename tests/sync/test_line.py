"""The line itself: what is carried along, what is kept, and how it is let go of."""

import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx2

from sync.odoo.wire.errors import Family
from sync.odoo.wire.session import Server, Session
from tests.sync.doors import error_of


def test_no_cookie_of_the_server_is_carried_along() -> None:
    seen: list[str | None] = []

    class Hall(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            seen.append(self.headers.get("cookie"))
            self._say(b"1")

        def do_GET(self) -> None:
            self._say(b'{"version_info": [19, 0], "version": "19.0"}')

        def _say(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Set-Cookie", "session_id=abc; Path=/")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    with served(Hall) as url, Session(Server(url, "ward", "key")) as session:
        session.call("res.users", "context_get")

    assert seen == [None]


def test_the_line_is_kept_where_the_server_keeps_it() -> None:
    """Behind a proxy: a handshake for each call would cost more than the call."""
    lines: set[tuple[str, int]] = set()

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._say(b'{"version_info": [19, 0], "version": "19.0"}')

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self._say(b"1")

        def _say(self, body: bytes) -> None:
            lines.add(self.client_address)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    with served(Proxy) as url, Session(Server(url, "ward", "key")) as session:
        for _ in range(3):
            session.call("res.users", "context_get")

    assert len(lines) == 1


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_waiting_call_can_be_left() -> None:
    """A server that never answers does not keep the app from closing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(f"http://127.0.0.1:{listener.getsockname()[1]}", "ward", "key")
        with Session(server) as session:
            ended: list[Any] = []
            thread = threading.Thread(target=lambda: ended.append(error_of(session)))
            thread.start()
            connection, _ = listener.accept()
            with connection:
                connection.recv(1)
                session.abandon()
                thread.join(timeout=10)

            assert [error.family for error in ended] == [Family.TRANSIENT_UNKNOWN]
            assert error_of(session).family is Family.NOT_REACHED


def nameless() -> ssl.SSLContext:
    """TLS without any certificate, as neither side asks for one: for tests only."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # TLS 1.2 is the last that can
        context = ssl.SSLContext(ssl.PROTOCOL_TLS)
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("AECDH-AES256-SHA:@SECLEVEL=0")
    return context


def test_a_waiting_call_over_tls_can_be_left() -> None:
    """What is read from is another socket than the one that was connected."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(f"https://127.0.0.1:{listener.getsockname()[1]}", "ward", "key")
        with Session(server, httpx2.Client(verify=nameless(), timeout=60)) as session:
            ended: list[Any] = []
            thread = threading.Thread(target=lambda: ended.append(error_of(session)))
            thread.start()
            connection, _ = listener.accept()
            with nameless().wrap_socket(connection, server_side=True) as wire:
                wire.recv(1)
                session.abandon()
                thread.join(timeout=10)

            assert [error.family for error in ended] == [Family.TRANSIENT_UNKNOWN]


def test_a_real_refused_port_is_not_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with Session(Server(f"http://127.0.0.1:{port}", "ward", "key")) as session:
        error = error_of(session)

    assert error.family is Family.NOT_REACHED
