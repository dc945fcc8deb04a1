"""One HTTP connection a thread and process, kept open, with requests repeated where that can help."""

from __future__ import annotations

import email.utils
import http.client
import json
import os
import random
import socket
import ssl
import threading
import time
from typing import Any, Dict, Mapping, NamedTuple, Optional, Union

from .address import Address
from .json_body import JsonBody
from .multipart import Form, UnreadableFile
from .problem import Problem, Unreachable

Body = Union[Form, JsonBody]

#: Statuses after which the same request may succeed.
_PASSING = (429, 502, 503, 504)
#: What a connection does that the other side closed meanwhile.
_BROKEN = (http.client.HTTPException, OSError)
#: Seconds after which a kept connection is not used again: routers forget it without a word.
_LONGEST_IDLE = 60.0


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json(self) -> Any:
        """Raises Unreachable for a body that is none, which a service of another kind answers."""
        try:
            return json.loads(self.body)
        except ValueError:
            raise self.of_another("no JSON") from None

    def of_another(self, what: str) -> Unreachable:
        shown = self.body[:200].decode("utf-8", "replace").strip()
        return Unreachable("The answer is %s. Is this the address of maskscore? It begins: %s" % (what, shown))


class Transport:
    """
    Speaks to one service. Safe for use by several threads and by forked processes: each has a connection of its own.

    Every call may be sent again: scoring changes nothing, and what begins an evaluation carries an Idempotency-Key.
    """

    def __init__(self, base_url: str, key: Optional[str], timeout: float, retries: int, longest_wait: float) -> None:
        self._address = Address(base_url, key)
        self._timeout = timeout
        self._retries = retries
        self._longest_wait = longest_wait
        self._local = threading.local()

    def send(
        self,
        method: str,
        path: str,
        body: Optional[Body] = None,
        headers: Optional[Mapping[str, str]] = None,
        timeout: Optional[float] = None,
    ) -> Answer:
        """
        The answer, with a status of 2xx or 304.

        Raises Problem for a refusal, Unreachable when there is no answer after all tries, within the time, or a redirect, and
        OSError for a file that cannot be read.
        """
        sent = self._headers(body, headers)
        limit = timeout or self._timeout
        tries = 0
        while True:
            try:
                answer = self._once(method, self._address.target(path), body, sent, limit)
            except UnreadableFile as unreadable:
                raise unreadable.error
            except socket.timeout as error:
                # The next try would take as long, and the caller would wait a multiple of what was asked for.
                raise Unreachable(
                    "%s did not answer within %g seconds: Client(timeout=…) waits longer." % (self._address, limit)
                ) from error
            except _BROKEN as error:
                if isinstance(error, ssl.SSLCertVerificationError) or tries >= self._retries:
                    raise Unreachable(
                        "%s does not answer: %s. Does maskscore run there? Client(address) or MASKSCORE_CLIENT_URL "
                        "name another address." % (self._address, error or type(error).__name__)
                    ) from error
                wait = _backoff(tries)
            else:
                if answer.status < 300 or answer.status == 304:
                    if answer.kind == "text/html" and not path.endswith(".html"):
                        raise answer.of_another("a page")
                    return answer
                if answer.status < 400:
                    # Following it could send masks and the key to somebody else.
                    raise Unreachable(
                        "%s redirects to %s: give the client that address." % (self._address, answer.headers.get("location"))
                    )
                problem = _problem_of(answer)
                wait = problem.retry_after if problem.retry_after is not None else _backoff(tries)
                if answer.status not in _PASSING or tries >= self._retries or wait > self._longest_wait:
                    raise problem
            tries += 1
            time.sleep(wait)

    def close(self) -> None:
        """Closes this thread's connection."""
        connection = self._local.__dict__.pop("connection", None)
        if connection is not None:
            connection.close()

    def __getstate__(self) -> Dict[str, Any]:
        """Without its connections, which belong to this process."""
        return {name: value for name, value in self.__dict__.items() if name != "_local"}

    def __setstate__(self, state: Dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._local = threading.local()

    def _headers(self, body: Optional[Body], more: Optional[Mapping[str, str]]) -> Dict[str, str]:
        headers = {"Accept": "application/json", "User-Agent": "maskscore-python/0.1.0", **self._address.headers}
        if body is not None:
            headers["Content-Type"] = body.content_type
            headers["Content-Length"] = str(len(body))
        headers.update(more or {})
        return headers

    def _once(
        self, method: str, target: str, body: Optional[Body], headers: Mapping[str, str], timeout: float
    ) -> Answer:
        connection, is_reused = self._connection(timeout)
        try:
            return self._exchange(connection, method, target, body, headers)
        except BaseException as error:
            # Also when the caller interrupts it: the rest of this answer would be taken for the next one.
            self.close()
            if not is_reused or not isinstance(error, _BROKEN) or isinstance(error, socket.timeout):
                raise
        # A kept connection may have been closed by the other side; that says nothing about the service.
        connection, _ = self._connection(timeout)
        try:
            return self._exchange(connection, method, target, body, headers)
        except BaseException:
            self.close()
            raise

    def _connection(self, timeout: float):
        connection = getattr(self._local, "connection", None)
        if connection is not None and (
            # A fork has the connection of its parent: both would read each other's answers.
            self._local.process != os.getpid() or time.monotonic() - self._local.used > _LONGEST_IDLE
        ):
            self.close()
            connection = None
        if connection is not None:
            connection.timeout = timeout
            if connection.sock is not None:
                connection.sock.settimeout(timeout)
            return connection, connection.sock is not None
        self._local.connection = self._address.connection(timeout)
        self._local.process = os.getpid()
        self._local.used = time.monotonic()
        return self._local.connection, False

    def _exchange(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        target: str,
        body: Optional[Body],
        headers: Mapping[str, str],
    ) -> Answer:
        try:
            connection.request(method, target, body=None if body is None else iter(body), headers=dict(headers))
        except (BrokenPipeError, ConnectionResetError):
            # A refusal comes before the whole body is read; its answer may be there already.
            if connection.sock is None:
                raise
        response = connection.getresponse()
        answer = Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
        self._local.used = time.monotonic()
        if response.will_close:
            self.close()
        return answer


def _problem_of(answer: Answer) -> Problem:
    headers = answer.headers
    return Problem.of_answer(
        answer.status, answer.body, headers.get("x-request-id"), _seconds(headers.get("retry-after"))
    )


def _seconds(text: Optional[str]) -> Optional[float]:
    """Retry-After: seconds, or a date. None for anything else."""
    if not text:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def _backoff(tries: int) -> float:
    """Seconds; half of it by chance, so that many clients do not come back at the same moment."""
    longest = min(8.0, 0.25 * 2**tries)
    return longest / 2 + random.random() * longest / 2
