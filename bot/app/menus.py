"""What stands on the keyboard and behind "/": keys and commands of all slices, in their order."""

from bot.app import volunteers
from bot.complaints import wording as complaints_wording
from bot.dutch import wording as dutch_wording
from bot.duty.wording import COMMANDS as DUTY_COMMANDS
from bot.events.wording import finding as events_words
from bot.handover.wording import topic as handover_topic
from bot.infodesk.wording import menus as infodesk_menus
from bot.infodesk.wording import publishing as infodesk_publishing
from bot.infodesk.wording import reviewed as infodesk_reviewed
from bot.language.catalog import N_label
from bot.people import wording as people_wording
from bot.people.wording.team import COMMANDS as TEAM_COMMANDS

# The keyboard that stays, by rows.
MENU: tuple[tuple[str, ...], ...] = (
    (N_label("❓ Ask a question"), N_label("🤝 Volunteer")),
    (N_label("📅 Events"), N_label("🗂 My things")),
    (N_label("🌐 Language"), N_label("🆘 Urgent help")),
)

# What Telegram lists behind "/" (for everybody, and in the staff groups), and /help too.
COMMANDS = (
    *infodesk_menus.COMMANDS,
    *people_wording.COMMANDS,
    *complaints_wording.COMMANDS,
    *events_words.COMMANDS,
    *volunteers.COMMANDS,
    *dutch_wording.COMMANDS,
)
STAFF_COMMANDS = (
    *handover_topic.COMMANDS,
    *DUTY_COMMANDS,
    *TEAM_COMMANDS,
    *infodesk_reviewed.COMMANDS,
    *infodesk_publishing.COMMANDS,
    *volunteers.STAFF_COMMANDS,
)
