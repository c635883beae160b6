// Follows the talk: whenever the server says that the screen changed, looks again. The stream holds one word, no content.
//
// A window that nobody sees lets go of its stream, and looks when it is seen again. Where the stream breaks, it comes
// back after a growing, uneven pause.

import { isSending } from "./sending.js";
import { isTyping, parsed, update } from "./swap.js";

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;
/** A stream that held so long was a good one, and the next pause is short again. Milliseconds, all three. */
const SETTLED = 30_000;

let source = null;
let timer = 0;
let pause = FIRST_PAUSE;
let wasOpen = false;
let looking = false;
let again = false;

/** Follow the talk of this page for as long as it is seen. */
export function follow() {
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  document.addEventListener("freed", look);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => event.persisted && open());
  open();
}

function open() {
  if (source || document.hidden) return;
  clearTimeout(timer);
  const since = performance.now();
  source = new EventSource("/live");
  source.addEventListener("open", () => {
    wasOpen = true;
    look();
  });
  source.addEventListener("message", look);
  source.addEventListener("error", () => {
    if (performance.now() - since > SETTLED) pause = FIRST_PAUSE;
    close();
    retry();
  });
}

function close() {
  clearTimeout(timer);
  source?.close();
  source = null;
}

function retry() {
  // Uneven, so that a server that comes back is not met by everybody at once.
  timer = setTimeout(() => {
    look();
    open();
  }, pause * (0.75 + Math.random() / 2));
  pause = Math.min(pause * 2, LONGEST_PAUSE);
}

/** Ask for the screen; what comes while one is asked for, or a form is being sent, is asked for afterwards. */
async function look() {
  if (looking || isSending()) {
    again = true;
    return;
  }
  looking = true;
  again = false;
  try {
    await take(await fetch("/", { cache: "no-store", headers: { "Madoguchi-Again": "1" } }));
  } catch {
    // No connection: the stream breaks too, and brings us back.
  } finally {
    looking = false;
    if (again) look();
  }
}

async function take(answer) {
  if (answer.status === 204) {
    // The talk was left in another window: here, too, nothing of it should stay to be seen.
    if (wasOpen && !isTyping()) location.replace("/clouds");
  } else if (answer.ok && !isSending()) {
    update(parsed(await answer.text()));
  }
}
