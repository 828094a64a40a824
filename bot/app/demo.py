"""The demonstration: the simulated Telegram and the real bot, speaking HTTP to each other."""

import asyncio
import os
import sys
import webbrowser
from functools import partial

from bot.app import organisation, running, server
from bot.app.running import Plan
from bot.app.settings import ROOT, Settings
from bot.errors import Misconfigured
from bot.simulator import scene
from bot.simulator.server import create_app
from bot.simulator.world import World

_SPEED = 20.0  # the simulated Telegram enforces no limits unless they are switched on


async def run(settings: Settings, *, opens_browser: bool) -> None:
    """Run until told to stop. The address is printed, and opened where there is a browser."""
    if settings.host not in ("127.0.0.1", "localhost", "::1"):
        raise Misconfigured(
            "The demonstration listens on this machine only: leave WEGWIJZER_LISTEN out,"
            " or give it a port on 127.0.0.1."
        )
    world = World()
    team = scene.set_up(world).team
    simulator = create_app(world)
    address = f"http://{settings.listen}"
    await running.run(
        Plan(
            settings=settings.model_copy(update={"public_url": ""}),
            organisation=organisation.read(ROOT / organisation.EXAMPLE),
            token=world.token,
            telegram_api=address,
            database_url=settings.database(is_demo=True),
            staff_groups=(team.id,),
            is_demo=True,
            begins_anew=True,  # the simulated Telegram starts empty, so its rows must too
            speed=_SPEED,
            beside=(server.beside(simulator),),
            on_open=partial(_show, address, opens_browser=opens_browser),
            on_stop=simulator.close,
        )
    )


def _has_screen() -> bool:
    """A browser in the terminal would take it over."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _show(address: str, *, opens_browser: bool) -> None:
    sys.stdout.write(
        f"\n  Wegwijzer, the demonstration: {address}\n"
        "  Play the newcomers and the colleagues yourself. Ctrl+C stops it.\n\n"
    )
    sys.stdout.flush()
    if opens_browser and _has_screen():
        asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)
