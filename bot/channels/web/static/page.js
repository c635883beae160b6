// Makes the page smoother where scripts are allowed. Nothing depends on it, and it talks to nobody but its own server.

import { dressFiles } from "./files.js";
import { follow } from "./live.js";
import { watchForms } from "./sending.js";
import { begin } from "./swap.js";

/** Make a part of the page work: called at the start, and for every part that is put in later. */
function dress(part) {
  part.querySelectorAll("textarea").forEach(grow);
  part.querySelectorAll("[data-copy]").forEach(offerCopy);
  part.querySelectorAll("[data-print]").forEach(offerPrint);
  part.querySelectorAll("input[type=file]").forEach(dressFiles);
}

function grow(area) {
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  area.addEventListener("input", fit);
  fit();
}

function offerCopy(button) {
  // The clipboard exists over TLS and on the machine itself only.
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const shown = document.getElementById(button.dataset.copy).textContent;
    await navigator.clipboard.writeText(shown.trim().replace(/\s+/g, " "));
    button.textContent = button.dataset.done;
  });
}

function offerPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

begin(dress);
if (document.getElementById("talk")) {
  watchForms();
  follow();
}
