"""What volunteers ask their coordinator about, and the reviewed answer that comes first. Pure."""

from collections.abc import Mapping
from typing import Final

EXPENSES, INSURANCE, HOURS, LETTER, OTHER = "expenses", "insurance", "hours", "letter", "other"

# Subject -> topic of the info desk; OTHER has none, and goes to a person at once.
TOPICS: Final[Mapping[str, str]] = {
    EXPENSES: "volunteering/rules",
    INSURANCE: "volunteering/rules",
    HOURS: "integration/participation",
    LETTER: "volunteering/letter",
}
