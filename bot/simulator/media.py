"""Photos, voice, documents: kept in memory under ids, with the sizes that Telegram allows."""

import itertools
import secrets
import struct
import zlib
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.errors import ApiError, bad_request
from bot.simulator.specification import Upload

MEGABYTE = 1 << 20
DOWNLOAD_LIMIT = 20 * MEGABYTE
UPLOAD_LIMIT = 50 * MEGABYTE
PHOTO_LIMIT = 10 * MEGABYTE
KEPT_LIMIT = 200 * MEGABYTE
KINDS = ("photo", "voice", "document", "video", "video_note", "audio", "sticker", "animation")
FOLDERS = {"photo": "photos", "voice": "voice", "audio": "music", "sticker": "stickers"}
TYPES = {
    "photo": ("image/png", "png"),
    "voice": ("audio/ogg", "oga"),
    "audio": ("audio/mpeg", "mp3"),
    "video": ("video/mp4", "mp4"),
    "video_note": ("video/mp4", "mp4"),
    "animation": ("video/mp4", "mp4"),
    "sticker": ("image/webp", "webp"),
    "document": ("application/octet-stream", "bin"),
}
MEDIA_PREFIX = {"photo": "AgAC", "voice": "AwAC", "document": "BQAC", "video": "BAAC"}


@dataclass(slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    kind: str
    content: bytes
    filename: str
    mime_type: str
    path: str
    claimed_size: int = 0

    @property
    def size(self) -> int:
        return self.claimed_size or len(self.content)


@dataclass(slots=True)
class Files:
    """All files of the world; the oldest contents are forgotten above a total size."""

    by_id: dict[str, StoredFile] = field(default_factory=dict)
    by_path: dict[str, StoredFile] = field(default_factory=dict)
    total: int = 0
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def keep(self, kind: str, upload: Upload) -> StoredFile:
        """File ids and download paths are made up here: nothing of the uploaded name is in them."""
        extension = TYPES[kind][1]
        number = next(self.numbers)
        name = f"{FOLDERS.get(kind, kind + 's')}/file_{number}.{extension}"
        stored = StoredFile(
            file_id=MEDIA_PREFIX.get(kind, "CAAC") + secrets.token_urlsafe(36),
            unique_id="AQAD" + secrets.token_urlsafe(8),
            kind=kind,
            content=upload.content,
            filename=upload.filename,
            mime_type=upload.mime_type,
            path=name,
        )
        self.by_id[stored.file_id] = self.by_path[name] = stored
        self.total += len(upload.content)
        self._forget_oldest()
        return stored

    def _forget_oldest(self) -> None:
        for stored in self.by_id.values():
            if self.total <= KEPT_LIMIT:
                return
            self.total -= len(stored.content)
            stored.claimed_size, stored.content = stored.size, b""

    def find(self, file_id: str) -> StoredFile | None:
        return self.by_id.get(file_id)


def check_upload(kind: str, upload: Upload) -> None:
    size = len(upload.content)
    if size == 0:
        raise bad_request("file must be non-empty")
    if size > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo" and size > PHOTO_LIMIT:
        raise bad_request(
            f"file of size {size} bytes is too big for a photo; the maximum size"
            f" is {PHOTO_LIMIT} bytes"
        )


def described(stored: StoredFile, *, duration: int | None = None) -> Any:
    """The Bot API object of a file; a photo is a list of sizes."""
    base: dict[str, Any] = {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
    }
    if stored.kind == "photo":
        width, height = picture_size(stored.content)
        return [{**base, "width": width, "height": height}]
    return base | _details(stored, duration or 3)


def _details(stored: StoredFile, seconds: int) -> dict[str, Any]:
    if stored.kind == "sticker":
        return {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "👍",
        }
    if stored.kind == "video_note":
        return {"length": 240, "duration": seconds}
    if stored.kind == "voice":
        return {"duration": seconds, "mime_type": "audio/ogg"}
    named = {"file_name": stored.filename, "mime_type": stored.mime_type}
    if stored.kind in ("video", "animation"):
        return {"width": 640, "height": 360, "duration": seconds, **named}
    return {"duration": seconds, **named} if stored.kind == "audio" else named


def picture_size(content: bytes) -> tuple[int, int]:
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    return 800, 600


def sample(kind: str) -> Upload:
    """A small built-in file of each kind, for scripts that do not care."""
    content = _png() if kind == "photo" else f"sample {kind}".encode() + bytes(200)
    mime_type, extension = TYPES[kind]
    return Upload(f"sample.{extension}", content, mime_type)


def _png(width: int = 64, height: int = 48) -> bytes:
    """A plain blue-grey picture."""
    rows = b"".join(b"\0" + bytes((96, 125, 160)) * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data)
        for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
