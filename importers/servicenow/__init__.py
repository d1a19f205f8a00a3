"""ServiceNow: the CMDB's CIs and relations, exported or read over the Table API."""

from importers.importer import Importer, Option
from importers.servicenow import classes, relation_types
from importers.servicenow.reading import read
from importers.tables import ENCODING

IMPORTER = Importer(
    name="servicenow",
    title="ServiceNow CMDB",
    read=read,
    kinds=classes.KINDS + relation_types.KINDS,
    options=(
        Option(
            "classes",
            "Classes of tables that Linchpin does not know, or should see otherwise: "
            "u_till=workstation,cmdb_ci_iot=network_device.",
        ),
        ENCODING,
    ),
)

__all__ = ["IMPORTER"]
