"""Which machines balance: the configuration may say so, a person can."""

from cmdb.errors import InvalidInput
from importers.balancers.model import Device
from importers.importer import Option, Origin

DEVICE = Option(
    "device",
    "Name of the balancer whose configuration this is; of several that share it, separated by commas. "
    "Default: what the configuration says.",
)


def devices_of(origin: Origin, found: tuple[Device, ...]) -> tuple[Device, ...]:
    """The devices that the option names, else those found. Raises InvalidInput where there are none."""
    names = [name.strip() for name in origin.options.get("device", "").split(",")]
    if named := tuple(Device(name, {}) for name in dict.fromkeys(filter(None, names))):
        return named
    if found:
        return found
    raise InvalidInput(
        f"{origin.path.name} does not say which balancer it configures, so nothing in it could be told "
        "from what another one has; name it with -o device=NAME (of a pair: NAME,NAME)."
    )
