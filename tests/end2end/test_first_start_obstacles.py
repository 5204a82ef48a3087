"""What can be in the way of a first start, met for real on this machine: each has its own sentence and a way out."""

import shutil
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from client.beginning import Beginning
from client.obstacle import Obstacle, lacking, obstacle
from client.settings import Profile
from client.words import first_start as words
from client.work.site.invitation import Invitation
from sync.clock import Clock
from sync.errors import WardstockError
from sync.keys.places import Place
from sync.odoo.probe import NEEDED_MODULES
from sync.practice.server import PracticeWard

KEY = "any-key-will-do-here"


class _Page(BaseHTTPRequestHandler):
    """A web server that is no Odoo: what it answers is its server's `page`."""

    def do_GET(self) -> None:
        status, headers, body = self.server.page  # type: ignore[attr-defined]  # set below
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@contextmanager
def served(page: tuple[int, dict[str, str], bytes], certificate: Path | None = None) -> Iterator[str]:
    """The address of a server of this machine, without its scheme."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    server.page = page  # type: ignore[attr-defined]  # read above
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a broken handshake is the point
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def certificate(path: Path, ends: datetime) -> Path:
    """A certificate nobody signed but itself, for this machine's address."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "odoo")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(ends - timedelta(days=30))
        .not_valid_after(ends)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path


def met(tmp_path: Path, said: Invitation, clock: Clock | None = None) -> Obstacle:
    """What is in the way where a device is sent there."""
    on = Beginning(Profile(tmp_path / "device", Place.FILE), clock or Clock())
    on.invite(said)
    try:
        found = on.test()
    except WardstockError as error:
        return obstacle(error, said, on.clock.now())
    (one,) = lacking(found)
    return one


def told(one: Obstacle) -> str:
    return " ".join(words.failed(one.code, one.facts))


PAGE = (200, {"Content-Type": "text/html"}, b"<html>Welcome</html>")


def test_a_server_that_speaks_no_https_gets_nothing(tmp_path: Path) -> None:
    with served(PAGE) as host:
        one = met(tmp_path, Invitation(f"https://{host}", "x", key=KEY))

    assert one.code == "no_tls"
    assert f"{host} does not speak https" in told(one)


def test_a_certificate_nobody_vouches_for_says_who_installs_it(tmp_path: Path) -> None:
    made = certificate(tmp_path / "one.pem", datetime.now(UTC) + timedelta(days=9))
    with served(PAGE, made) as host:
        one = met(tmp_path, Invitation(f"https://{host}", "x", key=KEY))

    assert one.code == "certificate_refused"
    assert "installs the hospital's certificate" in told(one)
    assert "self-signed" in told(one)


def test_a_certificate_out_of_time_asks_for_the_device_s_own_date_first() -> None:
    """A trusted one out of time is said so by the system; an untrusted one is refused for that before."""
    error = WardstockError("certificate_refused", message="certificate verify failed: certificate has expired")
    one = obstacle(error, Invitation("https://odoo.example"), datetime(2021, 1, 1, tzinfo=UTC))

    assert one.code == "certificate_clock"
    assert "here it is 2021-01-01" in told(one)


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (PAGE, "not_an_odoo"),
        ((404, {"Content-Type": "text/html"}, b"nothing here"), "not_an_odoo"),
        ((301, {"Location": "https://elsewhere.example/"}, b""), "redirected"),
        ((503, {"Content-Type": "text/html"}, b"restarting"), "unanswered"),
    ],
)
def test_what_is_no_odoo_is_called_so(tmp_path: Path, page: tuple[int, dict[str, str], bytes], code: str) -> None:
    with served(page) as host:
        one = met(tmp_path, Invitation(f"http://{host}", "x", key=KEY))

    assert one.code == code
    assert host in told(one) or code == "unanswered"


def test_odoo_17_asks_whose_key_it_is_and_says_when_the_two_do_not_fit(tmp_path: Path) -> None:
    with PracticeWard(0, 17) as ward:
        said = Invitation(ward.url, ward.database, key=ward.keys["storekeeper"])
        assert met(tmp_path, said).code == "login_needed"
        assert met(tmp_path, replace(said, login="stockmanager")).code == "login_wrong"


@pytest.mark.parametrize("version", [17, 19])
def test_a_wrong_database_is_no_other_trouble(tmp_path: Path, version: int) -> None:
    with PracticeWard(0, version) as ward:
        one = met(tmp_path, Invitation(ward.url, "hospital", login="storekeeper", key=ward.keys["storekeeper"]))

    assert one.code == "unknown_database"
    assert "has no database hospital" in told(one)


def test_rights_that_lack_are_named_with_the_menu_in_odoo(tmp_path: Path) -> None:
    with PracticeWard(0) as ward:
        one = met(tmp_path, Invitation(ward.url, ward.database, key=ward.keys["plain"]))

    assert "In Odoo: Settings, Users, Paul Plain: under Inventory choose User" in told(one)


@pytest.mark.parametrize(
    "lacks", ["no_stock_rights", "company_not_allowed", *(f"module_{name}" for name in NEEDED_MODULES)]
)
def test_all_that_can_be_missing_in_odoo_has_its_sentence_and_where_to_mend_it(lacks: str) -> None:
    assert "In Odoo: " in told(Obstacle(lacks, {"name": "Paul Plain"}))


def test_a_clock_far_off_is_told_in_minutes_and_stops_nobody(tmp_path: Path) -> None:
    ahead = timedelta(minutes=47)
    with PracticeWard(0, now=lambda: datetime.now(UTC)) as ward:
        on = Beginning(Profile(tmp_path / "device", Place.FILE), _Ahead(ahead))
        on.invite(Invitation(ward.url, ward.database, key=ward.keys["storekeeper"]))
        found = on.test()

    assert abs(found.clock_off - ahead) < timedelta(minutes=1)
    assert found.facts.missing == ()


class _Ahead(Clock):
    def __init__(self, by: timedelta) -> None:
        super().__init__()
        object.__setattr__(self, "by", by)

    def now(self) -> datetime:
        return super().now() + self.by  # type: ignore[attr-defined,no-any-return]  # set above


def test_a_disk_that_is_nearly_full_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=12_000_000))
    on = Beginning(Profile(tmp_path / "device", Place.FILE), Clock())

    with pytest.raises(WardstockError) as raised:
        on.keep()
    assert told(obstacle(raised.value, Invitation(), datetime.now(UTC))).startswith("Only 12 MB are free")
    assert not (tmp_path / "device").exists()


def test_what_the_first_start_has_no_sentence_for_is_said_as_everywhere() -> None:
    one = obstacle(WardstockError("unit_just_made"), Invitation(), datetime.now(UTC))

    assert told(one).strip() == "A unit was made in Odoo while we pulled. Pull again."
