// The people one can play, with what they have not read; and the narrow screen's pane switch.

import { avatar, badge, fill, fullName, h, icon } from "./dom.js";
import { store, unread } from "./state.js";
import { openPhone, show, view } from "./view.js";
import { languageName, shortLanguage } from "./words.js";

const ORDER = ["newcomer", "volunteer", "staff"];

export class Strip {
  constructor(host, switcher) {
    this.host = host;
    this.switcher = switcher;
  }

  update() {
    const entries = store.people.map((person) => ({ person, count: unread(store.chats.get(person.id), person.id), isOpen: view.phones.includes(person.id) }));
    const group = unread(store.chats.get(view.group), view.acting);
    const sign = JSON.stringify([entries, group, view.pane]);
    if (sign === this.sign) return;
    this.sign = sign;
    const focused = this.host.contains(document.activeElement) ? document.activeElement.dataset.person : null;
    const kinds = ORDER.map((role) => entries.filter(({ person }) => (person.role_hint ?? "newcomer") === role)).filter((kind) => kind.length);
    fill(this.host, kinds.map((kind) => h("div", { class: "strip-kind", role: "group", "aria-label": kind[0].person.role_hint }, kind.map(personButton))));
    if (focused) this.host.querySelector(`[data-person="${Number(focused)}"]`)?.focus({ preventScroll: true });
    this.host.querySelector("[aria-pressed=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.drawSwitcher(entries.reduce((sum, { count }) => sum + count, 0), group);
  }

  drawSwitcher(phones, group) {
    const tab = (pane, sign, label, count) => h("button", { type: "button", class: "switch-tab", "aria-pressed": String(view.pane === pane), onclick: () => show({ pane }), data: { action: `show-${pane}` } }, icon(sign), h("span", {}, label), badge(count));
    fill(this.switcher, tab("phones", "phone", "Phone", phones), tab("group", "people", "Staff group", group));
  }
}

function personButton({ person, count, isOpen }) {
  const name = fullName(person);
  const note = person.role_hint === "staff" ? "staff" : person.role_hint === "volunteer" ? "volunteer" : languageName(person.language_code);
  const props = { type: "button", class: "strip-person", "aria-pressed": String(isOpen), "aria-label": `${name}, ${note}${count ? `, ${count} unread` : ""}`, title: `${name} · ${note}`, onclick: () => openPhone(person.id), data: { person: person.id, action: "open-phone" } };
  return h("button", props, h("span", { class: "strip-face" }, avatar(person.id, name), isOpen || person.role_hint === "staff" ? null : h("span", { class: "strip-code", "aria-hidden": "true" }, shortLanguage(person.language_code)), badge(count)),
    h("span", { class: "strip-words" }, h("span", { class: "strip-name", dir: "auto" }, person.first_name), h("small", {}, note)));
}
