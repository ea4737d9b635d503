"""HTTP to one server over requests: time-outs, sizes with an end, every failure as one of our errors."""

from __future__ import annotations

import ipaddress
import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import requests
from pydantic import BaseModel, ValidationError
from urllib3.exceptions import HTTPError

from app.adapters.upload_sockets import OpenSockets, UploadAdapter
from app.errors import InputError, TransportError
from app.ports import Clock
from app.wire import bodies, contract
from app.wire.models import Problem

TIMEOUTS_S = (15.0, 180.0)
"""Connect and read. Source: on a thin line a page takes 50 s alone and 200 s beside three others."""
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0

Body = TypeVar("Body", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server said, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def read(self, model: type[Body]) -> Body:
        """The body as a model.

        Raises:
            TransportError: `reply_broken` when it is something else, such as the page of a hotel network.
        """
        if self.headers.get("Content-Type", "").partition(";")[0] not in (contract.JSON, contract.PROBLEM):
            raise TransportError("reply_broken")
        try:
            return model.model_validate_json(self.body)
        except (ValidationError, RecursionError) as error:
            raise TransportError("reply_broken") from error

    @property
    def problem(self) -> str:
        """Name of the problem the server reports; "" when the answer is no problem+json."""
        if not self.headers.get("Content-Type", "").startswith(contract.PROBLEM):
            return ""
        return self.read(Problem).type.rpartition(":")[2]

    @property
    def offset(self) -> int:
        """The offset the server names.

        Raises:
            TransportError: `reply_broken` when it names none.
        """
        text = self.headers.get(contract.OFFSET_HEADER, "")
        if not text.isascii() or not text.isdigit() or len(text) > 12:
            raise TransportError("reply_broken")
        return int(text)


class Link:
    """The way to one server; `open` gives one connection for one thread.

    Args:
        url: Base address, already checked by `checked_url`.
        clock: This computer's clock, which may be wrong.
        ca_file: Certificates of a private authority to trust instead of the public ones.

    Attributes:
        ahead_s: How far the server's clock is ahead of this computer's, by the Date of its last answer.
    """

    def __init__(self, url: str, clock: Clock, ca_file: Path | None = None) -> None:
        self.url = url
        self._clock = clock
        self._ca_file = ca_file
        self._sockets = OpenSockets()
        self._stopped = threading.Event()
        self._rng = random.Random()  # noqa: S311 - spreads retries, guards nothing
        self.ahead_s = 0.0

    def open(self) -> requests.Session:
        """A session with a connection of its own."""
        session = requests.Session()
        adapter = UploadAdapter(self._sockets)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        session.verify = str(self._ca_file) if self._ca_file else True
        session.auth = _as_it_is  # keeps requests from reading passwords out of a netrc file
        session.trust_env = not is_loopback(self.url)
        return session

    def ask(
        self,
        session: requests.Session,
        method: str,
        path: str,
        data: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request, one answer; redirects are not followed.

        Raises:
            TransportError: `server_unreachable`, `connection_lost`, `server_not_trusted`, `clock_wrong`,
                `reply_broken`, `upload_stopped`.
        """
        self._check_stopped()
        try:
            with session.request(
                method,
                self.url + path,
                data=data,  # type: ignore[arg-type]  # requests takes any object with read() and a length
                headers=dict(headers or {}),
                timeout=TIMEOUTS_S,
                allow_redirects=False,
                stream=True,
            ) as response:
                body = bodies.collect(response.iter_content(64 * 1024), contract.MAX_REPLY_BYTES)
                answer = Answer(status=response.status_code, headers=response.headers, body=body)
        except (requests.RequestException, HTTPError, OSError, bodies.BodyTooLarge) as error:
            self._check_stopped()
            raise _translated(error) from error
        self._check_stopped()  # what was cut off in the middle can look whole
        self._note_time(answer)
        return answer

    def pause(self, tries: int, answer: Answer | None = None) -> None:
        """Wait with full jitter before the next try, longer with every try, or as long as the server asks.

        Raises:
            TransportError: `upload_stopped` when the link is stopped meanwhile.
        """
        asked = (answer.headers.get("Retry-After", "") if answer else "")[:6]
        pause_s = self._rng.uniform(0.1, min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2**tries))
        if asked.isascii() and asked.isdigit():
            pause_s = min(LONGEST_PAUSE_S, float(asked)) + self._rng.uniform(0, 1)
        self._stopped.wait(pause_s)
        self._check_stopped()

    def stop(self) -> None:
        """End everything that goes on over this link now; nothing goes over it any more."""
        self._stopped.set()
        self._sockets.shut_down()

    def _check_stopped(self) -> None:
        if self._stopped.is_set():
            raise TransportError("upload_stopped")

    def _note_time(self, answer: Answer) -> None:
        try:
            sent_at = parsedate_to_datetime(answer.headers.get("Date", ""))
        except ValueError:
            return
        self.ahead_s = sent_at.timestamp() - self._clock.now().timestamp()


def checked_url(untrusted_url: str) -> str:
    """A server's base address; plain HTTP only to this computer itself.

    Raises:
        InputError: `bad_server_url`, `server_not_https`.
    """
    try:
        parts = urlsplit(untrusted_url.strip())
        valid = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        raise InputError("bad_server_url", url=untrusted_url) from None
    if not valid or parts.username or parts.password or parts.query or parts.fragment:
        raise InputError("bad_server_url", url=untrusted_url)
    url = f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")
    if parts.scheme == "http" and not is_loopback(url):
        raise InputError("server_not_https", url=untrusted_url)
    return url


def is_loopback(url: str) -> bool:
    """Whether an address is this computer."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def unexpected(answer: Answer) -> TransportError:
    """The error for an answer that is none of the expected ones."""
    if answer.status in (413, 507):
        return TransportError("server_full", status=answer.status)
    if answer.status in (408, 429, 503):
        return TransportError("server_busy", status=answer.status)
    if answer.status >= 500:
        return TransportError("server_failed", status=answer.status)
    return TransportError("reply_broken", status=answer.status)


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _translated(error: Exception) -> TransportError:
    if isinstance(error, requests.exceptions.SSLError):
        clock = "not yet valid" in str(error) or "has expired" in str(error)
        return TransportError("clock_wrong" if clock else "server_not_trusted")
    if isinstance(error, (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError)):
        return TransportError("reply_broken")
    if isinstance(error, bodies.BodyTooLarge):
        return TransportError("reply_broken")
    if isinstance(error, requests.exceptions.ConnectTimeout) or "NewConnectionError" in repr(error):
        return TransportError("server_unreachable")
    if "NameResolutionError" in repr(error):
        return TransportError("server_unreachable")
    return TransportError("connection_lost")
