// Buttons under messages and the reply keyboard under the field.

import * as api from "./api.js";
import { h, icon } from "./dom.js";
import { follow } from "./links.js";
import { toast } from "./popover.js";
import { watchEvents } from "./state.js";

const waiting = new Map();

// A tapped button waits until the bot has answered the tap.
watchEvents((event) => {
  if (event.kind !== "toast") return;
  waiting.get(event.query_id)?.();
  waiting.delete(event.query_id);
});

export function inlineKeyboard(message, pane) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "inline-keyboard" }, rows.map((row) => h("div", { class: "key-row" }, row.map((key) => inlineKey(key, message, pane)))));
}

function inlineKey(key, message, pane) {
  const mark = key.url ? icon("outside") : key.copy_text ? icon("copy") : null;
  const props = { type: "button", class: `key inline-key ${key.style ? `is-${key.style}` : ""}`, data: { label: key.text, message: message.message_id } };
  const button = h("button", props, h("span", { dir: "auto" }, key.text), mark);
  button.addEventListener("click", () => tapKey(key, message, pane, button));
  return button;
}

async function tapKey(key, message, pane, button) {
  if (key.url ?? key.login_url?.url) return follow(key.url ?? key.login_url.url, pane);
  if (key.copy_text) return copyText(key.copy_text.text, pane);
  if (key.callback_data === undefined) return toast(pane.host, "This kind of button does nothing in the simulator.");
  await wait(button, pane, () => api.tap(pane.chat().id, { by: pane.by(), message: message.message_id, data: key.callback_data }));
}

async function wait(button, pane, act) {
  const done = () => { button.classList.remove("is-waiting"); button.removeAttribute("aria-busy"); };
  button.classList.add("is-waiting");
  button.setAttribute("aria-busy", "true");
  try {
    const { query_id: query } = await act();
    if (answered.has(query)) done();
    else waiting.set(query, done);
    setTimeout(done, 15_000);
  } catch (error) {
    done();
    pane.report(error);
  }
}

// The answer may arrive before the tap's own reply does.
const answered = new Set();
watchEvents((event) => {
  if (event.kind === "toast") answered.add(event.query_id);
  if (answered.size > 200) answered.clear();
});

export async function copyText(text, pane) {
  try {
    await navigator.clipboard.writeText(text);
    toast(pane.host, pane.words().copied);
  } catch {
    toast(pane.host, text);
  }
}

export function replyKeyboard(markup, pane) {
  if (!markup?.keyboard?.length) return null;
  const rows = markup.keyboard.map((row) => h("div", { class: "key-row" }, row.map((key) => replyKey(key, pane))));
  const shape = markup.resize_keyboard ? "reply-keyboard" : "reply-keyboard is-tall";
  return h("div", { class: shape, role: "group", "aria-label": pane.words().keyboard }, rows);
}

function replyKey(given, pane) {
  const key = typeof given === "string" ? { text: given } : given;
  const mark = key.request_contact ? icon("person") : key.request_location ? icon("place") : null;
  const act = () => pane.attempt(() => api.press(pane.chat().id, { by: pane.by(), label: key.text, thread: pane.thread() }));
  const props = { type: "button", class: `key reply-key ${key.style ? `is-${key.style}` : ""}`, data: { label: key.text }, onclick: act };
  return h("button", props, h("span", { dir: "auto" }, key.text), mark);
}
