// How one event changes the picture of a chat. A kind that is not here makes the page read everything again.

import { serviceText } from "./service.js";
import { GENERAL, threadOf } from "./threads.js";

const INSIDE = ["creator", "administrator", "member"];
export const TYPING_LASTS = 5000;

const APPLY = {
  message: addMessage,
  edited: (chat, event) => replaceMessage(chat, event.message),
  deleted: removeMessages,
  reaction: (chat, event) => change(chat, event.message_id, { reactions: event.reactions }),
  topic: keepTopic,
  member: (chat, event) => keep(chat.members, "person", { person: event.person, status: event.status }),
  keyboard: (chat, event) => { chat.reply_keyboard[event.person] = event.keyboard; },
  pinned: (chat, event) => { chat.pinned = event.pinned; },
  blocked: (chat, event) => { chat.blocked_by = event.blocked ? [event.person] : []; },
  read: (chat, event) => { delete chat.unread[event.key]; },
  typing: (chat, event) => { chat.typing = event.typing; chat.typing_until = Date.now() + TYPING_LASTS; },
};

// Tells whether the event was understood.
export function apply(store, event) {
  if (event.kind === "toast" || event.kind === "call") return true;
  if (event.kind === "person") return keepPerson(store, event);
  if (event.kind === "chat") return keepChat(store, event);
  const chat = store.chats.get(event.chat);
  if (!chat || !APPLY[event.kind]) return false;
  APPLY[event.kind](chat, event);
  return true;
}

function keepPerson(store, event) {
  if (!event.person?.id) return false;
  keep(store.people, "id", event.person);
  return true;
}

function keepChat(store, event) {
  if (!event.state) return false;
  store.chats.set(event.state.id, event.state);
  return true;
}

function keep(list, key, item) {
  const index = list.findIndex((one) => one[key] === item[key]);
  if (index < 0) list.push(item);
  else list[index] = { ...list[index], ...item };
}

function addMessage(chat, event) {
  const { message } = event;
  if (chat.messages.some((one) => one.message_id === message.message_id)) return;
  chat.messages.push(message);
  chat.typing = null;
  if (serviceText(message) === null) countUnread(chat, message);
}

function countUnread(chat, message) {
  const readers = chat.type === "private" ? [chat.id] : chat.members.filter((one) => INSIDE.includes(one.status)).map((one) => one.person);
  for (const reader of readers) {
    const key = chat.is_forum ? `${reader}:${threadOf(message)}` : String(reader);
    if (reader === message.from?.id) delete chat.unread[key];
    else chat.unread[key] = (chat.unread[key] ?? 0) + 1;
  }
}

function replaceMessage(chat, message) {
  const index = chat.messages.findIndex((one) => one.message_id === message.message_id);
  if (index >= 0) chat.messages[index] = message;
}

function change(chat, id, changes) {
  const message = chat.messages.find((one) => one.message_id === id);
  if (message) replaceMessage(chat, { ...message, ...changes });
}

function removeMessages(chat, event) {
  const gone = new Set(event.message_ids ?? [event.message_id]);
  chat.messages = chat.messages.filter((one) => !gone.has(one.message_id));
  chat.pinned = chat.pinned.filter((id) => !gone.has(id));
}

function keepTopic(chat, event) {
  const { deleted, ...topic } = event.topic;
  if (deleted && topic.thread !== GENERAL) chat.topics = chat.topics.filter((one) => one.thread !== topic.thread);
  else keep(chat.topics, "thread", topic);
}
