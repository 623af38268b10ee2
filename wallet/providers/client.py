"""Asks a provider over HTTP: one request, one answer, within one deadline.

No redirects, no proxy of the environment, no compressed answers, nothing read beyond the limit.
`NotSent` is certain: no connection came about, so nothing of the request left. Everything else that
goes wrong is `Unreadable`: the provider may have done what was asked. It must never raise for what a
provider does, nor log a request.
"""

import asyncio
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from wallet.providers.answers import MAX_ANSWER_BYTES, Answer, Unreadable, read_answer
from wallet.providers.profile import Profile, ProfilesError, load_profiles
from wallet.providers.requests import Command, Order, parameters

_MOST_FOR_CONNECTING_S: Final = 10.0
_HEADERS: Final = {
    "Accept": "application/xml, text/xml, */*",
    "Accept-Encoding": "identity",
    "User-Agent": "wallet",
}


@dataclass(frozen=True, slots=True)
class NotSent:
    """No connection: nothing of the request left."""

    reason: str


def profiles_to_pay_by(
    path: Path, environment: Mapping[str, str] | None = None
) -> Mapping[str, Profile]:
    """Profiles of a file, with everything there that requests need besides it.

    A password that is missing sends nothing, which looks like a provider that is away: it must not
    come out after 24 hours, when all its payments want a person.

    Raises:
        ProfilesError: the first thing that is wrong.
    """
    profiles = load_profiles(path)
    told = os.environ if environment is None else environment
    for code, profile in profiles.items():
        try:
            _auth(profile, told)
            _trust(profile)
        except (ProfilesError, OSError) as error:
            where = f"{path}: providers.{code}"
            if isinstance(error, ProfilesError):
                raise ProfilesError(f"{where}.password_env: {error}") from None
            raise ProfilesError(f"{where}.ca_file: {error.strerror or error}") from None
    return profiles


class ProviderClient:
    """Connections to providers, kept alive between requests. Belongs to one event loop."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = os.environ if environment is None else environment
        self._clients: dict[str, httpx.AsyncClient] = {}

    async def ask(
        self, code: str, profile: Profile, command: Command, order: Order
    ) -> Answer | Unreadable | NotSent:
        """Ask the provider `code`.

        Raises:
            RequestImpossibleError: the order does not fit the provider; nothing was sent.
        """
        told = parameters(profile, command, order)
        limit_s = profile.timeout_s if command is Command.PAY else profile.check_timeout_s
        try:
            client = self._client(code, profile)
        except (ProfilesError, OSError, ssl.SSLError) as error:
            return NotSent(str(error))
        try:
            async with asyncio.timeout(limit_s):
                return await _exchange(client, profile, told, limit_s)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            return NotSent("no connection")
        except (TimeoutError, httpx.TimeoutException):
            return Unreadable("time-out")
        except (httpx.HTTPError, httpx.StreamError, OSError):
            return Unreadable("connection lost")

    async def close(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()

    def _client(self, code: str, profile: Profile) -> httpx.AsyncClient:
        if code not in self._clients:
            self._clients[code] = httpx.AsyncClient(
                auth=_auth(profile, self._environment),
                verify=_trust(profile),
                headers=_HEADERS,
                follow_redirects=False,
                trust_env=False,
                limits=httpx.Limits(max_connections=profile.connections),
            )
        return self._clients[code]


async def _exchange(
    client: httpx.AsyncClient,
    profile: Profile,
    told: tuple[tuple[str, str], ...],
    limit_s: float,
) -> Answer | Unreadable:
    timeout = httpx.Timeout(limit_s, connect=min(_MOST_FOR_CONNECTING_S, limit_s / 2))
    if profile.method == "GET":
        request = client.build_request("GET", profile.url, params=told, timeout=timeout)
    else:
        request = client.build_request("POST", profile.url, data=dict(told), timeout=timeout)
    response = await client.send(request, stream=True)
    try:
        if response.status_code != httpx.codes.OK:
            return Unreadable(f"HTTP {response.status_code}")
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            return Unreadable("compressed answer")
        body = bytearray()
        async for piece in response.aiter_raw():
            body += piece
            if len(body) > MAX_ANSWER_BYTES:
                return Unreadable("body too large")
        return read_answer(bytes(body))
    finally:
        await response.aclose()


def _auth(profile: Profile, environment: Mapping[str, str]) -> httpx.BasicAuth | None:
    if profile.user is None or profile.password_env is None:
        return None
    password = environment.get(profile.password_env)
    if password is None:
        raise ProfilesError(f"the environment has no {profile.password_env}")
    return httpx.BasicAuth(profile.user, password)


def _trust(profile: Profile) -> ssl.SSLContext | bool:
    if profile.url.startswith("http://"):
        return False
    return ssl.create_default_context(cafile=profile.ca_file)
