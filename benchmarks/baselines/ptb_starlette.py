"""python-telegram-bot behind Starlette and uvicorn, as its example `customwebhookbot` does it."""

import asyncio
import os

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update

from benchmarks.baselines import echo


async def _serve() -> None:
    application = echo.listens(echo.builder().updater(None).build())
    port = int(os.environ["BENCH_PORT"])

    async def telegram(request: Request) -> Response:
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return Response()

    app = Starlette(routes=[Route("/telegram", telegram, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", access_log=False))
    async with application:
        await application.start()
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        await application.bot.set_webhook(f"http://127.0.0.1:{port}/telegram")
        await serving
        await application.stop()


if __name__ == "__main__":
    asyncio.run(_serve())
