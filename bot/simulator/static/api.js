// The simulator's control interface, one function per act of a person.

async function call(method, path, body) {
  const options = { method, headers: {} };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The simulator answered ${response.status}.`);
  return answer;
}

const post = (path, body = {}) => call("POST", path, body);
const inChat = (chat, act) => `/sim/chats/${chat}/${act}`;

// Absent values are left out, so that the server's own defaults hold.
function tidy(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== false));
}

export const state = () => call("GET", "/sim/state");
export const calls = (after) => call("GET", `/sim/calls?after=${after}`);
export const say = (chat, fields) => post(inChat(chat, "say"), tidy(fields));
export const share = (chat, fields) => post(inChat(chat, "share"), tidy(fields));
export const edit = (chat, by, message, text) => post(inChat(chat, "edit"), { by, message, text });
export const tap = (chat, fields) => post(inChat(chat, "tap"), tidy(fields));
export const press = (chat, fields) => post(inChat(chat, "press"), tidy(fields));
export const start = (chat, by, payload) => post(inChat(chat, "start"), tidy({ by, payload }));
export const react = (chat, by, message, emoji) => post(inChat(chat, "react"), { by, message, emoji });
export const block = (chat, by) => post(inChat(chat, "block"), { by });
export const unblock = (chat, by) => post(inChat(chat, "unblock"), { by });
export const read = (chat, by, thread) => post(inChat(chat, "read"), tidy({ by, thread }));
export const topic = (chat, thread, fields) => post(inChat(chat, `topics/${thread}`), tidy(fields));
export const member = (chat, fields) => post(inChat(chat, "members"), tidy(fields));
export const botIn = (chat, fields) => post(inChat(chat, "bot"), fields);
export const upgrade = (chat) => post(inChat(chat, "upgrade"));
export const addPerson = (fields) => post("/sim/people", tidy(fields));
export const addFault = (fields) => post("/sim/faults", tidy(fields));
export const clearFaults = () => call("DELETE", "/sim/faults");
export const setLimits = (fields) => post("/sim/limits", fields);
export const redeliver = (last) => post("/sim/redeliver", { last });
export const fileUrl = (id) => `/sim/files/${encodeURIComponent(id)}`;

export function send(chat, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(tidy(fields))) form.append(name, value);
  return call("POST", inChat(chat, "send"), form);
}
