"""Reads a live vCenter, or a single ESXi host, through pyVmomi."""

import re
import ssl
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from pyVim.connect import Disconnect, SmartConnect
from pyVmomi import vim, vmodl

from cmdb.errors import InvalidInput
from importers.importer import Origin
from importers.vmware.estate import Estate
from importers.vmware.properties import collect
from importers.vmware.vcenter import WANTED, estate_of

TIMEOUT = 120
"""Seconds to wait for an answer."""
YES = ("yes", "true", "1", "on")


def read_vcenter(origin: Origin) -> Estate:
    """The estate of a vCenter. Raises InvalidInput where it cannot be reached or read."""
    address = urlsplit(origin.location)
    if address.scheme != "https" or not address.hostname:
        raise InvalidInput(f"{origin.location!r} is no address such as https://vcenter.example.org.")
    estate = Estate()
    try:
        service = _connect(origin, address.hostname, address.port or 443)
        try:
            content = service.RetrieveContent()
            return estate_of(address.hostname.lower(), collect(content, WANTED, estate.gaps), estate)
        finally:
            Disconnect(service)  # type: ignore[no-untyped-call]
    except (vim.fault.InvalidLogin, vim.fault.NoPermission) as error:
        raise InvalidInput(f"{origin.location} does not let {_user(origin)} in: {_reason(error)}") from error
    except ssl.SSLCertVerificationError as error:
        raise InvalidInput(
            f"Nobody vouches for the certificate of {origin.location} ({error.verify_message}); "
            "trust its authority, or say -o insecure=yes."
        ) from error
    except (OSError, HTTPException, vmodl.MethodFault) as error:
        raise InvalidInput(f"{origin.location} cannot be read as a vCenter: {_reason(error)}") from error


def _connect(origin: Origin, host: str, port: int) -> Any:
    return SmartConnect(  # type: ignore[no-untyped-call]
        host=host,
        port=port,
        user=_user(origin),
        pwd=origin.secret("VSPHERE_PASSWORD"),
        sslContext=_trust(origin.options.get("insecure", "")),
        httpConnectionTimeout=TIMEOUT,
    )


def _trust(insecure: str) -> ssl.SSLContext:
    """What certificates are accepted. Said outright, for pyVmomi trusts anything on this machine."""
    context = ssl.create_default_context()
    if insecure.lower() in YES:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _user(origin: Origin) -> str:
    return origin.secret("VSPHERE_USER")


def _reason(error: Exception) -> str:
    return re.sub(r"\s+", " ", str(getattr(error, "msg", "") or error))[:300]
