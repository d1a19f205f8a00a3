"""Reads VMware vSphere: a live vCenter, or what RVTools exports of one."""

from collections.abc import Iterator

from importers.importer import Importer, Option, Origin, Row
from importers.vmware.kinds import RVTOOLS_KINDS, VSPHERE_KINDS
from importers.vmware.live import read_vcenter
from importers.vmware.observe import observe
from importers.vmware.rvtools import read_rvtools

__all__ = ["RVTOOLS", "VMWARE"]


def _read_live(origin: Origin) -> Iterator[Row]:
    return observe(read_vcenter(origin))


def _read_export(origin: Origin) -> Iterator[Row]:
    return observe(read_rvtools(origin.path))


VMWARE = Importer(
    name="vmware",
    title="VMware vSphere: a live vCenter or host",
    read=_read_live,
    kinds=VSPHERE_KINDS,
    options=(Option("insecure", "Accept a certificate that nobody vouches for.", "no"),),
)

RVTOOLS = Importer(
    name="rvtools",
    title="RVTools: a workbook or a folder of .csv",
    read=_read_export,
    kinds=RVTOOLS_KINDS,
)
