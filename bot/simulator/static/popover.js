// Small things that float: menus, toasts, alerts and questions. Esc closes, focus returns where it was.

import { h, icon } from "./dom.js";

let closeOpen = null;

export function closeMenu() {
  closeOpen?.();
}

// items: {label, icon?, act, danger?, action?} or a ready-made node
export function openMenu(anchor, items, { label, at, dir } = {}) {
  closeMenu();
  const before = document.activeElement;
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label ?? "Menu", dir }, items.filter(Boolean).map(menuItem));
  document.body.append(menu);
  place(menu, anchor, at, dir);
  const away = (event) => { if (!menu.contains(event.target)) closeMenu(); };
  closeOpen = () => {
    closeOpen = null;
    const hadFocus = menu.contains(document.activeElement);
    menu.remove();
    document.removeEventListener("pointerdown", away, true);
    if (hadFocus) before?.focus?.({ preventScroll: true });
  };
  setTimeout(() => document.addEventListener("pointerdown", away, true));
  menu.addEventListener("keydown", (event) => walk(event, menu));
  menu.querySelector("button")?.focus({ preventScroll: true });
}

function menuItem(item) {
  if (item instanceof Node) return item;
  const run = () => { closeMenu(); item.act(); };
  const props = { type: "button", role: "menuitem", class: item.danger ? "menu-item is-danger" : "menu-item", onclick: run, data: { action: item.action } };
  return h("button", props, item.icon ? icon(item.icon) : null, h("span", { class: "menu-text" }, item.label, item.sub ? h("small", {}, item.sub) : null));
}

function walk(event, menu) {
  if (event.key === "Escape") { event.stopPropagation(); closeMenu(); return; }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...menu.querySelectorAll("button")];
  buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length]?.focus();
}

function place(menu, anchor, at, dir) {
  const box = at ? { left: at.x, right: at.x, top: at.y, bottom: at.y } : anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const toRight = dir === "rtl" ? box.right - width < 8 : box.left + width < innerWidth - 8;
  const left = toRight ? box.left : Math.max(8, box.right - width);
  const below = box.bottom + 6 + height < innerHeight - 8;
  const top = below ? box.bottom + 6 : Math.max(8, box.top - height - 6);
  menu.style.left = `${Math.min(left, innerWidth - width - 8)}px`;
  menu.style.top = `${top}px`;
}

const toastTimers = new WeakMap();

// Over the conversation, so that it covers neither the field nor the keyboard.
export function toast(pane, text, tone = "") {
  const chat = pane.querySelector(".chat");
  const host = chat?.offsetParent ? chat : pane;
  let box = host.querySelector(":scope > .toast");
  if (!box) {
    box = h("div", { class: "toast", role: "status" });
    host.append(box);
  }
  box.className = `toast ${tone}`;
  box.replaceChildren(h("span", { dir: "auto" }, text));
  clearTimeout(toastTimers.get(box));
  toastTimers.set(box, setTimeout(() => box.remove(), 4200));
}

export function alertIn(host, title, text, okWord) {
  const before = document.activeElement;
  const close = () => { veil.remove(); before?.focus?.({ preventScroll: true }); };
  const ok = h("button", { type: "button", class: "text-button", onclick: close, data: { action: "alert-ok" } }, okWord);
  const card = h("div", { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-label": title },
    h("strong", {}, title), h("p", { dir: "auto" }, text), h("div", { class: "alert-row" }, ok));
  const veil = h("div", { class: "veil" }, card);
  veil.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } if (event.key === "Tab") event.preventDefault(); });
  host.append(veil);
  ok.focus();
}

// One line asked for; gives null when it is left.
export function ask(host, title, value, okWord, cancelWord) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const field = h("input", { class: "field", value: value ?? "", "aria-label": title, dir: "auto" });
    const done = (answer) => { veil.remove(); before?.focus?.({ preventScroll: true }); resolve(answer); };
    const form = h("form", { class: "alert", role: "dialog", "aria-label": title, onsubmit: (event) => { event.preventDefault(); done(field.value.trim()); } },
      h("strong", {}, title), field,
      h("div", { class: "alert-row" },
        h("button", { type: "button", class: "text-button", onclick: () => done(null) }, cancelWord),
        h("button", { type: "submit", class: "text-button" }, okWord)));
    const veil = h("div", { class: "veil" }, form);
    veil.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); done(null); } });
    host.append(veil);
    field.select();
  });
}
