// The staff group: its topics, the open topic, and the colleague one plays.

import * as api from "./api.js";
import { ChatView } from "./chat.js";
import { Composer } from "./composer.js";
import { avatar, fill, fullName, h, icon, iconButton } from "./dom.js";
import { alertIn, ask, openMenu, toast } from "./popover.js";
import { isTyping, staff, store } from "./state.js";
import { GENERAL, topicsOf } from "./threads.js";
import { TopicList, topicMark } from "./topics.js";
import { openThread, show, view } from "./view.js";
import { wordsFor } from "./words.js";

const NOTHING = { id: 0, type: "supergroup", messages: [], topics: [], members: [], unread: {}, pinned: [] };

export class StaffGroup {
  constructor(host) {
    this.host = host;
    this.view = new ChatView(this);
    this.composer = new Composer(this);
    this.topics = new TopicList(this);
    this.head = h("header", { class: "pane-head" });
    this.acting = h("div", { class: "acting", role: "group", "aria-label": "Act as" });
    this.topicHead = h("header", { class: "topic-head" });
    this.closed = h("div", { class: "gate is-quiet", hidden: true });
    this.open = h("div", { class: "topic" }, this.topicHead, this.view.el, this.closed, this.composer.el);
    this.body = h("div", { class: "group-body" }, this.topics.el, this.open);
    fill(host, this.head, this.acting, this.body);
    document.addEventListener("sim:goto", (event) => this.goTo(event.detail));
  }

  by() { return view.acting; }
  chat() { return store.chats.get(view.group) ?? NOTHING; }
  thread() { return this.chat().is_forum && openThread() !== GENERAL ? openThread() : undefined; }
  language() { return "en"; }
  words() { return wordsFor("en"); }
  direction() { return "ltr"; }
  anonymous() { return view.anonymous; }
  topic() { return topicsOf(this.chat()).find((topic) => topic.thread === openThread()); }

  update() {
    const chat = this.chat();
    this.host.dataset.chat = chat.id;
    this.host.classList.toggle("shows-topic", !chat.is_forum || view.thread !== null);
    this.drawHead(chat);
    this.drawActing();
    this.topics.update();
    this.drawTopicHead(chat);
    this.drawClosed(chat);
    this.composer.update();
    this.view.update();
  }

  drawHead(chat) {
    const count = chat.members?.filter((one) => !["left", "kicked"].includes(one.status)).length ?? 0;
    const sign = JSON.stringify([chat.id, chat.title, count]);
    if (sign === this.headSign) return;
    this.headSign = sign;
    fill(this.head, avatar(chat.id, chat.title ?? "?", "is-square"),
      h("div", { class: "pane-title" }, h("strong", { dir: "auto" }, chat.title ?? "No group"), h("span", { class: "subtitle" }, `${count} members`)));
  }

  drawActing() {
    const people = staff();
    const sign = JSON.stringify([people, view.acting, view.anonymous]);
    if (sign === this.actingSign) return;
    this.actingSign = sign;
    const hadFocus = this.acting.contains(document.activeElement);
    fill(this.acting, h("span", { class: "acting-label" }, "You are"), people.map((one) => this.actingChip(one)), this.maskButton());
    if (hadFocus) this.acting.querySelector("[aria-pressed=true]")?.focus();
  }

  actingChip(one) {
    const props = { type: "button", class: "acting-chip", "aria-pressed": String(one.id === view.acting), onclick: () => show({ acting: one.id }), data: { person: one.id, label: one.first_name, action: "act-as" } };
    return h("button", props, avatar(one.id, fullName(one), "is-small"), one.first_name);
  }

  maskButton() {
    const flip = () => show({ anonymous: !view.anonymous });
    return h("button", { type: "button", class: "acting-chip is-mask", "aria-pressed": String(Boolean(view.anonymous)), title: "Post as anonymous admin", onclick: flip, data: { action: "anonymous" } }, icon("mask"), h("span", { class: "mask-text" }, "Anonymous"));
  }

  drawTopicHead(chat) {
    const topic = this.topic();
    this.topicHead.hidden = !chat.is_forum || !topic;
    const isTypingNow = isTyping(chat);
    const sign = JSON.stringify([topic, isTypingNow]);
    if (!topic || sign === this.topicSign) return;
    this.topicSign = sign;
    const more = iconButton("menu", "Topic", () => this.openTopicMenu(more), { hidden: topic.thread === GENERAL, data: { action: "topic-menu" } });
    fill(this.topicHead, iconButton("back", "Topics", () => show({ thread: null }), { class: "to-topics", data: { action: "topics" } }),
      topicMark(topic), h("div", { class: "pane-title" }, h("strong", { dir: "auto" }, topic.name), isTypingNow ? h("span", { class: "subtitle is-typing" }, "typing…") : null), more);
  }

  openTopicMenu(anchor) {
    const topic = this.topic();
    const act = (action, name) => this.attempt(() => api.topic(this.chat().id, topic.thread, { by: this.by(), action, name }));
    openMenu(anchor, [
      { label: "Rename…", icon: "edit", action: "topic-rename", act: async () => { const name = await ask(this.host, "Name of the topic", topic.name, "Rename", "Cancel"); if (name) act("rename", name); } },
      topic.closed ? { label: "Reopen", icon: "lock", action: "topic-reopen", act: () => act("reopen") } : { label: "Close", icon: "lock", action: "topic-close", act: () => act("close") },
      { label: "Delete by hand", icon: "trash", danger: true, action: "topic-delete", act: () => act("delete") },
    ], { label: "Topic" });
  }

  // Admins may write in a closed topic; the others see that it is closed.
  drawClosed(chat) {
    const status = chat.members?.find((one) => one.person === this.by())?.status;
    const isOut = ["left", "kicked"].includes(status);
    const isShut = Boolean(this.topic()?.closed) && chat.is_forum && !["administrator", "creator"].includes(status);
    this.closed.hidden = !isOut && !isShut;
    this.composer.el.hidden = isOut || isShut || !chat.id;
    this.closed.textContent = isOut ? "Not a member of this group" : "This topic is closed";
  }

  goTo({ chat, thread, message }) {
    if (!store.chats.has(chat)) return;
    const found = store.chats.get(chat).messages.find((one) => one.message_id === message);
    const target = thread ?? found?.message_thread_id ?? (topicsOf(store.chats.get(chat)).some((topic) => topic.thread === message) ? message : GENERAL);
    show({ group: chat, thread: target, pane: "group" });
    setTimeout(() => this.view.jumpTo(message), 80);
  }

  // A link to the bot, followed by a colleague, opens in that colleague's own chat with the bot.
  startBot(payload) { return this.attempt(() => api.start(this.by(), this.by(), payload || undefined)); }
  sendText(text) { return this.composer.sendText(text); }

  async attempt(act) {
    try {
      await act();
      return true;
    } catch (error) {
      this.report(error);
      return false;
    }
  }

  report(error) { toast(this.host, error.message, "is-error"); }

  answer(event) {
    if (event.person !== view.acting || !event.text) return;
    if (event.show_alert) alertIn(this.host, store.bot.first_name ?? "", event.text, "OK");
    else toast(this.host, event.text);
  }
}
