// The files chosen so far: listed, taken out again one by one, and the too large ones said before anything is sent.
//
// A file field forgets its files when others are chosen; here they add up, as people expect who pick photos one by one.

const MIB = 2 ** 20;

/** Keep the list of a file field. */
export function dressFiles(input) {
  const list = document.createElement("ul");
  list.className = "files chosen";
  list.setAttribute("aria-label", input.dataset.chosen);
  const said = document.createElement("div");
  said.setAttribute("role", "status");
  input.after(list, said);
  let kept = [];
  const show = (refused = []) => {
    put(input, kept);
    list.hidden = kept.length === 0;
    list.replaceChildren(...kept.map((file) => entry(file, input, takeOut)));
    said.replaceChildren(...refused.map((file) => warning(file, input)));
  };
  const takeOut = (file) => {
    kept = kept.filter((other) => other !== file);
    show();
    input.focus();
  };
  input.addEventListener("change", () => {
    const fits = (file) => file.size <= input.dataset.limit * MIB;
    const chosen = [...input.files].filter((file) => !kept.some((other) => isSame(file, other)));
    kept = [...kept, ...chosen.filter(fits)];
    show(chosen.filter((file) => !fits(file)));
  });
  kept = [...input.files];
  show();
}

/** Set the files of a field. */
export function put(input, files) {
  const transfer = new DataTransfer();
  files.forEach((file) => transfer.items.add(file));
  input.files = transfer.files;
}

/** Fill the places that a sentence leaves open. */
export function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

function isSame(one, other) {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}

function entry(file, input, takeOut) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.dir = "auto";
  name.textContent = `${file.name} (${sized(file.size)})`;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = input.dataset.remove;
  button.setAttribute("aria-label", filled(input.dataset.removeWhat, { name: file.name }));
  button.addEventListener("click", () => takeOut(file));
  item.append(name, button);
  return item;
}

function warning(file, input) {
  const box = document.createElement("div");
  box.className = "message warning";
  const words = document.createElement("p");
  words.textContent = filled(input.dataset.tooLarge, { name: file.name, size: sized(file.size) });
  box.append(words);
  return box;
}

function sized(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < MIB ? `${Math.round(bytes / 1024)} KB` : `${(bytes / MIB).toFixed(1)} MB`;
}
