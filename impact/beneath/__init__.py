"""What CIs stand on, what changed there, and what fails with it."""

from impact.beneath.changes import ChangeRecord, carried_out, changed_beneath, cis_of
from impact.beneath.foundation import Foundation
from impact.beneath.together import fails_together

__all__ = ["ChangeRecord", "Foundation", "carried_out", "changed_beneath", "cis_of", "fails_together"]
