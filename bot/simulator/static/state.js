// What the simulator holds, kept live: one snapshot, then events; after a gap the snapshot is read again.

import * as api from "./api.js";
import { apply, TYPING_LASTS } from "./events.js";

export const store = { seq: 0, bot: {}, people: [], chats: new Map(), limits: {}, faults: [], online: false, ready: false };

const watchers = new Set();
const eventWatchers = new Set();
let source = null;
let pause = 500;
let retry = 0;
let painting = false;
let reading = null;
let again = false;
let rereadTimer = 0;

export const watch = (fn) => watchers.add(fn);
export const watchEvents = (fn) => eventWatchers.add(fn);

export function changed() {
  if (painting) return;
  painting = true;
  // A hidden tab gets no animation frames, but its state must stay true.
  const soon = document.hidden ? (fn) => setTimeout(fn, 50) : requestAnimationFrame;
  soon(() => {
    painting = false;
    for (const fn of watchers) fn();
  });
}

export async function open() {
  await reread();
  listen();
}

// One reading at a time; a request that comes meanwhile asks for one more afterwards.
export function reread() {
  if (reading) {
    again = true;
    return reading;
  }
  reading = api.state().then(take).finally(() => {
    reading = null;
    if (again) {
      again = false;
      rereadSoon();
    }
  });
  return reading;
}

function rereadSoon() {
  if (rereadTimer) return;
  rereadTimer = setTimeout(() => {
    rereadTimer = 0;
    reread().catch(lost);
  }, 60);
}

function take(snapshot) {
  // Events newer than this snapshot were seen already: only a later snapshot is whole.
  if (source && snapshot.seq < store.seq) return rereadSoon();
  store.seq = snapshot.seq;
  store.bot = snapshot.bot ?? {};
  store.people = snapshot.people ?? [];
  store.chats = new Map((snapshot.chats ?? []).map((chat) => [chat.id, chat]));
  store.limits = snapshot.limits ?? {};
  store.faults = snapshot.faults ?? [];
  store.ready = true;
  return changed();
}

function listen() {
  source?.close();
  source = new EventSource(`/sim/events?after=${store.seq}`);
  source.onopen = () => {
    pause = 500;
    store.online = true;
    changed();
  };
  source.onmessage = (message) => receive(JSON.parse(message.data));
  source.onerror = lost;
}

// The browser's own reconnection would ask for the old place again, so this one starts from a fresh snapshot.
function lost() {
  source?.close();
  source = null;
  store.online = false;
  changed();
  if (retry) return;
  retry = setTimeout(() => {
    retry = 0;
    open().catch(lost);
  }, pause);
  pause = Math.min(pause * 2, 8000);
}

function receive(event) {
  if (event.seq <= store.seq) return;
  const isGap = event.seq > store.seq + 1;
  store.seq = event.seq;
  const isKnown = apply(store, event);
  if (isGap || !isKnown) rereadSoon();
  if (event.kind === "typing") setTimeout(changed, TYPING_LASTS + 100);
  for (const fn of eventWatchers) fn(event);
  changed();
}

export const person = (id) => store.people.find((one) => one.id === id);
export const groups = () => [...store.chats.values()].filter((chat) => chat.type !== "private");
export const staff = () => store.people.filter((one) => one.role_hint === "staff");

export function privateChat(id) {
  return store.chats.get(id) ?? { id, type: "private", messages: [], unread: {}, pinned: [], topics: [], members: [] };
}

export function isBlocked(chat, by) {
  return (chat.blocked_by ?? []).includes(by);
}

export function isTyping(chat) {
  return Boolean(chat.typing) && (chat.typing_until === undefined || chat.typing_until > Date.now());
}

export function unread(chat, by, thread) {
  const counts = chat?.unread ?? {};
  if (thread !== undefined && thread !== null) return counts[`${by}:${thread}`] ?? 0;
  if (counts[by] !== undefined) return counts[by];
  return Object.entries(counts).reduce((sum, [key, count]) => (key.startsWith(`${by}:`) ? sum + count : sum), 0);
}
