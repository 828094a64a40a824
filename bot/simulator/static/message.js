// One message as a row of the conversation: bubble, marks, buttons, reactions; or a service line.

import * as api from "./api.js";
import { avatar, fullName, h, hue, icon, iconButton } from "./dom.js";
import { direction, richText } from "./entities.js";
import { copyText, inlineKeyboard } from "./keyboard.js";
import { mediaNodes, summary } from "./media.js";
import { closeMenu, openMenu } from "./popover.js";
import { store } from "./state.js";
import { clockTime } from "./words.js";

const REACTIONS = ["👍", "👎", "❤"];

// row: {messages, isFirst, isLast, isOut}; an album is one row with several messages
export function messageRow(row, pane) {
  const [message] = row.messages;
  const side = row.isOut ? "is-out" : "is-in";
  const ends = `${row.isFirst ? "is-first" : ""} ${row.isLast ? "is-last" : ""}`;
  const node = h("div", { class: `row ${side} ${ends}`, role: "article", tabindex: -1, data: hooks(message) });
  const isGroup = pane.chat().type !== "private";
  if (isGroup && !row.isOut) node.append(row.isLast ? avatar(senderId(message), senderName(message), message.from?.id === store.bot.id ? "is-bot" : "") : h("span", { class: "avatar is-gap" }));
  const stack = h("div", { class: "stack" }, bubble(row, pane, isGroup), inlineKeyboard(row.messages.at(-1), pane));
  node.append(stack);
  addMenu(node, row, pane);
  return node;
}

const hooks = (message) => ({ message: message.message_id, chat: message.chat?.id, person: message.from?.id });

function bubble(row, pane, isGroup) {
  const [message] = row.messages;
  const words = pane.words();
  const carrier = row.messages.find((one) => one.caption) ?? message;
  const text = carrier.text ?? carrier.caption;
  const media = row.messages.length > 1 ? [album(row.messages, words)] : mediaNodes(message, words);
  const paragraphs = text ? richText(text, carrier.entities ?? carrier.caption_entities, pane) : [];
  const isBare = Boolean(message.sticker ?? message.video_note) && !text;
  const node = h("div", { class: `bubble ${isBare ? "is-bare" : ""} ${media.length && !text ? "is-media" : ""}` });
  if (isGroup && !row.isOut && row.isFirst) node.append(senderLine(message));
  node.append(...[forwardLine(message), replyLine(message, pane)].filter(Boolean));
  if (media.length) node.append(h("div", { class: "media" }, media));
  if (paragraphs.length) node.append(h("div", { class: "text" }, paragraphs));
  if (!media.length && !text) node.append(h("div", { class: "text is-unknown" }, unknownKind(message)));
  const end = foot(row, carrier, text, pane);
  if (end.classList.contains("is-inline")) paragraphs.at(-1).append(gap(end));
  node.append(end);
  return node;
}

function album(messages, words) {
  const cells = messages.map((one) => h("div", { class: "album-cell", data: hooks(one) }, mediaNodes(one, words)));
  const isPictures = messages.every((one) => one.photo ?? one.video);
  return h("div", { class: isPictures ? "album" : "album is-list", "data-count": messages.length }, cells);
}

// Time and marks stand in the last line when it runs the same way as the screen, else on a line of their own.
function foot(row, carrier, text, pane) {
  const last = row.messages.at(-1);
  const reactions = reactionPills(last, pane);
  const meta = h("span", { class: "meta" },
    row.messages.some((one) => one.edit_date) ? h("span", { class: "edited" }, pane.words().edited) : null,
    h("time", { datetime: new Date(last.date * 1000).toISOString() }, clockTime(last.date, pane.language())),
    row.isOut ? icon(last.pending ? "clock" : "ticks") : null);
  if (reactions) return h("div", { class: "foot" }, reactions, meta);
  const line = (text ?? "").split("\n").at(-1);
  const marks = carrier.entities ?? carrier.caption_entities ?? [];
  const endsInBlock = marks.some((mark) => /pre|blockquote/.test(mark.type) && mark.offset + mark.length >= text.length - 1);
  const fits = text && !endsInBlock && (direction(line) ?? pane.direction()) === pane.direction();
  return h("div", { class: fits ? "foot is-inline" : "foot" }, meta);
}

// Keeps the room that the time takes in the last line.
function gap(end) {
  const copy = end.firstElementChild.cloneNode(true);
  copy.classList.add("is-gap");
  copy.setAttribute("aria-hidden", "true");
  return copy;
}

function senderLine(message) {
  const title = message.sender_chat ? "admin" : store.bot.id === message.from?.id ? "bot" : message.author_signature;
  return h("div", { class: "sender", style: { "--hue": hue(senderId(message)) } }, h("bdi", {}, senderName(message)), title ? h("small", {}, title) : null);
}

export const senderId = (message) => message.sender_chat?.id ?? message.from?.id;
export const senderName = (message) => (message.sender_chat ? message.sender_chat.title : fullName(message.from));

function forwardLine(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const who = origin.sender_user ? fullName(origin.sender_user) : origin.sender_user_name ?? origin.sender_chat?.title ?? origin.chat?.title ?? "?";
  return h("div", { class: "forwarded", dir: "auto" }, `↪ ${who}`);
}

function replyLine(message, pane) {
  const target = message.reply_to_message;
  if (!target || target.forum_topic_created) return null;
  const jump = () => pane.view.jumpTo(target.message_id);
  const quoted = message.quote?.text ?? summary(target, pane.words());
  return h("button", { type: "button", class: "quoted", onclick: jump, style: { "--hue": hue(senderId(target)) } },
    h("strong", { dir: "auto" }, senderName(target)), h("span", { dir: "auto" }, quoted || "…"));
}

function reactionPills(message, pane) {
  const given = Object.entries(message.reactions ?? {}).filter(([, ids]) => ids.length);
  if (!given.length) return null;
  return h("span", { class: "reactions" }, given.map(([emoji, ids]) => {
    const isOwn = ids.includes(pane.by());
    const toggle = () => pane.attempt(() => api.react(pane.chat().id, pane.by(), message.message_id, isOwn ? null : emoji));
    return h("button", { type: "button", class: "reaction", "aria-pressed": String(isOwn), "aria-label": `${emoji} ${ids.length}`, onclick: toggle, data: { reaction: emoji } }, emoji, ids.length > 1 ? ` ${ids.length}` : "");
  }));
}

function unknownKind(message) {
  const plain = new Set(["message_id", "from", "chat", "date", "reactions", "message_thread_id", "is_topic_message", "reply_markup", "edit_date", "sender_chat", "reply_to_message", "asks_reply"]);
  const kinds = Object.keys(message).filter((key) => !plain.has(key));
  return kinds.length ? kinds.join(", ") : "…";
}

function addMenu(node, row, pane) {
  const open = (at) => messageMenu(node, row, pane, at);
  const more = iconButton("down", pane.words().more, () => openFrom(more), { class: "row-more", tabindex: -1, data: { action: "message-menu" } });
  const openFrom = (anchor) => { const box = anchor.getBoundingClientRect(); open({ x: box.left, y: box.bottom }); };
  node.querySelector(".bubble").append(more);
  node.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a")) return;
    event.preventDefault();
    open({ x: event.clientX, y: event.clientY });
  });
  // On a touch screen a tap on the bubble opens its menu, as in Telegram.
  node.addEventListener("click", (event) => {
    if (event.pointerType === "touch" && event.target.closest(".bubble") && !event.target.closest("a, button, video, [role=button]")) open({ x: event.clientX, y: event.clientY });
  });
  node.addEventListener("keydown", (event) => {
    if (event.target === node && event.key === "Enter") { event.preventDefault(); openFrom(more); }
  });
}

function messageMenu(node, row, pane, at) {
  const [message] = row.messages;
  const words = pane.words();
  const text = message.text ?? message.caption;
  const isOwn = message.from?.id === pane.by() && !message.forward_origin;
  openMenu(node, [
    reactionBar(message, pane),
    { label: words.reply, icon: "reply", action: "reply", act: () => pane.composer.replyTo(message) },
    isOwn && text ? { label: words.edit, icon: "edit", action: "edit", act: () => pane.composer.editMessage(message) } : null,
    text ? { label: words.copy, icon: "copy", action: "copy", act: () => copyText(text, pane) } : null,
  ], { at, label: words.more, dir: pane.direction() });
}

function reactionBar(message, pane) {
  return h("div", { class: "menu-reactions", role: "group", "aria-label": "React" }, REACTIONS.map((emoji) => {
    const isOwn = (message.reactions?.[emoji] ?? []).includes(pane.by());
    const act = () => pane.attempt(() => api.react(pane.chat().id, pane.by(), message.message_id, isOwn ? null : emoji));
    const button = h("button", { type: "button", role: "menuitem", "aria-label": `React ${emoji}`, "aria-pressed": String(isOwn), data: { react: emoji } }, emoji);
    button.addEventListener("click", () => { closeMenu(); act(); });
    return button;
  }));
}
