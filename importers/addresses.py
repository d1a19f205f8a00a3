"""Finds the hosts that settings address: URLs, `host:port`, and bare names where the setting says host."""

import re

_HOST = r"([A-Za-z0-9][\w.-]*)"
_PATTERNS = (
    re.compile(rf"://(?:[^\s/@]*@)?{_HOST}"),
    re.compile(rf"(?<![\w.-]){_HOST}:\d{{1,5}}(?![\w@.-])"),
    re.compile(r"(?<![\w.-])([A-Za-z0-9][\w-]*(?:\.[\w-]+){1,2}\.svc(?:\.[\w-]+)*)"),
)
_BARE = re.compile(_HOST)
_TELLS_OF_HOSTS = re.compile(
    r"(?:^|[_.-])(?:host(?:name)?|addr(?:ess)?|ur[il]|endpoint|server|broker|node|peer)(?:e?s)?$",
    re.IGNORECASE,
)


def hosts_in(setting: str, value: str) -> list[str]:
    """The hosts, in lower case, that the value of a setting such as `REDIS_ADDR` may address, in order.

    Too many rather than too few: the caller knows which of them exist.
    """
    found = [match[1] for pattern in _PATTERNS for match in pattern.finditer(value)]
    if _TELLS_OF_HOSTS.search(setting):
        found += [part for part in re.split(r"[,;\s]+", value) if _BARE.fullmatch(part)]
    return list(dict.fromkeys(host.rstrip(".").lower() for host in found))


def hosts_in_arguments(arguments: list[str]) -> list[str]:
    """The hosts that the arguments of a command may address; `--redis-host=cache` is a setting too."""
    found: list[str] = []
    for argument in arguments:
        setting, _, value = argument.rpartition("=")
        found += hosts_in("", argument) + hosts_in(setting, value)
    return list(dict.fromkeys(found))
