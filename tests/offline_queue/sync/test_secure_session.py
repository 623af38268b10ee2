"""TLS on the loopback: own authority, a pinned key, a proxy that does not answer for the backend."""

import datetime
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from offline_queue.sync.exchange import Bounds, TransportFailedError, exchange
from offline_queue.sync.messages import SyncRequest, TransportTrouble
from offline_queue.sync.secure_session import secure_session, spki_pin


@dataclass
class TlsServer:
    url: str
    certificate: Path
    pin: str
    seen: list[str]


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.server.seen.append(self.path)
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        pass


def certificate(folder: Path) -> tuple[Path, Path, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "backend")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "backend.pem", folder / "backend.key"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return *files, made.public_bytes(serialization.Encoding.DER)


@pytest.fixture
def tls(tmp_path: Path) -> Iterator[TlsServer]:
    pem, key, der = certificate(tmp_path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.seen = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield TlsServer(
        f"https://127.0.0.1:{server.server_address[1]}", pem, spki_pin(der), server.seen
    )
    server.shutdown()
    thread.join()
    server.server_close()


def call(url: str, **trust: object) -> int:
    request = SyncRequest(path="/terminal/v1/payments", body=b"{}")
    with secure_session(**trust) as session:
        return exchange(session, url, request, Bounds(), lambda: 0.0).status_code


def trouble(url: str, **trust: object) -> TransportTrouble:
    with pytest.raises(TransportFailedError) as error:
        call(url, **trust)
    return error.value.kind


def test_an_authority_of_our_own_is_trusted_and_a_stranger_is_not(tls) -> None:
    assert call(tls.url, ca_file=tls.certificate) == 200
    assert trouble(tls.url) is TransportTrouble.TLS


def test_a_trusted_certificate_needs_a_pinned_key_too(tls) -> None:
    other = "A" * 43 + "="
    assert call(tls.url, ca_file=tls.certificate, pins=[other, tls.pin]) == 200
    assert trouble(tls.url, ca_file=tls.certificate, pins=[other]) is TransportTrouble.TLS
    assert len(tls.seen) == 1


def test_a_pin_does_not_stand_in_for_trust(tls) -> None:
    assert trouble(tls.url, pins=[tls.pin]) is TransportTrouble.TLS
    assert tls.seen == []


def test_a_proxy_that_is_away_is_told_as_no_connection(tls, line) -> None:
    line.cut()
    kind = trouble(tls.url, ca_file=tls.certificate, proxy=line.url)
    assert kind in (TransportTrouble.BROKEN, TransportTrouble.CONNECT)
    assert tls.seen == []
