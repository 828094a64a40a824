// Starts the page: panes are made when a person is shown, and redrawn when the state changes.

import { Drawer } from "./control.js";
import { fill, h, iconButton } from "./dom.js";
import { Phone } from "./phone.js";
import { closeMenu, toast } from "./popover.js";
import { changed, open, store, watch, watchEvents } from "./state.js";
import { StaffGroup } from "./staff.js";
import { Strip } from "./strip.js";
import { settle, view } from "./view.js";

const find = (selector) => document.querySelector(selector);
const phones = new Map();
const group = new StaffGroup(find(".group"));
const strip = new Strip(find(".strip"), find(".switch"));
const drawer = new Drawer(find(".drawer"), group);
const offline = h("span", { class: "offline", role: "status" });

function tools() {
  const theme = iconButton("moon", "Dark or light", flipTheme, { data: { action: "theme" } });
  const controls = iconButton("sliders", "Simulator controls", () => drawer.toggle(controls), { data: { action: "controls" }, "aria-expanded": "false" });
  fill(find(".bar-tools"), offline, theme, controls);
}

function flipTheme() {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  try {
    localStorage.setItem("simulator.theme", root.dataset.theme);
  } catch {
    // Storage is switched off: the choice holds for this visit.
  }
}

function phone(id) {
  if (!phones.has(id)) phones.set(id, new Phone(id));
  return phones.get(id);
}

function draw() {
  offline.textContent = store.online || !store.ready ? "" : "Reconnecting…";
  if (!store.ready) return;
  settle();
  document.body.dataset.pane = view.pane;
  const shown = view.phones.map(phone);
  const host = find(".phones");
  if (shown.length !== host.children.length || shown.some((one, index) => host.children[index] !== one.host)) host.replaceChildren(...shown.map((one) => one.host));
  strip.update();
  for (const one of shown) one.update();
  group.update();
  drawer.update();
}

function receive(event) {
  if (event.kind !== "toast") return;
  if (event.chat === view.group) group.answer(event);
  else phones.get(event.person)?.answer(event);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  closeMenu();
  drawer.close();
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) changed(); });
addEventListener("resize", changed);
tools();
watch(draw);
watchEvents(receive);
open().catch((error) => toast(document.body, error.message, "is-error"));
