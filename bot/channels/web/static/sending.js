// Sends a form with files in view of the person: how far it is, a way to stop it, and honest words when it fails.
//
// The page stays until the answer is there, so nothing typed or chosen can be lost on the way. Forms without files are
// left to the browser. "I am in danger now" never waits for an upload: the words go at once, the files stay chosen.

import { filled, put } from "./files.js";
import { parsed, replaceAll } from "./swap.js";

const URGENT = "danger";
/** The answer to a form that came without its cookie. */
const FORBIDDEN = 403;
/** A screen reader is told of the progress in quarters, not with every packet. */
const TOLD_EVERY = 25;

let underWay = null;
let last = { print: "", nonce: "" };

/** Take over the sending of forms in which files are chosen. */
export function watchForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id !== "talk") return;
    const input = form.querySelector("input[type=file]");
    if (!input?.files.length && !underWay) return;
    event.preventDefault();
    const isUrgent = event.submitter?.value === URGENT;
    if (underWay && !isUrgent) return;
    underWay?.abort();
    send(form, event.submitter, isUrgent ? [] : [...input.files], isUrgent ? [...input.files] : []);
  });
}

/** Tell whether a form is on its way. */
export function isSending() {
  return underWay !== null;
}

function send(form, button, files, left) {
  const data = dataOf(form, button, files);
  const panel = new Panel(form, button, files);
  const request = new XMLHttpRequest();
  underWay = request;
  request.upload.addEventListener("progress", (event) => panel.progress(event.loaded, event.total));
  request.upload.addEventListener("load", () => panel.storing());
  request.addEventListener("load", () => {
    if (request.status === 200) arrived(request.responseText, left);
    else panel.over(reason(request) ?? panel.words.refused);
    if (request.status === FORBIDDEN) beginAnew(form);
  });
  request.addEventListener("error", () => panel.over(panel.words.broken));
  request.addEventListener("abort", () => panel.over(panel.words.stopped, "notice"));
  request.addEventListener("loadend", () => {
    if (underWay === request) underWay = null;
  });
  panel.stop.onclick = () => request.abort();
  request.open("POST", "/");
  request.send(data);
}

/** The form's fields and the button pressed. The same again keeps its id, so that it counts once; anything else is new. */
function dataOf(form, button, files) {
  const data = new FormData(form);
  data.delete("file");
  files.forEach((file) => data.append("file", file));
  if (button?.name) data.append(button.name, button.value);
  data.delete("nonce");
  const print = JSON.stringify([...data].map(([name, value]) => [name, value.name ?? value, value.size, value.lastModified]));
  const given = form.elements.nonce;
  if (last.nonce === given.value && last.print !== print) given.value = freshId();
  last = { print, nonce: given.value };
  data.set("nonce", given.value);
  return data;
}

function freshId() {
  return [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function arrived(html, left) {
  replaceAll(parsed(html));
  const input = document.querySelector("#talk input[type=file]");
  if (!input || !left.length) return;
  put(input, left);
  input.dispatchEvent(new Event("change"));
}

/** The talk is not known any more: what is sent next begins another one, and comes from nowhere else. */
function beginAnew(form) {
  const anew = Object.assign(document.createElement("input"), { type: "hidden", name: "anew", value: "yes" });
  form.append(anew);
}

/** What the server says of a form that it could not read, or whose talk it does not know: waiting would not help. */
function reason(request) {
  return [400, FORBIDDEN].includes(request.status) ? parsed(request.responseText).querySelector("[role=alert]")?.textContent.trim() : null;
}

class Panel {
  constructor(form, button, files) {
    const box = form.querySelector("#sending");
    this.form = form;
    this.button = button;
    this.files = files;
    this.box = box;
    this.words = box.dataset;
    this.line = box.querySelector(".sending-words");
    this.bar = box.querySelector("progress");
    this.stop = box.querySelector("button");
    this.said = form.querySelector("#sending-said");
    this.toldAt = -1;
    box.hidden = files.length === 0;
    this.stop.hidden = false;
    this.said.replaceChildren();
    this.rest(true);
    if (files.length) this.progress(0, 1);
    if (files.length) this.stop.focus();
  }

  /** Let nobody type into fields whose words have left already. */
  rest(isSending) {
    this.form.classList.toggle("on-its-way", isSending);
    this.form.querySelectorAll(":scope > :is(.field, .choices, .summary)").forEach((part) => (part.inert = isSending));
  }

  progress(loaded, total) {
    if (!this.files.length) return;
    const share = Math.min(loaded / total, 1);
    const percent = Math.floor(share * 100);
    const at = this.fileAt(share);
    const words = this.files.length > 1 ? this.words.many : this.words.one;
    const line = filled(words, { name: this.files[at].name, percent, at: at + 1, count: this.files.length });
    this.line.textContent = line;
    this.bar.value = percent;
    this.tell(line, percent);
  }

  /** Which file is on its way when so much of all is sent. */
  fileAt(share) {
    let left = share * this.files.reduce((sum, file) => sum + file.size, 0);
    const at = this.files.findIndex((file) => (left -= file.size) < 0);
    return at < 0 ? this.files.length - 1 : at;
  }

  tell(line, percent) {
    const quarter = Math.floor(percent / TOLD_EVERY);
    if (quarter === this.toldAt) return;
    this.toldAt = quarter;
    this.said.replaceChildren(paragraph(line, "unseen"));
  }

  /** All has left; from here on nobody can say any more that it will not count, so it cannot be stopped. */
  storing() {
    if (!this.files.length) return;
    this.stop.hidden = true;
    this.line.textContent = this.words.storing;
    this.bar.removeAttribute("value");
    this.said.replaceChildren(paragraph(this.words.storing, "unseen"));
  }

  /** Give the form back, and say why. */
  over(words, tone = "warning") {
    if (!this.form.isConnected) return;
    this.rest(false);
    this.box.hidden = true;
    this.bar.value = 0;
    const message = document.createElement("div");
    message.className = `message ${tone}`;
    message.append(paragraph(words));
    this.said.replaceChildren(message);
    this.button?.focus();
  }
}

function paragraph(words, name = "") {
  const line = document.createElement("p");
  line.className = name;
  line.textContent = words;
  return line;
}
