// One person's phone: the private chat with the bot, in that person's language and direction.

import * as api from "./api.js";
import { ChatView } from "./chat.js";
import { Composer } from "./composer.js";
import { avatar, fill, fullName, h, iconButton } from "./dom.js";
import { alertIn, ask, openMenu, toast } from "./popover.js";
import { isBlocked, isTyping, person, privateChat, store } from "./state.js";
import { closePhone, view } from "./view.js";
import { languageName, wordsFor } from "./words.js";

export class Phone {
  constructor(id) {
    this.id = id;
    this.build();
  }

  by() { return this.id; }
  chat() { return privateChat(this.id); }
  thread() { return undefined; }
  owner() { return person(this.id) ?? { id: this.id, first_name: "?" }; }
  language() { return this.owner().language_code ?? "en"; }
  words() { return wordsFor(this.language()); }
  direction() { return this.owner().rtl ? "rtl" : "ltr"; }

  build() {
    this.owner_ = h("div", { class: "phone-owner" });
    this.head = h("header", { class: "pane-head" });
    this.view = new ChatView(this);
    this.composer = new Composer(this);
    this.empty = h("div", { class: "empty" });
    this.gate = h("div", { class: "gate" });
    this.host = h("article", { class: "phone", data: { person: this.id, chat: this.id } }, this.owner_, this.head, this.view.el, this.gate, this.composer.el);
    this.view.el.append(this.empty);
  }

  update() {
    const owner = this.owner();
    this.host.dir = this.direction();
    this.host.lang = String(this.language()).replace("_", "-");
    this.host.setAttribute("aria-label", `Phone of ${fullName(owner)}`);
    this.drawHead(owner);
    this.drawGate();
    this.composer.update();
    this.view.update();
  }

  drawHead(owner) {
    const isTypingNow = isTyping(this.chat());
    const sign = JSON.stringify([owner, store.bot, isTypingNow, view.phones.length]);
    if (sign === this.headSign) return;
    this.headSign = sign;
    const words = this.words();
    const close = iconButton("close", "Close this phone", () => closePhone(this.id), { class: "is-small", hidden: view.phones.length < 2, data: { action: "close-phone" } });
    fill(this.owner_, h("bdi", {}, fullName(owner)), h("span", { class: "phone-language" }, languageName(owner.language_code)), close);
    const more = iconButton("menu", words.more, () => this.openMenu(more), { data: { action: "phone-menu" } });
    fill(this.head, avatar(store.bot.id, store.bot.first_name, "is-bot"),
      h("div", { class: "pane-title" }, h("strong", { dir: "auto" }, store.bot.first_name ?? ""), h("span", { class: isTypingNow ? "subtitle is-typing" : "subtitle" }, isTypingNow ? words.typing : words.bot)), more);
  }

  // An empty chat offers Start, a blocked bot offers to come back.
  drawGate() {
    const chat = this.chat();
    const blocked = isBlocked(chat, this.id);
    const isEmpty = !chat.messages.length;
    const words = this.words();
    this.empty.hidden = !isEmpty;
    this.gate.hidden = !isEmpty && !blocked;
    this.composer.el.hidden = isEmpty || blocked;
    const sign = JSON.stringify([blocked, isEmpty, store.bot.description, words.start]);
    if (sign === this.gateSign) return;
    this.gateSign = sign;
    fill(this.empty, h("p", { dir: "auto" }, this.description() || words.empty));
    const label = blocked ? words.restart : words.start;
    fill(this.gate, h("button", { type: "button", class: "start-button", onclick: () => this.startBot(), data: { action: blocked ? "restart" : "start" } }, label));
  }

  description() {
    const { descriptions, description } = store.bot;
    return descriptions?.[String(this.language()).split(/[-_]/)[0]] ?? descriptions?.[""] ?? description;
  }

  openMenu(anchor) {
    const words = this.words();
    const blocked = isBlocked(this.chat(), this.id);
    const change = blocked ? api.unblock : api.block;
    openMenu(anchor, [
      { label: words.link, icon: "link", action: "start-link", act: () => this.startWithLink() },
      { label: blocked ? words.unblock : words.block, icon: "block", danger: !blocked, action: blocked ? "unblock" : "block", act: () => this.attempt(() => change(this.id, this.id)) },
    ], { label: words.more, dir: this.direction() });
  }

  async startWithLink() {
    const words = this.words();
    const given = await ask(this.host, words.link, "", words.start, words.cancel);
    if (given) this.startBot(given.includes("start=") ? given.split("start=").at(-1) : given);
  }

  startBot(payload) {
    return this.attempt(() => api.start(this.id, this.id, payload || undefined)).then(() => this.composer.field.focus());
  }

  sendText(text) { return this.composer.sendText(text); }

  async attempt(act) {
    try {
      await act();
      return true;
    } catch (error) {
      this.report(error);
      return false;
    }
  }

  report(error) { toast(this.host, error.message, "is-error"); }

  // The bot's answer to a tapped button.
  answer(event) {
    if (event.person !== this.id || !event.text) return;
    if (event.show_alert) alertIn(this.host, store.bot.first_name ?? "", event.text, this.words().ok);
    else toast(this.host, event.text);
  }
}

