// The bot's calls, newest first, with their parameters on request. Asked for only while the drawer is open.

import * as api from "./api.js";
import { fill, h } from "./dom.js";
import { watchEvents } from "./state.js";

const SHOWN = 120;

export class CallList {
  constructor() {
    this.rows = [];
    this.last = 0;
    this.filter = h("input", { class: "field", type: "search", placeholder: "Filter by method", "aria-label": "Filter by method", oninput: () => this.draw() });
    this.list = h("div", { class: "calls" });
    this.el = h("section", { class: "control", data: { section: "calls" } }, h("h2", {}, "Bot API calls"), this.filter, this.list);
    watchEvents((event) => { if (event.kind === "call" && this.el.offsetParent) this.loadSoon(); });
  }

  loadSoon() {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.load();
    }, 200);
  }

  async load() {
    const { calls } = await api.calls(this.last).catch(() => ({ calls: [] }));
    for (const call of calls.filter((one) => one.seq > this.last)) {
      this.last = call.seq;
      this.rows.unshift({ name: call.method.toLowerCase(), node: callRow(call) });
    }
    this.rows.length = Math.min(this.rows.length, 500);
    this.draw();
  }

  draw() {
    const wanted = this.filter.value.trim().toLowerCase();
    fill(this.list, this.rows.filter((row) => row.name.includes(wanted)).slice(0, SHOWN).map((row) => row.node));
  }
}

function callRow(call) {
  const note = call.ok ? "" : `${call.error_code ?? ""} ${call.description ?? ""}`.trim();
  const time = new Date(call.at * 1000).toLocaleTimeString("en-GB");
  return h("details", { class: call.ok ? "call" : "call is-failed", data: { method: call.method } },
    h("summary", {}, h("time", {}, time), h("code", {}, call.method), note ? h("small", {}, note) : null),
    h("pre", { dir: "ltr", tabindex: 0 }, JSON.stringify(call.params ?? {}, null, 2)));
}
