// Pictures, voices, files, places and contacts inside a message.

import * as api from "./api.js";
import { avatar, fullName, h, icon } from "./dom.js";

const BARS = 36;

export function mediaNodes(message, words) {
  if (message.photo) return [photo(message, words)];
  if (message.voice) return [player(message.voice, words.voice)];
  if (message.video_note) return [video(message.video_note, "is-round", words.round)];
  if (message.video ?? message.animation) return [video(message.video ?? message.animation, "", words.video)];
  if (message.sticker) return [sticker(message.sticker, words)];
  if (message.venue) return [map(message.venue.location, message.venue)];
  if (message.location) return [map(message.location)];
  if (message.contact) return [contact(message.contact)];
  if (message.audio) return [player(message.audio, message.audio.title ?? words.audio), fileCard(message.audio, words)];
  if (message.document) return [fileCard(message.document, words)];
  return [];
}

// One line about a message, for replies, pins and notices.
export function summary(message, words) {
  if (!message) return "";
  const text = message.text ?? message.caption;
  const kinds = { photo: "photo", voice: "voice", video_note: "round", video: "video", sticker: "sticker", venue: "location", location: "location", contact: "contact", audio: "audio", document: "file" };
  const kind = Object.keys(kinds).find((name) => message[name]);
  if (!kind) return text ?? "";
  const name = kind === "document" ? message.document.file_name : null;
  return text ? text : name ?? words[kinds[kind]];
}

function photo(message, words) {
  const sizes = message.photo;
  const best = sizes[sizes.length - 1];
  const image = h("img", { src: api.fileUrl(best.file_id), alt: message.caption ? "" : words.photo, width: best.width, height: best.height, loading: "lazy" });
  const open = h("a", { class: "photo", href: api.fileUrl(best.file_id), target: "_blank", rel: "noopener", "aria-label": words.photo, style: { "--ratio": `${best.width} / ${best.height}` } }, image);
  image.addEventListener("error", () => open.replaceChildren(icon("photo", words.photo)));
  return open;
}

function video(file, shape, label) {
  const node = h("video", { class: `video ${shape}`, src: api.fileUrl(file.file_id), controls: !shape, preload: "metadata", playsinline: true, "aria-label": label, tabindex: 0 });
  if (shape) node.addEventListener("click", () => (node.paused ? node.play().catch(() => {}) : node.pause()));
  return node;
}

function sticker(file, words) {
  if (!file.file_id || file.is_animated || file.is_video) return h("div", { class: "sticker" }, file.emoji ?? "🙂");
  const image = h("img", { class: "sticker", src: api.fileUrl(file.file_id), alt: file.emoji ?? words.sticker, width: 128, height: 128 });
  image.addEventListener("error", () => image.replaceWith(h("div", { class: "sticker" }, file.emoji ?? "🙂")));
  return image;
}

function player(file, label) {
  const audio = h("audio", { src: api.fileUrl(file.file_id), preload: "none" });
  const bars = waveform(file.file_unique_id ?? file.file_id);
  const time = h("span", { class: "voice-time" }, duration(file.duration));
  const button = h("button", { type: "button", class: "round-button", "aria-label": label }, icon("play"));
  const show = (seconds, isPlaying) => {
    const reached = isPlaying ? Math.ceil((seconds / (file.duration || 1)) * BARS) : 0;
    [...bars.children].forEach((bar, index) => bar.classList.toggle("is-heard", index < reached));
    time.textContent = duration(isPlaying ? seconds : file.duration);
    button.replaceChildren(icon(isPlaying ? "pause" : "play"));
  };
  const silent = silentPlay(file.duration || 1, show);
  button.addEventListener("click", () => {
    if (!audio.paused) audio.pause();
    else if (silent.isRunning()) silent.stop();
    else audio.play().catch(() => silent.start());
  });
  for (const name of ["play", "pause", "ended", "timeupdate"]) audio.addEventListener(name, () => show(audio.currentTime, !audio.paused && !audio.error));
  return h("div", { class: "voice" }, button, h("div", { class: "voice-body" }, bars, time), audio);
}

// A built-in sample holds no sound: its length passes all the same.
function silentPlay(length, show) {
  let timer = 0;
  const stop = () => { clearInterval(timer); timer = 0; show(0, false); };
  const start = () => {
    const began = Date.now();
    timer = setInterval(() => {
      const seconds = (Date.now() - began) / 1000;
      if (seconds >= length) stop();
      else show(seconds, true);
    }, 100);
    show(0, true);
  };
  return { start, stop, isRunning: () => timer !== 0 };
}

// Every recording gets a picture of its own, the same each time.
function waveform(seed) {
  let value = [...String(seed)].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) >>> 0, 7);
  const bars = h("span", { class: "wave", "aria-hidden": "true" });
  for (let index = 0; index < BARS; index += 1) {
    value = (value * 1664525 + 1013904223) >>> 0;
    const height = 18 + ((value >>> 16) % 60) * (0.55 + 0.45 * Math.sin(index / 3));
    bars.append(h("i", { style: { "--height": `${Math.max(14, Math.round(height))}%` } }));
  }
  return bars;
}

export function duration(seconds = 0) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

function fileCard(file, words) {
  const name = file.file_name ?? words.file;
  return h("a", { class: "file-card", href: api.fileUrl(file.file_id), target: "_blank", rel: "noopener", download: name },
    h("span", { class: "round-button" }, icon("file")),
    h("span", { class: "file-text" }, h("strong", { dir: "auto" }, name), h("small", { dir: "ltr" }, size(file.file_size))));
}

function size(bytes) {
  if (!bytes) return "";
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1_048_576 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

// No map service is called: a drawn plan stands for the place.
function map(location, venue) {
  const { latitude, longitude } = location;
  const where = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  const words = venue ? [h("strong", { dir: "auto" }, venue.title), h("small", { dir: "auto" }, venue.address)] : [h("small", { dir: "ltr" }, where)];
  return h("a", { class: "map", href, target: "_blank", rel: "noopener noreferrer", "aria-label": venue?.title ?? where },
    h("span", { class: "map-plan", "aria-hidden": "true" }, icon("place")), h("span", { class: "map-text" }, words));
}

function contact(card) {
  const number = String(card.phone_number ?? "");
  return h("a", { class: "contact-card", href: `tel:${number.replace(/[^\d+]/g, "")}` },
    avatar(card.user_id ?? number.length, card.first_name),
    h("span", { class: "file-text" }, h("strong", { dir: "auto" }, fullName(card)), h("small", { dir: "ltr" }, number)));
}
