// The list of topics in the staff group, newest talk first, pinned General on top.

import { badge, fill, h, icon } from "./dom.js";
import { summary } from "./media.js";
import { senderName } from "./message.js";
import { serviceText } from "./service.js";
import { unread } from "./state.js";
import { GENERAL, threadOf, topicsOf } from "./threads.js";
import { openThread, openTopic, view } from "./view.js";
import { clockTime, wordsFor } from "./words.js";

export class TopicList {
  constructor(pane) {
    this.pane = pane;
    this.el = h("nav", { class: "topics", "aria-label": "Topics" });
  }

  update() {
    const chat = this.pane.chat();
    this.el.hidden = !chat.is_forum;
    if (!chat.is_forum) return;
    const entries = orderedTopics(chat).map(({ topic, last }) => ({ topic, last, count: unread(chat, view.acting, topic.thread), isOpen: topic.thread === openThread() }));
    const sign = JSON.stringify(entries.map(({ topic, last, count, isOpen }) => [topic, last?.message_id, last?.edit_date, count, isOpen]));
    if (sign === this.sign) return;
    this.sign = sign;
    const focused = document.activeElement?.dataset?.thread;
    fill(this.el, entries.map(entryButton));
    if (focused && !this.el.contains(document.activeElement)) this.el.querySelector(`[data-thread="${Number(focused)}"]`)?.focus({ preventScroll: true });
  }
}

function orderedTopics(chat) {
  const last = new Map();
  for (const message of chat.messages) last.set(threadOf(message), message);
  const entries = topicsOf(chat).map((topic) => ({ topic, last: last.get(topic.thread) }));
  const rank = ({ topic, last: message }) => (topic.closed ? 0 : 1e15) + (topic.thread === GENERAL ? 1e14 : message?.message_id ?? topic.thread);
  return entries.sort((one, two) => rank(two) - rank(one));
}

function entryButton({ topic, last, count, isOpen }) {
  const line = last ? serviceText(last) ?? `${senderName(last)}: ${summary(last, wordsFor("en"))}` : "";
  return h("button", { type: "button", class: "topic-entry", "aria-current": isOpen ? "true" : null, onclick: () => openTopic(topic.thread), data: { thread: topic.thread, label: topic.name } },
    topicMark(topic),
    h("span", { class: "topic-words" },
      h("span", { class: "topic-line" }, h("strong", { dir: "auto" }, topic.name), topic.closed ? icon("lock", "closed") : null, last ? h("time", {}, clockTime(last.date, "en")) : null),
      h("span", { class: "topic-line" }, h("span", { class: "topic-last", dir: "auto" }, line.replaceAll("\n", " ").slice(0, 90)), badge(count))));
}

export function topicMark(topic) {
  if (topic.thread === GENERAL) return h("span", { class: "topic-mark is-general", "aria-hidden": "true" }, "#");
  const colour = topic.icon_color ? `#${Number(topic.icon_color).toString(16).padStart(6, "0")}` : null;
  const first = [...String(topic.name)].find((sign) => /\p{L}|(?![#*\d])\p{Emoji}/u.test(sign)) ?? "#";
  return h("span", { class: "topic-mark", style: colour ? { "--mark": colour } : {}, "aria-hidden": "true" }, first);
}
