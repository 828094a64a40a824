// What can be sent besides text: built-in samples, files of one's own, places, contacts, albums, a recording.

import * as api from "./api.js";
import { h, icon, iconButton } from "./dom.js";
import { duration } from "./media.js";
import { closeMenu, openMenu } from "./popover.js";
import { person } from "./state.js";

const KINDS = [
  ["photo", "photo", "photo", "image/*"],
  ["voice", "mic", "voice", "audio/*"],
  ["document", "file", "file", ""],
  ["video", "film", "video", "video/*"],
  ["video_note", "round", "round", "video/*"],
  ["audio", "music", "audio", "audio/*"],
  ["sticker", "smile", "sticker", "image/webp,image/png"],
];

// Offices of the three largest towns; any place would do.
const PLACES = [["Gent", 51.05376, 3.72522], ["Antwerpen", 51.21989, 4.40346], ["Brussel", 50.84665, 4.35172]];

export function attachMenu(composer, anchor) {
  const words = composer.pane.words();
  const rows = KINDS.map(([kind, sign, word, accept]) => attachRow(sign, words[word], [
    { label: words.sample, action: `sample-${kind}`, act: () => sendFiles(composer, kind, [undefined]) },
    { label: words.choose, action: `file-${kind}`, act: () => pick(accept, false, (files) => sendFiles(composer, kind, files)) },
  ]));
  rows.splice(1, 0, attachRow("album", words.album, [
    { label: words.sample, action: "sample-album", act: () => sendFiles(composer, "photo", [undefined, undefined, undefined]) },
    { label: words.choose, action: "file-album", act: () => pick("image/*", true, (files) => sendFiles(composer, "photo", files)) },
  ]));
  rows.push(attachRow("place", words.location, PLACES.map(([name, latitude, longitude]) => (
    { label: name, action: `place-${name}`, act: () => share(composer, { kind: "location", latitude, longitude }) }))));
  rows.push(attachRow("person", words.contact, contactChoices(composer, words)));
  openMenu(anchor, rows, { label: words.attach, dir: composer.pane.direction() });
}

function attachRow(sign, label, choices) {
  const buttons = choices.map(({ label: text, action, act }) => h("button", { type: "button", role: "menuitem", class: "chip", "aria-label": `${label}: ${text}`, onclick: () => { closeMenu(); act(); }, data: { action } }, text));
  return h("div", { class: "attach-row" }, icon(sign), h("span", { class: "attach-name" }, label), h("span", { class: "attach-choices" }, buttons));
}

function contactChoices(composer, words) {
  const own = person(composer.pane.by());
  return [
    { label: words.own, action: "contact-own", act: () => share(composer, { kind: "contact", phone_number: "+32470123456", first_name: own?.first_name ?? "?", user_id: own?.id }) },
    { label: words.other, action: "contact-other", act: () => share(composer, { kind: "contact", phone_number: "+32470654321", first_name: "Sami" }) },
  ];
}

function pick(accept, multiple, done) {
  const input = h("input", { type: "file", accept: accept || null, multiple });
  input.addEventListener("change", () => { if (input.files.length) done([...input.files]); });
  input.click();
}

// Several files become an album; what stood in the field becomes the caption.
async function sendFiles(composer, kind, files) {
  const caption = kind === "sticker" || kind === "video_note" ? undefined : composer.takeCaption();
  const reply = composer.takeReply();
  const group = files.length > 1 ? String(Date.now()) : undefined;
  for (const [index, file] of files.entries()) {
    const fields = { kind, file, caption: index ? undefined : caption, reply_to: reply, media_group: group };
    if (!(await composer.pane.attempt(() => api.send(composer.pane.chat().id, composer.address(fields))))) return;
  }
}

function share(composer, fields) {
  const { by, thread } = composer.address({});
  return composer.pane.attempt(() => api.share(composer.pane.chat().id, { by, thread, reply_to: composer.takeReply(), ...fields }));
}

// Stands in for a microphone: it counts, and sends the built-in recording.
export class Recorder {
  constructor(composer) {
    this.composer = composer;
    this.time = h("span", { class: "recorder-time", role: "timer" }, "0:00");
    this.name = h("span", { class: "recorder-name" });
    this.cancel = iconButton("trash", "Cancel", () => this.leave(), { data: { action: "cancel-voice" } });
    this.sendButton = h("button", { type: "button", class: "send-button", "aria-label": "Send", onclick: () => this.send(), data: { action: "send-voice" } }, icon("send"));
    this.el = h("div", { class: "recorder", hidden: true }, this.cancel, h("span", { class: "recorder-dot", "aria-hidden": "true" }), this.time, this.name, this.sendButton);
    this.el.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); this.leave(); } });
  }

  start() {
    const words = this.composer.pane.words();
    this.name.textContent = `${words.voice} (${words.sample.toLocaleLowerCase()})`;
    this.began = Date.now();
    this.time.textContent = "0:00";
    this.timer = setInterval(() => { this.time.textContent = duration((Date.now() - this.began) / 1000); }, 500);
    this.el.hidden = false;
    this.composer.line.hidden = true;
    this.sendButton.focus();
  }

  stop() {
    clearInterval(this.timer);
    this.el.hidden = true;
    this.composer.line.hidden = false;
  }

  leave() {
    this.stop();
    this.composer.field.focus();
  }

  send() {
    this.leave();
    sendFiles(this.composer, "voice", [undefined]);
  }
}
