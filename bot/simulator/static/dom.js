// Building blocks of the page: elements and icons. Data only ever enters as text nodes and attributes.

const SVG = "http://www.w3.org/2000/svg";

const STROKES = {
  menu: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  attach: "M20 11.5 12 19.5a5 5 0 0 1-7-7l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7",
  send: "M4 12 20.5 4.5 15 20l-3.5-6.5zM11.5 13.5l4-4",
  mic: "M12 3.5a2.5 2.5 0 0 1 2.5 2.5v5.5a2.5 2.5 0 0 1-5 0V6A2.5 2.5 0 0 1 12 3.5zM6 11.5a6 6 0 0 0 12 0M12 17.5V21",
  keyboard: "M3.5 6.5h17v11h-17zM7 10v.01M10.3 10v.01M13.6 10v.01M17 10v.01M8 14h8",
  close: "M6 6l12 12M18 6 6 18",
  back: "M15 5l-7 7 7 7",
  down: "M6 9.5l6 6 6-6",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  sliders: "M4 7h9M17 7h3M4 12h3M11 12h9M4 17h7M15 17h5M15 5v4M9 10v4M13 15v4",
  pin: "M9 3.5h6l-.8 6 3.3 3.5v1.5h-11V13l3.3-3.5zM12 14.5V21",
  file: "M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5",
  photo: "M4 5.5h16v13H4zM4 15.5l4.5-4.5 4 4 2.5-2.5 5 4.5M15.5 9.2v.01",
  film: "M4 5.5h16v13H4zM10 9l5 3-5 3z",
  round: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM10 9l5 3-5 3z",
  music: "M9 17.5V6l10-2v11.5M9 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 15.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z",
  smile: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM9 10v.01M15 10v.01M8.5 14a4.2 4.2 0 0 0 7 0",
  album: "M4 8.5h12v11H4zM8 8.5v-4h12v11h-4",
  play: "M8 5.5v13l11-6.5z",
  pause: "M8 5.5v13M16 5.5v13",
  place: "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11zM12 7.7a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6z",
  person: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
  reply: "M10 6 4.5 11.5 10 17M4.5 11.5H14a5.5 5.5 0 0 1 5.5 5.5v1.5",
  edit: "M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5z",
  copy: "M8.5 8.5h11v11h-11zM8.5 15.5h-4v-11h11v4",
  tick: "M5 12.5l4.5 4.5L19 7.5",
  ticks: "M2.5 12.5 7 17l9-9.5M11.5 16l1 1 9-9.5",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4.3l2.8 1.7",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  block: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM6.5 6.5l11 11",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  outside: "M8 16 17 7M9.5 7H17v7.5",
  trash: "M5 7h14M9.5 7V4.5h5V7M7 7l.8 13h8.4L17 7",
  mask: "M3.5 9c3-2 5.5-1.5 8.5 0 3-1.5 5.5-2 8.5 0 0 5-2 7.5-4.5 7.5-2 0-2.8-2-4-2s-2 2-4 2C5.5 16.5 3.5 14 3.5 9z",
  phone: "M8 3h8a1.5 1.5 0 0 1 1.5 1.5v15A1.5 1.5 0 0 1 16 21H8a1.5 1.5 0 0 1-1.5-1.5v-15A1.5 1.5 0 0 1 8 3zM11 18h2",
  people: "M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2.5 19.5a6.5 6.5 0 0 1 13 0M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14a6.5 6.5 0 0 1 4 5.5",
  slash: "M7 3.5h10A3.5 3.5 0 0 1 20.5 7v10a3.5 3.5 0 0 1-3.5 3.5H7A3.5 3.5 0 0 1 3.5 17V7A3.5 3.5 0 0 1 7 3.5zM13.8 7.5l-3.6 9",
};

export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) assign(node, name, value);
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function assign(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "class") node.className = value;
  else if (name === "data") mark(node, value);
  else if (name === "style") for (const [key, part] of Object.entries(value)) node.style.setProperty(key, part);
  else node.setAttribute(name, value === true ? "" : String(value));
}

function mark(node, values) {
  for (const [key, value] of Object.entries(values)) if (value !== undefined && value !== null) node.dataset[key] = value;
}

export function icon(name, label) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  if (label) { svg.setAttribute("role", "img"); svg.setAttribute("aria-label", label); } else svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", STROKES[name] ?? "");
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, props = {}) {
  return h("button", { type: "button", "aria-label": label, title: label, onclick, ...props, class: `icon-button ${props.class ?? ""}` }, icon(name));
}

const HUES = [8, 28, 145, 175, 205, 235, 265, 325];

export function hue(id) {
  return HUES[Math.abs(Number(id) || 0) % HUES.length];
}

const graphemes = new Intl.Segmenter();

export function initials(name) {
  const words = String(name ?? "?").split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean).slice(0, 2);
  return words.map((word) => graphemes.segment(word)[Symbol.iterator]().next().value?.segment ?? "").join("");
}

export function avatar(id, name, extra = "") {
  return h("span", { class: `avatar ${extra}`, style: { "--hue": hue(id) }, "aria-hidden": "true" }, initials(name));
}

export function badge(count) {
  return count > 0 ? h("span", { class: "badge", "aria-label": `${count} unread` }, count > 99 ? "99+" : String(count)) : null;
}

export function fill(node, ...children) {
  node.replaceChildren(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
}

export function fullName(person) {
  return [person?.first_name, person?.last_name].filter(Boolean).join(" ") || person?.title || "?";
}
