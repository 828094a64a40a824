// The field where a person writes: sending, replying, editing, commands, attachments, the reply keyboard.

import * as api from "./api.js";
import { attachMenu, Recorder } from "./attach.js";
import { fill, h, icon, iconButton } from "./dom.js";
import { replyKeyboard } from "./keyboard.js";
import { summary } from "./media.js";
import { senderName } from "./message.js";
import { openMenu } from "./popover.js";

export class Composer {
  constructor(pane) {
    this.pane = pane;
    this.drafts = new Map();
    this.target = null;
    this.asked = new Map();
    this.isEditing = false;
    this.isKeyboardOpen = true;
    this.keyboardSign = "";
    this.place = "";
    this.build();
  }

  build() {
    this.field = h("textarea", { class: "field-text", rows: 1, dir: "auto", enterkeyhint: "send", autocomplete: "off", oninput: () => this.typed(), onkeydown: (event) => this.pressed(event) });
    this.attach = iconButton("attach", "", () => attachMenu(this, this.attach), { data: { action: "attach" } });
    this.commands = iconButton("slash", "", () => this.showCommands(), { data: { action: "commands" } });
    this.toggle = iconButton("keyboard", "", () => this.toggleKeyboard(), { data: { action: "keyboard" } });
    this.go = h("button", { type: "button", class: "send-button", onclick: () => this.sendOrRecord(), data: { action: "send" } });
    this.target_ = h("div", { class: "target", hidden: true });
    this.line = h("div", { class: "composer-line" }, this.attach, h("div", { class: "field-box" }, this.field, this.commands, this.toggle), this.go);
    this.keys = h("div", { class: "keys" });
    this.suggestions = h("div", { class: "suggestions", role: "listbox", hidden: true });
    this.recorder = new Recorder(this);
    this.el = h("div", { class: "composer" }, this.suggestions, this.target_, this.line, this.recorder.el, this.keys);
  }

  update() {
    const words = this.pane.words();
    const place = `${this.pane.chat().id}:${this.pane.thread() ?? ""}:${this.pane.by()}`;
    if (place !== this.place) this.enter(place);
    this.name(this.attach, words.attach);
    this.name(this.commands, words.commands);
    this.name(this.toggle, words.keyboard);
    this.field.setAttribute("aria-label", words.message);
    this.drawKeyboard();
    this.drawGo();
    this.openAskedReply();
    this.commands.hidden = !this.commandList().length || this.field.value.length > 0;
  }

  name(button, label) {
    button.title = label;
    button.setAttribute("aria-label", label);
  }

  enter(place) {
    this.drafts.set(this.place, this.field.value);
    this.place = place;
    this.release();
    this.field.value = this.drafts.get(place) ?? "";
    this.grow();
    this.recorder.stop();
  }

  markup() {
    return this.pane.chat().reply_keyboard?.[this.pane.by()] ?? null;
  }

  // A keyboard that is new opens; one that was folded stays folded until the bot sends another.
  drawKeyboard() {
    const markup = this.markup();
    const sign = JSON.stringify([markup, this.place]);
    const hasKeys = Boolean(markup?.keyboard?.length);
    this.toggle.hidden = !hasKeys;
    this.field.placeholder = markup?.input_field_placeholder ?? this.pane.words().message;
    if (sign !== this.keyboardSign) {
      this.keyboardSign = sign;
      this.isKeyboardOpen = true;
      fill(this.keys, replyKeyboard(markup, this.pane));
    }
    this.keys.hidden = !hasKeys || !this.isKeyboardOpen;
    this.toggle.setAttribute("aria-pressed", String(hasKeys && this.isKeyboardOpen));
  }

  toggleKeyboard() {
    this.isKeyboardOpen = !this.isKeyboardOpen;
    this.update();
  }

  drawGo() {
    const words = this.pane.words();
    const isText = this.field.value.trim() || this.isEditing;
    const name = this.isEditing ? "tick" : isText ? "send" : "mic";
    if (this.go.dataset.shows === name) return;
    this.go.dataset.shows = name;
    fill(this.go, icon(name));
    this.name(this.go, isText ? words.send : words.record);
  }

  typed() {
    this.grow();
    this.drawGo();
    this.commands.hidden = !this.commandList().length || this.field.value.length > 0;
    this.suggest();
  }

  grow() {
    this.field.style.height = "";
    if (this.field.value) this.field.style.height = `${Math.min(this.field.scrollHeight, 140)}px`;
  }

  pressed(event) {
    if (event.isComposing) return;
    const isEmpty = !this.field.value;
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.submit(); }
    else if (event.key === "Escape" && this.target) { event.stopPropagation(); this.release(true); }
    else if (event.key === "Escape") this.suggestions.hidden = true;
    else if (event.key === "ArrowUp" && isEmpty) { event.preventDefault(); this.editLast(); }
    else if (event.key === "ArrowDown" && !this.suggestions.hidden) { event.preventDefault(); this.suggestions.querySelector("button")?.focus(); }
  }

  sendOrRecord() {
    if (this.field.value.trim() || this.isEditing) this.submit();
    else this.recorder.start();
  }

  async submit() {
    const text = this.field.value.trim();
    if (!text) return;
    const { target, isEditing } = this;
    this.field.value = "";
    this.suggestions.hidden = true;
    this.release();
    this.typed();
    const act = isEditing
      ? () => api.edit(this.pane.chat().id, this.pane.by(), target.message_id, text)
      : () => api.say(this.pane.chat().id, this.address({ text, reply_to: target?.message_id }));
    if (!(await this.pane.attempt(act)) && !this.field.value) {
      this.field.value = text;
      this.typed();
    }
  }

  address(fields) {
    return { by: this.pane.by(), thread: this.pane.thread(), anonymous: this.pane.anonymous?.(), ...fields };
  }

  sendText(text) {
    return this.pane.attempt(() => api.say(this.pane.chat().id, this.address({ text })));
  }

  // The bot asked for a reply (ForceReply): it is opened once, unless the person has written since.
  openAskedReply() {
    const last = this.pane.view.messages().findLast((one) => one.asks_reply?.includes(this.pane.by()) || one.from?.id === this.pane.by());
    if (!last?.asks_reply || this.isEditing || this.asked.get(this.place) === last.message_id) return;
    this.asked.set(this.place, last.message_id);
    this.replyTo(last);
  }

  replyTo(message) {
    this.aim(message, false);
  }

  editMessage(message) {
    this.aim(message, true);
    this.field.value = message.text ?? message.caption ?? "";
    this.typed();
  }

  editLast() {
    const own = this.pane.view.messages().filter((one) => one.from?.id === this.pane.by() && one.text);
    if (own.length) this.editMessage(own.at(-1));
  }

  aim(message, isEditing) {
    this.target = message;
    this.isEditing = isEditing;
    const words = this.pane.words();
    const title = isEditing ? words.edit : senderName(message);
    fill(this.target_, icon(isEditing ? "edit" : "reply"),
      h("span", { class: "target-text" }, h("strong", { dir: "auto" }, title), h("span", { dir: "auto" }, summary(message, words))),
      iconButton("close", words.cancel, () => this.release(true), { data: { action: "cancel-target" } }));
    this.target_.hidden = false;
    this.drawGo();
    this.field.focus();
  }

  // withText: leaving an edit also empties the field
  release(withText = false) {
    if (withText && this.isEditing) this.field.value = "";
    this.target = null;
    this.isEditing = false;
    this.target_.hidden = true;
    this.drawGo();
  }

  takeReply() {
    const id = this.isEditing ? undefined : this.target?.message_id;
    this.release();
    return id;
  }

  takeCaption() {
    const text = this.isEditing ? "" : this.field.value.trim();
    if (text) { this.field.value = ""; this.typed(); }
    return text || undefined;
  }

  commandList() {
    return this.pane.chat().commands?.[this.pane.by()] ?? [];
  }

  showCommands() {
    const items = this.commandList().map((one) => ({ label: `/${one.command}`, sub: one.description, action: `command-${one.command}`, act: () => this.sendText(`/${one.command}`) }));
    openMenu(this.commands, items, { label: this.pane.words().commands, dir: this.pane.direction() });
  }

  suggest() {
    const typed = this.field.value;
    const found = /^\/[a-z0-9_]*$/i.test(typed) ? this.commandList().filter((one) => `/${one.command}`.startsWith(typed.toLowerCase())) : [];
    this.suggestions.hidden = !found.length;
    fill(this.suggestions, found.map((one) => h("button", { type: "button", role: "option", class: "menu-item", onclick: () => this.choose(one), data: { command: one.command } },
      h("bdi", { class: "command-name" }, `/${one.command}`), h("small", { dir: "auto" }, one.description))));
  }

  choose(one) {
    this.field.value = "";
    this.typed();
    this.field.focus();
    this.sendText(`/${one.command}`);
  }
}
