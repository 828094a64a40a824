"""The same echo on our aiohttp transport, concurrently (its fastest setting there)."""

from benchmarks.baselines import echo
from bot.transport.requests import AiohttpRequest

if __name__ == "__main__":
    application = (
        echo.builder()
        .request(AiohttpRequest())
        .get_updates_request(AiohttpRequest())
        .concurrent_updates(256)
        .build()
    )
    echo.listens(application).run_polling(poll_interval=0)
