// The drawer of the tester: Telegram's limits, faults, repeated updates, the bot's rights, and its calls.

import * as api from "./api.js";
import { fill, fullName, h, iconButton } from "./dom.js";
import { CallList } from "./calls.js";
import { toast } from "./popover.js";
import { person, reread, store } from "./state.js";

const FAULTS = [["429", "429 too many requests"], ["500", "500 server error"], ["502", "502 bad gateway"], ["timeout", "Time-out"], ["garbage", "Garbage reply"], ["drop_before", "Dropped before"], ["drop_after", "Dropped after"], ["400", "400 bad request"], ["403", "403 forbidden"]];
const RIGHTS = [["can_manage_topics", "topics"], ["can_pin_messages", "pin"], ["can_delete_messages", "delete"]];
const STATUSES = ["administrator", "member", "left", "kicked"];

export class Drawer {
  constructor(host, group) {
    this.host = host;
    this.group = group;
    this.calls = new CallList();
    this.given = new Map();
    this.sections = ["limits", "faults", "again", "rights", "people"].map((name) => [name, h("section", { class: "control", data: { section: name } })]);
    const head = h("header", { class: "pane-head" }, h("strong", { class: "pane-title" }, "Controls"), iconButton("close", "Close", () => this.close(), { data: { action: "close-controls" } }));
    fill(host, head, h("div", { class: "drawer-body" }, this.sections.map(([, node]) => node), this.calls.el));
  }

  toggle(opener) {
    this.opener = opener;
    if (this.host.hidden) this.show();
    else this.close();
  }

  show() {
    this.host.hidden = false;
    this.opener?.setAttribute("aria-expanded", "true");
    this.calls.load();
    this.update();
    this.host.querySelector("button, input")?.focus();
  }

  close() {
    if (this.host.hidden) return;
    this.host.hidden = true;
    this.opener?.setAttribute("aria-expanded", "false");
    this.opener?.focus();
  }

  update() {
    if (this.host.hidden) return;
    const chat = this.group.chat();
    const facts = { limits: store.limits, faults: store.faults, again: 1, rights: [chat.id, chat.type, chat.members], people: store.people };
    for (const [name, node] of this.sections) {
      const sign = JSON.stringify(facts[name]);
      if (node.dataset.sign === sign) continue;
      node.dataset.sign = sign;
      fill(node, this[name](chat));
    }
  }

  async attempt(act) {
    try {
      await act();
      await reread();
    } catch (error) {
      toast(this.host, error.message, "is-error");
    }
  }

  limits() {
    const { on = false, speed = 1 } = store.limits;
    const box = h("input", { type: "checkbox", role: "switch", "aria-label": "Telegram's limits" });
    box.checked = on;
    box.addEventListener("change", () => this.attempt(() => api.setLimits({ on: box.checked, speed })));
    return [h("label", { class: "control-line" }, h("span", {}, h("strong", {}, "Telegram's limits"), h("small", {}, "30/s in all, 1/s per chat, 20/min per group")), box)];
  }

  faults() {
    const kind = h("select", { class: "field", "aria-label": "Kind of fault" }, FAULTS.map(([value, label]) => h("option", { value }, label)));
    const method = h("input", { class: "field", placeholder: "any method", "aria-label": "Method" });
    const times = h("input", { class: "field is-number", type: "number", min: 1, value: 1, "aria-label": "Times" });
    const add = (event) => {
      event.preventDefault();
      this.attempt(() => api.addFault({ kind: kind.value, method: method.value.trim() || undefined, times: Number(times.value) || 1 }));
    };
    const listed = store.faults.map((one) => h("li", {}, `${one.kind} · ${one.method ?? "any method"}${one.times > 1 ? ` · ${one.times}×` : ""}`));
    return [h("h2", {}, "Faults"),
      h("form", { class: "control-form", onsubmit: add }, kind, method, times, h("button", { class: "text-button", data: { action: "add-fault" } }, "Add")),
      listed.length ? h("div", { class: "control-line" }, h("ul", { class: "faults" }, listed), h("button", { type: "button", class: "text-button", onclick: () => this.attempt(api.clearFaults), data: { action: "clear-faults" } }, "Clear")) : null];
  }

  again() {
    const last = h("input", { class: "field is-number", type: "number", min: 1, value: 1, "aria-label": "How many updates" });
    return [h("div", { class: "control-line" }, h("span", {}, h("strong", {}, "Redeliver the last updates"), h("small", {}, "with the same update_id")), last,
      h("button", { type: "button", class: "text-button", onclick: () => this.attempt(() => api.redeliver(Number(last.value) || 1)), data: { action: "redeliver" } }, "Send"))];
  }

  rights(chat) {
    const bot = chat.members?.find((one) => one.person === store.bot.id);
    if (!bot) return [];
    // The state does not tell the rights: the page knows those that it set, and takes a new group's as given.
    const given = bot.rights ?? this.given.get(chat.id) ?? Object.fromEntries(RIGHTS.map(([name]) => [name, true]));
    const set = (status, rights) => {
      this.given.set(chat.id, rights);
      return this.attempt(() => api.botIn(chat.id, { status, rights }));
    };
    const boxes = RIGHTS.map(([name, label]) => this.rightBox(name, label, given, (rights) => set("administrator", rights), bot.status !== "administrator"));
    const people = chat.members.filter((one) => one.person !== store.bot.id).map((one) => this.memberLine(chat, one));
    return [h("h2", {}, "Group"), h("div", { class: "control-line" }, h("span", { class: "control-name" }, "Bot"), statusSelect(bot.status, (status) => set(status, given), "Bot")),
      h("div", { class: "control-line is-rights" }, boxes), people,
      chat.type === "group" ? h("button", { type: "button", class: "text-button", onclick: () => this.attempt(() => api.upgrade(chat.id)) }, "Upgrade to supergroup") : null];
  }

  rightBox(name, label, given, set, isOff) {
    const box = h("input", { type: "checkbox", disabled: isOff });
    box.checked = Boolean(given[name]);
    box.addEventListener("change", () => set({ ...given, [name]: box.checked }));
    return h("label", {}, box, label);
  }

  memberLine(chat, one) {
    const name = fullName(person(one.person));
    return h("div", { class: "control-line" }, h("span", { class: "control-name", dir: "auto" }, name),
      statusSelect(one.status, (status) => this.attempt(() => api.member(chat.id, { person: one.person, status })), name));
  }

  people() {
    const name = h("input", { class: "field", placeholder: "First name", "aria-label": "First name", required: true, dir: "auto" });
    const code = h("input", { class: "field is-number", value: "en", "aria-label": "Language code" });
    const role = h("select", { class: "field", "aria-label": "Role" }, ["newcomer", "volunteer", "staff"].map((value) => h("option", { value }, value)));
    const add = (event) => {
      event.preventDefault();
      this.attempt(() => api.addPerson({ first_name: name.value.trim(), language_code: code.value.trim(), role_hint: role.value }));
    };
    return [h("h2", {}, "Another person"), h("form", { class: "control-form", onsubmit: add }, name, code, role, h("button", { class: "text-button", data: { action: "add-person" } }, "Add"))];
  }
}

function statusSelect(status, set, label) {
  const choices = STATUSES.includes(status) ? STATUSES : [status, ...STATUSES];
  const select = h("select", { class: "field", "aria-label": `Status of ${label}` }, choices.map((value) => h("option", { value, selected: value === status }, value)));
  select.addEventListener("change", () => set(select.value));
  return select;
}
