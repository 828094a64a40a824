// What this page shows: open phones, the colleague played, the topic. Remembered between visits.

import { changed, groups, staff, store } from "./state.js";
import { GENERAL, topicsOf } from "./threads.js";

const KEY = "simulator.view";
const GROUP_WIDTH = 660;
const PHONE_WIDTH = 384;

export const view = { phones: [], acting: null, anonymous: false, group: null, thread: null, pane: "phones", ...remembered() };

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export function show(changes) {
  Object.assign(view, changes);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(view));
  } catch {
    // Storage is switched off: the view starts anew next time.
  }
  changed();
}

export function slots() {
  if (innerWidth < 820) return 1;
  return Math.max(1, Math.min(3, Math.floor((innerWidth - GROUP_WIDTH) / PHONE_WIDTH)));
}

// Choices that no longer exist (another demo, a deleted topic) fall back to the first that does.
export function settle() {
  const known = new Set(store.people.map((person) => person.id));
  view.phones = view.phones.filter((id) => known.has(id)).slice(0, slots());
  if (!view.phones.length) view.phones = firstPhones();
  if (!staff().some((person) => person.id === view.acting)) view.acting = staff()[0]?.id ?? null;
  if (!groups().some((chat) => chat.id === view.group && !chat.upgraded_to)) view.group = currentGroup()?.id ?? null;
  const group = store.chats.get(view.group);
  if (group?.is_forum && view.thread !== null && !topicsOf(group).some((topic) => topic.thread === view.thread)) view.thread = null;
}

// A group that became a supergroup lives on under its new number.
function currentGroup() {
  return groups().find((chat) => !chat.upgraded_to) ?? groups()[0];
}

function firstPhones() {
  const newcomers = store.people.filter((person) => person.role_hint === "newcomer");
  const first = newcomers[0] ?? store.people[0];
  return first ? [first.id] : [];
}

// A free place is used first; otherwise the phone that was opened longest ago gives way.
export function openPhone(id) {
  if (view.phones.includes(id)) return show({ pane: "phones" });
  const phones = [...view.phones];
  if (phones.length < slots()) phones.push(id);
  else phones.splice(nextToLeave(phones), 1, id);
  show({ phones, pane: "phones" });
}

let turn = 0;

function nextToLeave(phones) {
  turn = (turn + 1) % phones.length;
  return phones.length === 1 ? 0 : turn;
}

export function closePhone(id) {
  if (view.phones.length > 1) show({ phones: view.phones.filter((one) => one !== id) });
}

export function openTopic(thread) {
  show({ thread, pane: "group" });
}

export const openThread = () => view.thread ?? GENERAL;
