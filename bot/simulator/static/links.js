// Where a link leads: t.me links to this bot or group stay inside the simulator, all others open a new tab.

import { h } from "./dom.js";
import { store } from "./state.js";

const SAFE = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);

export function safeUrl(address) {
  try {
    const url = new URL(address);
    return SAFE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

export function link(address, pane, children, props = {}) {
  const href = safeUrl(address);
  if (!href) return h("span", props, children);
  const inside = insideTarget(href);
  const onclick = (event) => {
    if (!inside) return;
    event.preventDefault();
    followInside(inside, pane);
  };
  return h("a", { ...props, href, target: "_blank", rel: "noopener noreferrer", onclick }, children);
}

export function follow(address, pane) {
  const href = safeUrl(address);
  const inside = href && insideTarget(href);
  if (inside) followInside(inside, pane);
  else if (href) window.open(href, "_blank", "noopener,noreferrer");
}

function followInside(inside, pane) {
  if (inside.payload !== undefined) pane?.startBot(inside.payload);
  else document.dispatchEvent(new CustomEvent("sim:goto", { detail: inside }));
}

function insideTarget(href) {
  const url = new URL(href);
  if (url.protocol === "tg:") return fromTg(url);
  if (!["t.me", "telegram.me"].includes(url.hostname)) return null;
  const parts = url.pathname.split("/").filter(Boolean);
  if (parts[0]?.toLowerCase() === store.bot.username?.toLowerCase()) return { payload: url.searchParams.get("start") ?? "" };
  if (parts[0] === "c" && parts.length > 2) return place(parts.slice(1).map(Number), url);
  return null;
}

function fromTg(url) {
  const isBot = url.searchParams.get("domain")?.toLowerCase() === store.bot.username?.toLowerCase();
  if (isBot) return { payload: url.searchParams.get("start") ?? "" };
  return null;
}

// t.me/c/<group>/<message> or t.me/c/<group>/<topic>/<message>
function place([short, first, second], url) {
  const chat = Number(`-100${short}`);
  const thread = Number(url.searchParams.get("thread")) || undefined;
  if (second) return { chat, thread: first, message: second };
  return { chat, thread, message: first };
}
