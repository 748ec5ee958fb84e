"use strict";
// The page between its reader and the runner: what the hands do goes one way, pixels and news come the other.

const glass = document.getElementById("glass");
const frame = glass.parentElement;
const pixels = glass.getContext("2d", { alpha: false });
const part = (id) => document.getElementById(id);
const line = new WebSocket(`ws://${location.host}/live${location.search}`);
line.binaryType = "arraybuffer";

// What is on now, by the names that the switches carry.
const on = { dark: false, offline: false, maintenance: false, down: false };
const switched = {
  dark: (to) => ({ verb: "dark", on: to }),
  offline: (to) => ({ desk: "network", on: !to }),
  maintenance: (to) => ({ desk: "maintenance", on: to }),
  down: (to) => ({ desk: "portal", on: !to }),
};

function wish(what) {
  if (line.readyState === WebSocket.OPEN) line.send(JSON.stringify(what));
}

function say(text, refused = false) {
  part("said").textContent = text;
  part("said").classList.toggle("refused", refused);
}

// --- What comes ---

line.onmessage = ({ data }) => {
  if (data instanceof ArrayBuffer) return draw(data);
  const told = JSON.parse(data);
  if (told.told === "held") hold(told.held);
  if (told.told === "news") read(told.news);
  if (told.told === "done") say(told.said || "Done.");
  if (told.told === "refused") say(told.why, true);
};
line.onclose = () => gone("The phone has gone: the command that served this page has ended.");

function draw(data) {
  const head = new DataView(data);
  const [width, height, x, y, partWidth, partHeight] = [0, 4, 8, 12, 16, 20].map((at) => head.getUint32(at, true));
  if (glass.width !== width || glass.height !== height) {
    glass.width = width;
    glass.height = height;
    fit();
  }
  if (partWidth && partHeight) {
    const colours = new Uint32Array(data, 24);
    // A phone has blue first, a canvas red.
    for (let at = 0; at < colours.length; at++) {
      const colour = colours[at];
      colours[at] = (colour & 0xff00ff00) | ((colour & 0xff) << 16) | ((colour >>> 16) & 0xff);
    }
    pixels.putImageData(new ImageData(new Uint8ClampedArray(data, 24), partWidth, partHeight), x, y);
  }
  glass.dataset.frames = Number(glass.dataset.frames || 0) + 1;
}

// Two px of the app are one of the page, or fewer where there is no room.
function fit() {
  const beside = matchMedia("(max-width: 820px)").matches ? 44 : 480;
  const room = [innerWidth - beside, innerHeight - frame.offsetTop - 60];
  const scale = Math.min(1, Math.max(room[0], 240) / (glass.width / 2), Math.max(room[1], 360) / (glass.height / 2));
  glass.style.width = `${Math.round((glass.width / 2) * scale)}px`;
}
addEventListener("resize", fit);
fit();

function gone(why) {
  part("gone").textContent = why || "";
  part("gone").hidden = !why;
}

function hold(held) {
  part("font").value = held.font;
  part("size").value = held.size;
  press("dark", held.dark);
  gone(held.ended && `The app has ended: ${held.ended}`);
}

function read(news) {
  press("offline", !news.network);
  press("maintenance", news.maintenance);
  press("down", !news.portal);
  part("open").disabled = news.announced === 0;
  const letters = part("letters");
  for (const letter of news.letters.slice(letters.children.length)) letters.prepend(letterItem(letter));
  part("no-letters").hidden = letters.children.length > 0;
  if (!part("members").children.length) part("members").append(...news.members.map(memberRow));
}

function press(name, to) {
  on[name] = to;
  document.querySelector(`[data-switch=${name}]`).setAttribute("aria-pressed", to);
}

function element(tag, text, more = {}) {
  return Object.assign(document.createElement(tag), { textContent: text }, more);
}

function letterItem(letter) {
  const item = document.createElement("li");
  item.append(element("b", letter.subject, { dir: "auto" }), element("div", `To ${letter.to}`, { className: "to" }));
  if (letter.password) {
    const row = element("div", "", { className: "row" });
    const copy = element("button", "Copy");
    copy.onclick = () => navigator.clipboard.writeText(letter.password).then(
      () => say("The password is copied."), () => say("This browser does not let a page copy.", true));
    const put = element("button", "Paste into the app", { className: "put" });
    put.onclick = () => wish({ verb: "paste", text: letter.password });
    row.append(element("code", letter.password), copy, put);
    item.append(row);
  }
  const whole = document.createElement("details");
  whole.append(element("summary", "The whole mail"), element("pre", letter.text, { dir: "auto" }));
  item.append(whole);
  return item;
}

function memberRow(member) {
  const row = document.createElement("tr");
  row.append(element("td", member.kind));
  for (const value of [member.ppr, member.cin, member.pension_number, member.emails[0]]) {
    const cell = document.createElement("td");
    if (value) cell.append(element("button", value, { onclick: () => wish({ verb: "paste", text: value }) }));
    row.append(cell);
  }
  return row;
}

// --- What the hands do beside the app ---

for (const button of document.querySelectorAll("[data-wish]")) {
  button.onclick = () => {
    const asked = JSON.parse(button.dataset.wish);
    if (asked.again) say("The app starts again, which takes some seconds.");
    else say("");
    wish(asked);
  };
}
for (const button of document.querySelectorAll("[data-switch]")) {
  const name = button.dataset.switch;
  button.onclick = () => wish(switched[name](!on[name]));
}
part("font").onchange = ({ target }) => wish({ verb: "font", percent: Number(target.value) });
part("size").onchange = ({ target }) => wish({ verb: "size", to: target.value });

// --- What they do on the app ---

function place(event) {
  const box = glass.getBoundingClientRect();
  const along = (at, long, all) => Math.min(Math.max(0, (at / long) * all), all - 1);
  return {
    x: along(event.clientX - box.left, box.width, glass.width),
    y: along(event.clientY - box.top, box.height, glass.height),
  };
}

let finger = null;
let moved = null;

glass.onpointerdown = (event) => {
  if (finger !== null || event.button !== 0) return;
  finger = event.pointerId;
  glass.setPointerCapture(finger);
  wish({ verb: "pointer", phase: "down", ...place(event) });
};
// A mouse may tell more places than are drawn: the last before each picture counts.
glass.onpointermove = (event) => {
  if (event.pointerId !== finger) return;
  if (!moved) requestAnimationFrame(move);
  moved = place(event);
};
function move() {
  if (moved) wish({ verb: "pointer", phase: "move", ...moved });
  moved = null;
}
function lift(phase) {
  return (event) => {
    if (event.pointerId !== finger) return;
    move();
    finger = null;
    wish({ verb: "pointer", phase, ...place(event) });
  };
}
glass.onpointerup = lift("up");
glass.onpointercancel = lift("cancel");
glass.addEventListener("wheel", (event) => {
  event.preventDefault();
  const px = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1;
  wish({ verb: "wheel", ...place(event), by: (-event.deltaY * px) / 100 });
}, { passive: false });

const named = ["Tab", "Enter", "Backspace", "Delete", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight",
  "Home", "End", "PageUp", "PageDown"];

glass.onkeydown = (event) => {
  // With these a key is the browser's; AltGr makes characters.
  if ((event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph")) return;
  const { key } = event;
  if (key === "Escape") wish({ verb: "back" });
  else if (named.includes(key) || [...key].length === 1) wish({ verb: "key", name: key, shift: event.shiftKey });
  else return;
  event.preventDefault();
};

// F6 goes between the app, which keeps Tab for itself, and what is beside it.
addEventListener("keydown", (event) => {
  if (event.key !== "F6") return;
  event.preventDefault();
  (document.activeElement === glass ? part("back") : glass).focus();
});

document.addEventListener("paste", (event) => {
  if (document.activeElement !== glass) return;
  event.preventDefault();
  const text = event.clipboardData.getData("text/plain");
  if (text) wish({ verb: "paste", text });
});
