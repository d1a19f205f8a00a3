"""nmap: who answers on a network, and with what."""

from importers.importer import Importer
from importers.nmap.kinds import KINDS
from importers.nmap.scans import ACCURACY, read_nmap

__all__ = ["IMPORTER"]

IMPORTER = Importer(name="nmap", title="nmap scans (XML)", read=read_nmap, kinds=KINDS, options=(ACCURACY,))
