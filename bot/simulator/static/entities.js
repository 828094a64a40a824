// A message's text with its entities, as DOM nodes: blocks, then lines with a direction each, then nested inline marks.

import { h } from "./dom.js";
import { link, safeUrl } from "./links.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const PHONE = /(?<![\w./-])(?:\+|0)\d[\d \u00a0()./-]{5,18}\d(?![\w/-])/g;
const WEB = /(?:https?:\/\/|www\.)[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const COMMAND = /(?<=^|\s)\/[a-z0-9_]{1,32}(?![\w/])/g;
const DATE = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/;
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]/;
const LETTER = /\p{L}/u;

export function richText(text, entities, pane) {
  const whole = { text, marks: withFound(text, entities ?? []), pane };
  const nodes = [];
  let at = 0;
  for (const block of whole.marks.filter((mark) => BLOCKS.has(mark.type))) {
    if (block.offset < at) continue;
    nodes.push(...lines(whole, at, trimBreak(text, at, block.offset)));
    nodes.push(blockNode(whole, block));
    at = block.offset + block.length;
    if (text[at] === "\n") at += 1;
  }
  if (at < text.length || !nodes.length) nodes.push(...lines(whole, at, text.length));
  return nodes;
}

// The line break before a block belongs to the block.
const trimBreak = (text, from, end) => (end > from && text[end - 1] === "\n" ? end - 1 : end);

function blockNode(whole, block) {
  const end = block.offset + block.length;
  if (block.type === "pre") {
    return h("pre", { class: "pre", dir: "ltr" }, h("code", { "data-language": block.language }, whole.text.slice(block.offset, end)));
  }
  const quote = h("blockquote", { class: "quote" }, lines(whole, block.offset, end));
  return block.type === "blockquote" ? quote : foldable(quote);
}

function foldable(quote) {
  quote.classList.add("is-folded");
  const toggle = h("button", { type: "button", class: "quote-toggle", "aria-expanded": "false", "aria-label": "Show the whole quotation" }, "⌄");
  toggle.addEventListener("click", () => toggle.setAttribute("aria-expanded", String(!quote.classList.toggle("is-folded"))));
  quote.append(toggle);
  return quote;
}

function lines(whole, from, to) {
  if (from >= to) return [];
  const nodes = [];
  let at = from;
  for (const line of whole.text.slice(from, to).split("\n")) {
    const marks = whole.marks.filter((mark) => !BLOCKS.has(mark.type));
    nodes.push(h("div", { class: "line", dir: "auto" }, line ? inline(whole, marks, at, at + line.length) : h("br")));
    at += line.length + 1;
  }
  return nodes;
}

// Marks are sorted outermost first; what lies inside one is drawn inside its node.
function inline(whole, marks, from, to) {
  const nodes = [];
  let at = from;
  while (at < to) {
    const index = marks.findIndex((mark) => mark.offset < to && mark.offset + mark.length > at);
    if (index < 0) break;
    const mark = marks[index];
    const start = Math.max(at, mark.offset);
    const end = Math.min(to, mark.offset + mark.length);
    if (start > at) nodes.push(whole.text.slice(at, start));
    nodes.push(markNode(whole, mark, inline(whole, marks.slice(index + 1), start, end)));
    at = end;
  }
  if (at < to) nodes.push(whole.text.slice(at, to));
  return nodes;
}

function markNode(whole, mark, children) {
  const own = whole.text.slice(mark.offset, mark.offset + mark.length);
  if (TAGS[mark.type]) return h(TAGS[mark.type], {}, children);
  if (mark.type === "spoiler") return spoiler(children);
  if (mark.type === "text_link") return link(mark.url, whole.pane, children);
  if (mark.type === "url") return link(/^[a-z]+:/i.test(own) ? own : `https://${own}`, whole.pane, children);
  if (mark.type === "email") return h("a", { href: safeUrl(`mailto:${own}`) }, children);
  if (mark.type === "phone_number") return h("a", { href: `tel:${own.replace(/[^\d+]/g, "")}`, dir: "ltr" }, children);
  if (mark.type === "bot_command") return command(whole, own, children);
  if (mark.type === "date_time" && mark.date_time_format === "r") return counting(mark.unix_time, own);
  return h("span", { class: `mark-${mark.type}` }, children);
}

// "2 hours ago", in the app's language, counted on while it is looked at.
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const AGO = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

function counting(moment, title) {
  const node = h("time", { title });
  const show = () => {
    const passed = moment - Date.now() / 1000;
    const [unit, size] = UNITS.find(([, seconds]) => Math.abs(passed) >= seconds) ?? ["second", 1];
    node.textContent = AGO.format(Math.trunc(passed / size), unit);
    if (node.isConnected) setTimeout(show, 30000);
  };
  show();
  setTimeout(show, 30000);
  return node;
}

function command(whole, own, children) {
  const send = () => whole.pane?.sendText(own);
  return h("button", { type: "button", class: "text-command", dir: "ltr", onclick: send, data: { command: own } }, children);
}

function spoiler(children) {
  const node = h("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": "Hidden text, press to show" }, children);
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter") return;
    node.classList.add("is-shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", show);
  return node;
}

// Telegram's apps find links, telephone numbers and commands by themselves.
function withFound(text, entities) {
  const marks = [...entities];
  const isFree = (offset, length) => !marks.some((mark) => TAKEN.has(mark.type) && mark.offset < offset + length && mark.offset + mark.length > offset);
  for (const [type, pattern] of [["url", WEB], ["email", MAIL], ["phone_number", PHONE], ["bot_command", COMMAND]]) {
    for (const match of text.matchAll(pattern)) {
      if (type === "phone_number" && !isPhone(match[0])) continue;
      if (isFree(match.index, match[0].length)) marks.push({ type, offset: match.index, length: match[0].length });
    }
  }
  return marks.sort((one, two) => one.offset - two.offset || two.length - one.length);
}

const TAKEN = new Set(["url", "text_link", "email", "phone_number", "bot_command", "code", "pre", "mention", "text_mention"]);

function isPhone(found) {
  const digits = found.replace(/\D/g, "").length;
  return digits >= 7 && digits <= 15 && !DATE.test(found.trim());
}

export function direction(text) {
  for (const sign of text) {
    if (RTL.test(sign)) return "rtl";
    if (LETTER.test(sign)) return "ltr";
  }
  return null;
}
