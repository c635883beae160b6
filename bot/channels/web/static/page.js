// Makes the page a little smoother where scripts are allowed. Nothing depends on it, and it talks to nobody.
"use strict";

for (const area of document.querySelectorAll("textarea")) {
  const grow = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  area.addEventListener("input", grow);
  grow();
}

for (const button of document.querySelectorAll("[data-copy]")) {
  // The clipboard exists over TLS and on the machine itself only.
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.done;
  });
}
