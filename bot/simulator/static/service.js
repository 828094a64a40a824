// Lines that Telegram itself writes into a conversation.

import { fullName, h } from "./dom.js";
import { summary } from "./media.js";
import { wordsFor } from "./words.js";

const LINES = {
  forum_topic_created: (message, who) => `${who} created the topic “${message.forum_topic_created.name}”`,
  forum_topic_edited: (message, who) => `${who} renamed the topic ${message.forum_topic_edited.name ? `to “${message.forum_topic_edited.name}”` : ""}`,
  forum_topic_closed: (message, who) => `${who} closed the topic`,
  forum_topic_reopened: (message, who) => `${who} reopened the topic`,
  general_forum_topic_hidden: (message, who) => `${who} hid General`,
  general_forum_topic_unhidden: (message, who) => `${who} showed General again`,
  pinned_message: (message, who) => `${who} pinned “${short(summary(message.pinned_message, wordsFor("en")))}”`,
  new_chat_members: (message, who) => joined(message, who),
  left_chat_member: (message, who) => left(message, who),
  group_chat_created: (message, who) => `${who} made the group`,
  supergroup_chat_created: (message, who) => `${who} made the group`,
  new_chat_title: (message, who) => `${who} named the group “${message.new_chat_title}”`,
  migrate_to_chat_id: () => "The group became a supergroup",
  migrate_from_chat_id: () => "The group became a supergroup",
  message_auto_delete_timer_changed: (message, who) => `${who} changed the auto-delete timer`,
  write_access_allowed: () => "The bot may write now",
};

function short(text) {
  const [first] = text.trim().split("\n");
  return first.length > 40 || first.length < text.trim().length ? `${[...first].slice(0, 38).join("")}…` : first;
}

function joined(message, who) {
  const names = message.new_chat_members.map(fullName).join(", ");
  const isOwn = message.new_chat_members.every((one) => one.id === message.from?.id);
  return isOwn ? `${names} joined` : `${who} added ${names}`;
}

function left(message, who) {
  const name = fullName(message.left_chat_member);
  return message.left_chat_member.id === message.from?.id ? `${name} left` : `${who} removed ${name}`;
}

export function serviceText(message) {
  const kind = Object.keys(LINES).find((name) => message[name] !== undefined && message[name] !== null);
  return kind ? LINES[kind](message, fullName(message.from)) : null;
}

export function serviceRow(message) {
  return h("div", { class: "service", data: { message: message.message_id, chat: message.chat?.id } }, h("span", { dir: "auto" }, serviceText(message)));
}
