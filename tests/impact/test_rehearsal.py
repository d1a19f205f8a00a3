"""After a rehearsal every kernel is compiled."""

import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

from numba.core.dispatcher import Dispatcher

import impact.kernels
from cmdb.catalogue import load_catalogue
from impact.rehearsal import rehearse

ROOT = Path(__file__).parents[2]
INNER = {"indices", "find_dependents", "outage_of", "steps_of", "beyond", "longest", "attribute"}
"""Called by kernels only, and compiled into them."""


def uncompiled() -> list[str]:
    return [
        f"{one.__module__}.{name}"
        for module in pkgutil.iter_modules(impact.kernels.__path__)
        for name, one in vars(importlib.import_module(f"impact.kernels.{module.name}")).items()
        if isinstance(one, Dispatcher) and not (name in INNER or name.startswith("_") or one.signatures)
    ]


def test_a_rehearsal_compiles_every_kernel() -> None:
    """In a process of its own, since other tests compile kernels, too."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, __file__], capture_output=True, text=True, env=environment)
    assert (done.stdout, done.returncode) == ("[]\n", 0)


if __name__ == "__main__":
    rehearse(load_catalogue())
    print(uncompiled())
