"""What reports are given: the organisation's offices and where they are, projects, targets."""

from functools import lru_cache

from bot.app.organisation import Organisation
from bot.app.shipped import KNOWLEDGE
from bot.infodesk.importing import towns
from bot.language.catalog import Catalogs
from bot.reports.desk import ReportsDesk
from bot.volunteering.domain import Office


def desk(organisation: Organisation, catalogs: Catalogs) -> ReportsDesk:
    """For the house and for the command line."""
    return ReportsDesk(
        catalogs=catalogs,
        organisation=organisation.name,
        staff_language=organisation.staff_language,
        offices={one.key: one for one in organisation.offices},
        projects={one.key: one for one in organisation.projects},
        targets=organisation.targets,
        office_towns=office_towns(organisation.offices),
    )


@lru_cache(maxsize=4)
def office_towns(offices: tuple[Office, ...]) -> frozenset[str]:
    """Postcodes of the municipalities in which there is an office."""
    own = {code for one in offices for code in (one.postcode, *one.also)}
    return towns.of_same_municipality(KNOWLEDGE, own) if own else frozenset()
