"""The HTTP session of a real terminal: whom it trusts, which public keys it insists on, by which way.

A certificate has to be trusted by the authorities given (or the system's) and, where pins are given,
its public key has to be one of them, before a byte of a request leaves. Nothing is taken from the
environment. Pinning a key instead of a certificate lets the certificate be renewed.
"""

import hashlib
import ssl
from base64 import b64encode
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import requests
import urllib3
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool

from offline_queue.sync.exchange import plain_session


def secure_session(
    *, ca_file: Path | None = None, pins: Sequence[str] = (), proxy: str = ""
) -> requests.Session:
    """A session by these rules.

    Args:
        ca_file: PEM certificates to trust; None = the system's.
        pins: SHA-256 of SPKI in base64; empty = any trusted key.
        proxy: HTTP proxy; empty = none.
    """
    session = plain_session()
    if ca_file is not None:
        session.verify = str(ca_file)
    if proxy:
        session.proxies = {"http": proxy, "https": proxy}
    if pins:
        session.mount("https://", _PinningAdapter(frozenset(pins)))
    return session


def spki_pin(certificate: bytes) -> str:
    """The pin of a DER certificate: SHA-256 of its public key with its kind, in base64."""
    public = x509.load_der_x509_certificate(certificate).public_key()
    encoded = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b64encode(hashlib.sha256(encoded).digest()).decode()


class _PinnedConnection(HTTPSConnection):
    """A TLS connection that ends itself when the other side's key is none of the pins."""

    def __init__(self, *args: Any, pins: frozenset[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self._pins = pins

    def connect(self) -> None:
        """Connect, and look at the key before anything is sent."""
        super().connect()
        socket = self.sock
        certificate = socket.getpeercert(True) if isinstance(socket, ssl.SSLSocket) else None
        if certificate is None or spki_pin(certificate) not in self._pins:
            self.close()
            raise urllib3.exceptions.SSLError("the backend's key is none of the pinned ones")


class _PinnedPool(HTTPSConnectionPool):
    def __init__(self, *args: Any, pins: frozenset[str], **more: Any) -> None:
        self.ConnectionCls = partial(_PinnedConnection, pins=pins)  # type: ignore[assignment]
        super().__init__(*args, **more)


class _PinningAdapter(HTTPAdapter):
    def __init__(self, pins: frozenset[str]) -> None:
        self._pins = pins
        super().__init__()

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more)
        self._pin(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **more)
        self._pin(manager)
        return manager

    def _pin(self, manager: Any) -> None:
        manager.pool_classes_by_scheme = {
            **manager.pool_classes_by_scheme,
            "https": partial(_PinnedPool, pins=self._pins),
        }
