"use strict";
// The page between its reader and the runner: requests go out, pixels and state come back.

const glass = document.getElementById("glass");
const frame = glass.parentElement;
const pixels = glass.getContext("2d", { alpha: false });
const keyboard = document.getElementById("keyboard");
const byId = (id) => document.getElementById(id);
const socket = new WebSocket(`ws://${location.host}/live${location.search}`);
socket.binaryType = "arraybuffer";

// State of each toggle, by its `data-toggle` name.
const on = { dark: false, keyboard: true, offline: false, maintenance: false, down: false };
const toggles = {
  dark: (to) => ({ verb: "dark", on: to }),
  keyboard: (to) => ({ verb: "keyboard", on: to }),
  offline: (to) => ({ action: "network", on: !to }),
  maintenance: (to) => ({ action: "maintenance", on: to }),
  down: (to) => ({ action: "portal", on: !to }),
};

function request(message) {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function showStatus(text, refused = false) {
  byId("status").textContent = text;
  byId("status").classList.toggle("refused", refused);
}

// --- Messages from the server ---

socket.onmessage = ({ data }) => {
  if (data instanceof ArrayBuffer) return draw(data);
  const message = JSON.parse(data);
  if (message.type === "device") showDevice(message.device);
  if (message.type === "environment") showEnvironment(message.environment);
  if (message.type === "done") showStatus(message.output || "Done.");
  if (message.type === "refused") showStatus(message.error, true);
};
socket.onclose = () => showEnded("The phone has gone: the command that served this page has ended.");

function draw(data) {
  const head = new DataView(data);
  const [width, height, keyboardHeight, x, y, partWidth, partHeight] =
    [0, 4, 8, 12, 16, 20, 24].map((at) => head.getUint32(at, true));
  if (glass.width !== width || glass.height !== height) {
    glass.width = width;
    glass.height = height;
    fit();
  }
  if (partWidth && partHeight) {
    const colours = new Uint32Array(data, 28);
    // The face sends BGRA, a canvas takes RGBA.
    for (let at = 0; at < colours.length; at++) {
      const colour = colours[at];
      colours[at] = (colour & 0xff00ff00) | ((colour & 0xff) << 16) | ((colour >>> 16) & 0xff);
    }
    pixels.putImageData(new ImageData(new Uint8ClampedArray(data, 28), partWidth, partHeight), x, y);
  }
  showKeyboard(keyboardHeight);
  glass.dataset.frames = Number(glass.dataset.frames || 0) + 1;
}

// Shows the app at half its size in px, or smaller where the window has less room.
function fit() {
  const beside = matchMedia("(max-width: 820px)").matches ? 44 : 480;
  const room = [innerWidth - beside, innerHeight - frame.offsetTop - 60];
  const scale = Math.min(1, Math.max(room[0], 240) / (glass.width / 2), Math.max(room[1], 360) / (glass.height / 2));
  glass.style.width = `${Math.round((glass.width / 2) * scale)}px`;
  showKeyboard(Number(keyboard.dataset.pixels || 0));
}
addEventListener("resize", fit);
fit();

function showEnded(reason) {
  byId("ended").textContent = reason || "";
  byId("ended").hidden = !reason;
}

function showDevice(device) {
  byId("font").value = device.font;
  byId("size").value = device.size;
  press("dark", device.dark);
  press("keyboard", device.keyboard);
  showEnded(device.ended && `The app has ended: ${device.ended}`);
}

function showEnvironment(environment) {
  press("offline", !environment.network);
  press("maintenance", environment.maintenance);
  press("down", !environment.portal);
  byId("open").disabled = environment.announced === 0;
  const mails = byId("mails");
  for (const mail of environment.mail.slice(mails.children.length)) mails.prepend(mailItem(mail));
  byId("no-mails").hidden = mails.children.length > 0;
  if (!byId("members").children.length) byId("members").append(...environment.members.map(memberRow));
}

function press(name, to) {
  on[name] = to;
  document.querySelector(`[data-toggle=${name}]`).setAttribute("aria-pressed", to);
}

function element(tag, text, more = {}) {
  return Object.assign(document.createElement(tag), { textContent: text }, more);
}

function mailItem(mail) {
  const item = document.createElement("li");
  item.append(element("b", mail.subject, { dir: "auto" }), element("div", `To ${mail.to}`, { className: "to" }));
  if (mail.password) {
    const row = element("div", "", { className: "row" });
    const copy = element("button", "Copy");
    copy.onclick = () => navigator.clipboard.writeText(mail.password).then(
      () => showStatus("The password is copied."), () => showStatus("This browser does not let a page copy.", true));
    const paste = element("button", "Paste into the app", { className: "paste" });
    paste.onclick = () => request({ verb: "paste", text: mail.password });
    row.append(element("code", mail.password), copy, paste);
    item.append(row);
  }
  const whole = document.createElement("details");
  whole.append(element("summary", "The whole mail"), element("pre", mail.text, { dir: "auto" }));
  item.append(whole);
  return item;
}

function memberRow(member) {
  const row = document.createElement("tr");
  row.append(element("td", member.kind));
  for (const value of [member.ppr, member.cin, member.pension_number, member.emails[0]]) {
    const cell = document.createElement("td");
    if (value) cell.append(element("button", value, { onclick: () => request({ verb: "paste", text: value }) }));
    row.append(cell);
  }
  return row;
}

// --- Controls beside the app ---

for (const button of document.querySelectorAll("[data-request]")) {
  button.onclick = () => {
    const message = JSON.parse(button.dataset.request);
    if (message.restart) showStatus("The app starts again, which takes some seconds.");
    else showStatus("");
    request(message);
  };
}
for (const button of document.querySelectorAll("[data-toggle]")) {
  const name = button.dataset.toggle;
  button.onclick = () => request(toggles[name](!on[name]));
}
byId("font").onchange = ({ target }) => request({ verb: "font", percent: Number(target.value) });
byId("size").onchange = ({ target }) => request({ verb: "size", to: target.value });

// --- Soft keyboard, over the part of the screen that the app leaves free ---

// Rows of keys by layout; each layout ends with the way to the next one.
const layouts = {
  "123": ["1 2 3 4 5 6 7 8 9 0", "- / : @ . , + ( ) '", "٠ ١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩"],
  abc: ["a z e r t y u i o p", "q s d f g h j k l m", "w x c v b n é è à ç"],
  "عربي": ["ض ص ث ق ف غ ع ه خ ح ج", "ش س ي ب ل ا ت ن م ك ط", "ئ ء ؤ ر ى ة و ز ظ د ذ أ"],
};

function showKeyboard(height) {
  keyboard.dataset.pixels = height;
  keyboard.hidden = height === 0;
  keyboard.style.height = `${(height / glass.height) * glass.offsetHeight}px`;
}

function key(label, press, grows = 1) {
  const made = element("button", label, { onclick: press });
  made.style.flexGrow = grows;
  return made;
}

function showLayout(name) {
  const send = (key) => () => request({ verb: "key", name: key, shift: false });
  const rows = layouts[name].map((row) => row.split(" ").map((letter) => key(letter, send(letter))));
  const others = Object.keys(layouts).filter((other) => other !== name);
  rows.push([...others.map((other) => key(other, () => showLayout(other), 2)), key("␣", send(" "), 5),
    key("⌫", send("Backspace"), 2), key("⏎", send("Enter"), 2)]);
  keyboard.replaceChildren(...rows.map((keys) => {
    const row = element("div", "", { dir: "ltr" });
    row.append(...keys);
    return row;
  }));
}
showLayout("123");
// A key takes no focus from the app.
keyboard.onpointerdown = (event) => event.preventDefault();

// --- Input on the app ---

function position(event) {
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
  request({ verb: "pointer", phase: "down", ...position(event) });
};
// A mouse reports more positions than are drawn: only the last before each animation frame is sent.
glass.onpointermove = (event) => {
  if (event.pointerId !== finger) return;
  if (!moved) requestAnimationFrame(move);
  moved = position(event);
};
function move() {
  if (moved) request({ verb: "pointer", phase: "move", ...moved });
  moved = null;
}
function lift(phase) {
  return (event) => {
    if (event.pointerId !== finger) return;
    move();
    finger = null;
    request({ verb: "pointer", phase, ...position(event) });
  };
}
glass.onpointerup = lift("up");
glass.onpointercancel = lift("cancel");
glass.addEventListener("wheel", (event) => {
  event.preventDefault();
  const px = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1;
  request({ verb: "wheel", ...position(event), by: (-event.deltaY * px) / 100 });
}, { passive: false });

const named = ["Tab", "Enter", "Backspace", "Delete", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight",
  "Home", "End", "PageUp", "PageDown"];

glass.onkeydown = (event) => {
  // Shortcuts with these modifiers stay with the browser; AltGr types characters.
  if ((event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph")) return;
  const { key } = event;
  if (key === "Escape") request({ verb: "back" });
  else if (named.includes(key) || [...key].length === 1) request({ verb: "key", name: key, shift: event.shiftKey });
  else return;
  event.preventDefault();
};

// F6 moves the focus between the app, which handles Tab itself, and the rest of the page.
addEventListener("keydown", (event) => {
  if (event.key !== "F6") return;
  event.preventDefault();
  (document.activeElement === glass ? byId("back") : glass).focus();
});

document.addEventListener("paste", (event) => {
  if (document.activeElement !== glass) return;
  event.preventDefault();
  const text = event.clipboardData.getData("text/plain");
  if (text) request({ verb: "paste", text });
});
