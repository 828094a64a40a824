"""What a case is, what may happen to it and who may do that. Pure."""

from bot.handover.domain.calling import *  # noqa: F403
from bot.handover.domain.cases import *  # noqa: F403  # values and figures, one name each
from bot.handover.domain.deadlines import *  # noqa: F403
from bot.handover.domain.handing import *  # noqa: F403
from bot.handover.domain.limits import *  # noqa: F403
from bot.handover.domain.ready import *  # noqa: F403
from bot.handover.domain.refusals import *  # noqa: F403
from bot.handover.domain.sessions import *  # noqa: F403
from bot.handover.domain.states import *  # noqa: F403
from bot.handover.domain.tagging import *  # noqa: F403
from bot.handover.domain.volunteers import *  # noqa: F403
