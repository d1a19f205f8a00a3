"""What CIs stand on, and what changed there."""

from impact.beneath.changes import ChangeRecord, carried_out, changed_beneath, cis_of
from impact.beneath.foundation import Foundation

__all__ = ["ChangeRecord", "Foundation", "carried_out", "changed_beneath", "cis_of"]
