// A conversation: pinned bar, the list of messages kept in step with the state, scrolling, unread mark, reading.

import * as api from "./api.js";
import { fill, h, icon, iconButton } from "./dom.js";
import { summary } from "./media.js";
import { messageRow, senderId, senderName } from "./message.js";
import { serviceRow, serviceText } from "./service.js";
import { changed, unread } from "./state.js";
import { GENERAL, threadOf } from "./threads.js";
import { dayName } from "./words.js";

const GROUP_SECONDS = 300;

export class ChatView {
  constructor(pane) {
    this.pane = pane;
    this.rows = new Map();
    this.dividerBefore = null;
    this.place = "";
    this.isAtEnd = true;
    this.pinIndex = 0;
    this.lastOwn = Infinity;
    this.build();
  }

  build() {
    this.list = h("div", { class: "messages", role: "log", "aria-live": "polite", tabindex: 0, "aria-label": "Messages" });
    this.scroller = h("div", { class: "scroller" }, this.list);
    this.pins = h("div", { class: "pins", hidden: true });
    this.toEnd = iconButton("down", "To the newest message", () => this.scrollToEnd(true), { class: "to-end", hidden: true, data: { action: "to-end" } });
    this.el = h("div", { class: "chat" }, this.pins, this.scroller, this.toEnd);
    this.scroller.addEventListener("scroll", () => this.noteScroll(), { passive: true });
    this.list.addEventListener("keydown", (event) => this.walk(event));
    // Late pictures and keyboards must not push the newest message out of sight.
    new ResizeObserver(() => { if (this.isAtEnd) this.scrollToEnd(); }).observe(this.list);
    new ResizeObserver(() => { if (this.isAtEnd) this.scrollToEnd(); }).observe(this.scroller);
  }

  messages() {
    const chat = this.pane.chat();
    const thread = this.pane.thread() ?? GENERAL;
    return chat.is_forum ? chat.messages.filter((one) => threadOf(one) === thread) : chat.messages;
  }

  update() {
    const chat = this.pane.chat();
    const messages = this.messages();
    const place = `${chat.id}:${this.pane.thread() ?? ""}:${this.pane.by()}`;
    const isNew = place !== this.place;
    if (isNew) this.enter(place);
    this.followOwn(messages);
    this.noteUnread(chat, messages);
    this.drawPins(chat, messages);
    this.reconcile(this.plan(messages));
    if (isNew) this.showStart();
    else if (this.isAtEnd) this.scrollToEnd();
    this.readIfSeen(chat);
  }

  enter(place) {
    this.place = place;
    this.dividerBefore = null;
    this.isAtEnd = true;
    this.pinIndex = 0;
    this.lastOwn = Infinity;
    this.rows.clear();
    this.list.replaceChildren();
  }

  // Whoever writes looks at what was written.
  followOwn(messages) {
    const last = messages.findLast((one) => one.from?.id === this.pane.by())?.message_id ?? 0;
    if (last > this.lastOwn) {
      this.isAtEnd = true;
      this.clearDivider();
    }
    this.lastOwn = last;
  }

  unreadCount(chat) {
    return unread(chat, this.pane.by(), chat.is_forum ? this.pane.thread() ?? GENERAL : undefined);
  }

  noteUnread(chat, messages) {
    const count = this.unreadCount(chat);
    if (!count || this.dividerBefore !== null) return;
    const foreign = messages.filter((one) => one.from?.id !== this.pane.by() && serviceText(one) === null);
    if (this.isSeen() && this.isAtEnd && this.rows.size) return;
    this.dividerBefore = foreign.at(-count)?.message_id ?? foreign[0]?.message_id ?? null;
  }

  isSeen() {
    return !document.hidden && this.el.isConnected && this.el.offsetParent !== null;
  }

  readIfSeen(chat) {
    if (!this.unreadCount(chat) || !this.isSeen() || this.isReading) return;
    this.isReading = true;
    const done = () => setTimeout(() => {
      this.isReading = false;
      if (this.unreadCount(this.pane.chat())) changed();
    }, 400);
    api.read(chat.id, this.pane.by(), chat.is_forum ? this.pane.thread() ?? GENERAL : undefined).then(done, done);
  }

  // What stands in the list, in order; the signature tells whether a row must be drawn anew.
  plan(messages) {
    const rows = [];
    let day = "";
    for (const message of messages) {
      const name = dayName(message.date, this.pane.language());
      if (name !== day) rows.push({ key: `day:${name}`, kind: "day", text: name });
      day = name;
      if (message.message_id === this.dividerBefore) rows.push({ key: "divider", kind: "divider", text: this.pane.words().unread });
      addMessage(rows, message, this.pane.by());
    }
    rows.forEach((row, index) => finish(row, rows[index - 1], rows[index + 1], this.pane));
    return rows;
  }

  reconcile(rows) {
    const wanted = new Set(rows.map((row) => row.key));
    for (const [key, drawn] of this.rows) {
      if (wanted.has(key)) continue;
      drawn.node.remove();
      this.rows.delete(key);
    }
    let previous = null;
    for (const row of rows) {
      const node = this.nodeFor(row);
      const after = previous ? previous.nextSibling : this.list.firstChild;
      if (node !== after) this.list.insertBefore(node, after);
      previous = node;
    }
  }

  nodeFor(row) {
    const drawn = this.rows.get(row.key);
    if (drawn?.signature === row.signature) return drawn.node;
    const node = this.draw(row);
    if (drawn) {
      const hadFocus = drawn.node.contains(document.activeElement);
      drawn.node.replaceWith(node);
      if (hadFocus) node.focus({ preventScroll: true });
    } else if (this.rows.size) node.classList.add("is-fresh");
    this.rows.set(row.key, { node, signature: row.signature });
    return node;
  }

  draw(row) {
    if (row.kind === "service") return serviceRow(row.messages[0]);
    if (row.kind === "message") return messageRow(row, this.pane);
    return h("div", { class: `service is-${row.kind}` }, h("span", { dir: "auto" }, row.text));
  }

  drawPins(chat, messages) {
    const ids = (chat.pinned ?? []).map((pin) => pin?.message_id ?? pin);
    const pinned = messages.filter((one) => ids.includes(one.message_id)).reverse();
    this.pins.hidden = !pinned.length;
    if (!pinned.length) return;
    const shown = pinned[this.pinIndex % pinned.length];
    const text = summary(shown, this.pane.words()).split("\n").filter(Boolean).slice(0, 2).join(" · ");
    const jump = () => { this.jumpTo(shown.message_id); this.pinIndex += 1; this.drawPins(this.pane.chat(), this.messages()); };
    fill(this.pins, h("button", { type: "button", class: "pin-bar", onclick: jump, data: { action: "pinned" } }, icon("pin"),
      h("span", { class: "pin-text" }, h("strong", {}, this.pane.words().pinned, pinned.length > 1 ? ` · ${pinned.length}` : ""), h("span", { dir: "auto" }, text))));
  }

  showStart() {
    const divider = this.rows.get("divider")?.node;
    if (divider) divider.scrollIntoView({ block: "center" });
    else this.scrollToEnd();
    this.noteScroll();
  }

  scrollToEnd(isSmooth = false) {
    this.isAtEnd = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: isSmooth && !calm ? "smooth" : "auto" });
    this.toEnd.hidden = true;
  }

  noteScroll() {
    const rest = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
    this.isAtEnd = rest < 90;
    this.toEnd.hidden = this.isAtEnd;
  }

  jumpTo(id) {
    const node = this.list.querySelector(`[data-message="${Number(id)}"]`);
    if (!node) return;
    this.isAtEnd = false;
    node.scrollIntoView({ block: "center" });
    node.classList.remove("is-found");
    requestAnimationFrame(() => node.classList.add("is-found"));
    this.noteScroll();
  }

  clearDivider() {
    this.dividerBefore = null;
  }

  // Arrow keys walk through the messages; Enter opens a message's menu.
  walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const own = document.activeElement?.closest?.(".row");
    if (!step || (document.activeElement !== this.list && document.activeElement !== own)) return;
    event.preventDefault();
    const rows = [...this.list.querySelectorAll(".row")];
    const index = own ? rows.indexOf(own) + step : rows.length - 1;
    rows[Math.max(0, Math.min(rows.length - 1, index))]?.focus();
  }
}

function addMessage(rows, message, by) {
  const before = rows.at(-1);
  if (serviceText(message) !== null) rows.push({ key: `m${message.message_id}`, kind: "service", messages: [message] });
  else if (message.media_group_id && before?.messages?.[0].media_group_id === message.media_group_id) before.messages.push(message);
  else rows.push({ key: `m${message.message_id}`, kind: "message", messages: [message], isOut: message.from?.id === by && !message.sender_chat });
}

function finish(row, before, after, pane) {
  if (row.kind === "message") {
    row.isFirst = !belongs(before, row);
    row.isLast = !belongs(row, after);
  }
  row.signature = JSON.stringify([row.kind, row.text, row.messages, row.isOut, row.isFirst, row.isLast, pane.language()]);
}

function belongs(one, next) {
  if (one?.kind !== "message" || next?.kind !== "message") return false;
  const [a, b] = [one.messages.at(-1), next.messages[0]];
  return senderId(a) === senderId(b) && senderName(a) === senderName(b) && b.date - a.date < GROUP_SECONDS;
}
