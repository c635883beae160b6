// Puts a newer screen in place of the one that stands, and never over what somebody is typing.
//
// What the server said is compared with what it says now, not with what stands on the page: that holds people's words.
// Messages join the log one by one, so that a screen reader says what is new and nothing else.

const PARTS = ["top", "head", "talk"];
const WRITING = "textarea, input:not([type=hidden])";

let dress = () => {};
let told = null;
let held = false;

/** Remember what the server said of this page, then make it work by `dressing` each part. */
export function begin(dressing) {
  dress = dressing;
  told = read(document);
  dress(document.body);
}

/** Take over what a newer page says: the log at once, the form unless somebody is at it. */
export function update(page) {
  const now = read(page);
  if (!now.talk) return;
  if (now.language !== told.language) {
    if (!isTyping()) replaceAll(page);
    return;
  }
  const isNew = patchLog(page, now);
  const changed = PARTS.filter((id) => now[id] !== told[id]);
  held = changed.length > 0 && isTyping();
  if (!held) replaceParts(changed, page, now);
  announce(isNew);
}

/** Put a whole page in place of this one, as after a form was sent. */
export function replaceAll(page) {
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  told = read(page);
  held = false;
  document.body.replaceWith(document.adoptNode(page.body));
  dress(document.body);
  window.scrollTo(0, 0);
  const title = document.querySelector("h1");
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

/** Tell whether somebody is at the form: words, ticks or files that the server has not seen, or the caret in a field. */
export function isTyping() {
  const form = document.getElementById("talk");
  return Boolean(form) && (form.querySelector(`:is(${WRITING}):focus`) !== null || hasUnsent(form));
}

/** Tell whether a form holds anything that the server has not seen. */
export function hasUnsent(form) {
  return [...form.querySelectorAll(WRITING)].some((field) => {
    if (field.type === "file") return field.files.length > 0;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  });
}

/** Read the text of a page. */
export function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

function read(page) {
  const html = (id) => {
    const part = page.getElementById(id)?.cloneNode(true);
    // Each rendering has an id of its own, which says nothing about the screen.
    part?.querySelector("[name=nonce]")?.removeAttribute("value");
    return part?.outerHTML ?? "";
  };
  const log = [...(page.getElementById("log")?.children ?? [])].map((message) => message.outerHTML);
  return { language: page.documentElement.lang, log, ...Object.fromEntries(PARTS.map((id) => [id, html(id)])) };
}

/** Exchange those messages that differ; return whether one was put in. */
function patchLog(page, now) {
  const { start, until, end } = difference(told.log, now.log);
  const log = document.getElementById("log");
  const added = [...page.getElementById("log").children].slice(start, until).map((each) => document.adoptNode(each));
  const after = log.children[end] ?? null;
  [...log.children].slice(start, end).forEach((message) => message.remove());
  added.forEach((message) => {
    message.classList.add("arrived");
    log.insertBefore(message, after);
    dress(message);
  });
  told.log = now.log;
  return added.length > 0;
}

/** What lies between an equal beginning and an equal end: from `start`, up to `end` before and up to `until` now. */
function difference(before, now) {
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start < most && before[start] === now[start]) start += 1;
  let same = 0;
  while (same < most - start && before.at(-1 - same) === now.at(-1 - same)) same += 1;
  return { start, end: before.length - same, until: now.length - same };
}

function replaceParts(changed, page, now) {
  const focused = placeOf(document.activeElement);
  for (const id of changed) {
    const part = document.adoptNode(page.getElementById(id));
    document.getElementById(id).replaceWith(part);
    dress(part);
    told[id] = now[id];
  }
  if (document.activeElement === document.body && focused) document.querySelector(focused)?.focus({ preventScroll: true });
}

/** How to find a button again in a newer form. */
function placeOf(element) {
  return element?.name ? `[name="${CSS.escape(element.name)}"][value="${CSS.escape(element.value)}"]` : "";
}

/** Say on the page what could be missed: something new out of sight, or a talk that went on under the typing hands. */
function announce(isNew) {
  const news = document.getElementById("news");
  const log = document.getElementById("log");
  const isAbove = isNew && log.getBoundingClientRect().bottom < 80;
  if (held) news.textContent = news.dataset.moved;
  else if (isAbove) news.replaceChildren(linkTo("#log", news.dataset.above));
  else if (isNew || !news.firstElementChild) news.replaceChildren();
}

function linkTo(address, words) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = words;
  link.addEventListener("click", () => document.getElementById("news").replaceChildren());
  return link;
}

// Once nobody is at the form any more, what was held back can come in: whoever follows the talk is asked to look again.
document.addEventListener("focusout", () => {
  setTimeout(() => {
    if (held && !isTyping()) document.dispatchEvent(new Event("freed"));
  });
});
