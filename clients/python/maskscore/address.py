"""Where a service is, and the proxy on the way to it."""

from __future__ import annotations

import base64
import http.client
import ipaddress
import urllib.parse
import urllib.request
from typing import Any, Dict, Optional


class Address:
    """
    The address of a service, with the proxy that the environment names for it (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY),
    as curl takes it. This machine is never asked through a proxy.

    Raises ValueError for what is no http or https address, and for what would be left out of it.
    """

    def __init__(self, text: str, key: Optional[str]) -> None:
        url = urllib.parse.urlsplit(text if "//" in text else "http://" + text)
        if url.scheme not in ("http", "https") or not url.hostname:
            raise ValueError("%r is no http or https address of a service." % text)
        if url.query or url.fragment:
            raise ValueError("%r has a ? or # part, which no call keeps: give the address alone." % text)
        if url.username is not None and key is not None:
            raise ValueError("The address has a user and there is a key: only one of them can be sent.")
        self._is_secure = url.scheme == "https"
        self._host, self._port = url.hostname, url.port or (443 if url.scheme == "https" else 80)
        self._netloc = url.netloc.rpartition("@")[2]
        self._prefix = url.path.rstrip("/")
        self._proxy = _proxy_of(url)
        credentials = _basic(url) if url.username is not None else None if key is None else "Bearer " + key
        #: What says who calls.
        self.headers: Dict[str, str] = {} if credentials is None else {"Authorization": credentials}
        if self._proxy is not None and self._proxy.username is not None and not self._is_secure:
            self.headers["Proxy-Authorization"] = _basic(self._proxy)

    def target(self, path: str) -> str:
        """What a request names: a path, or for a proxy of http the whole address."""
        if self._proxy is None or self._is_secure:
            return self._prefix + path
        return "http://%s%s%s" % (self._netloc, self._prefix, path)

    def connection(self, timeout: float) -> http.client.HTTPConnection:
        """One that is not opened yet."""
        proxy = self._proxy
        is_secure = self._is_secure if proxy is None else self._is_secure or proxy.scheme == "https"
        kind: Any = http.client.HTTPSConnection if is_secure else http.client.HTTPConnection
        if proxy is None:
            return kind(self._host, self._port, timeout=timeout)
        connection = kind(proxy.hostname, proxy.port or (443 if proxy.scheme == "https" else 80), timeout=timeout)
        if self._is_secure:
            known = {} if proxy.username is None else {"Proxy-Authorization": _basic(proxy)}
            connection.set_tunnel(self._host, self._port, known)
        return connection

    def __str__(self) -> str:
        way = "" if self._proxy is None else " (through the proxy %s)" % self._proxy.netloc.rpartition("@")[2]
        return "%s:%s%s" % (self._host, self._port, way)


def _proxy_of(url: urllib.parse.SplitResult) -> Optional[urllib.parse.SplitResult]:
    host = url.hostname or ""
    if _is_this_machine(host) or urllib.request.proxy_bypass(url.netloc.rpartition("@")[2]):
        return None
    named = urllib.request.getproxies()
    text = named.get(url.scheme) or named.get("all")
    if not text:
        return None
    proxy = urllib.parse.urlsplit(text if "//" in text else "http://" + text)
    if proxy.scheme not in ("http", "https") or not proxy.hostname:
        raise ValueError(
            "The environment names the proxy %r for %s, and only proxies of http are known: name the host in NO_PROXY, or "
            "set %s_PROXY." % (text, host, url.scheme.upper())
        )
    if proxy.scheme == "https" and url.scheme == "https":
        raise ValueError("The proxy %r of the environment speaks https, which is only known for an http service." % text)
    return proxy


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _basic(url: urllib.parse.SplitResult) -> str:
    user, password = (urllib.parse.unquote(part or "") for part in (url.username, url.password))
    return "Basic " + base64.b64encode(("%s:%s" % (user, password)).encode()).decode()
