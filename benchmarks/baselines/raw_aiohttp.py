"""A bare post over aiohttp: the least that a sendMessage can cost with this library."""

import asyncio
import os

import aiohttp

from benchmarks import sending

_HEADERS = {"Content-Type": "application/json"}


async def _main() -> None:
    url = f"{os.environ['BENCH_API']}/bot{os.environ['BENCH_TOKEN']}/sendMessage"
    connector = aiohttp.TCPConnector(limit=100)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def send(chat: int) -> None:
            body = b'{"chat_id":%d,"text":"%b","parse_mode":"HTML"}' % (chat, sending.TEXT.encode())
            async with session.post(url, data=body, headers=_HEADERS) as response:
                await response.json()

        await sending.measure(send)


if __name__ == "__main__":
    asyncio.run(_main())
