// The review by keyboard: Enter accepts, 1–9 choose, E types, S puts off, J/K walk, Z takes back.
// Every key presses a button that is there anyway; the buttons work without this script.

const review = document.getElementById("song-ngu");
const bar = () => document.getElementById("thanh");
const lit = () => review.querySelector(".pair.lit");
const isTyping = (element) => element.closest("input:not([type=radio]), textarea, select, [contenteditable]");

const press = (element) => {
  element?.click();
  return Boolean(element);
};

// Where single words are asked about, a number picks a reading of the word that is marked, and the mark goes on.
const wordNow = () => lit()?.querySelector("[data-word][data-now]");

function markWord(word) {
  wordNow()?.removeAttribute("data-now");
  word?.setAttribute("data-now", "");
  word?.scrollIntoView({ block: "nearest" });
}

function pickReading(number) {
  const word = wordNow();
  const radio = word?.querySelectorAll("input[type=radio]")[number - 1];
  if (!radio) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  const words = [...lit().querySelectorAll("[data-word]")];
  const next = words[words.indexOf(word) + 1];
  if (next) markWord(next);
  return true;
}

review.addEventListener("focusin", (event) => {
  const word = event.target.closest("[data-word]");
  if (word) markWord(word);
});
review.addEventListener("change", (event) => {
  const word = event.target.closest("[data-word]");
  if (word) word.querySelector("mark").textContent = event.target.parentElement.querySelector("span").firstChild.textContent;
});

function choose(number) {
  if (lit()?.querySelector("[data-word]")) return pickReading(number);
  const radio = lit()?.querySelectorAll("[data-choose] input[type=radio]")[number - 1];
  if (!radio) return false;
  radio.checked = true;
  radio.focus();
  return true;
}

function type() {
  const fold = lit()?.querySelector("[data-typing]");
  if (!fold) return press(lit()?.querySelector("a.fix"));
  fold.open = true;
  const field = fold.querySelector("[name=value]");
  field.focus();
  field.select?.();
  return true;
}

const keys = {
  e: type,
  s: () => press(lit()?.querySelector("[data-later]")),
  j: () => press(bar()?.querySelector("[data-key=j]")),
  k: () => press(bar()?.querySelector("[data-key=k]")),
  z: () => press(bar()?.querySelector("[data-key=z]")),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && isTyping(event.target)) {
    event.target.blur();
    return;
  }
  if (isTyping(event.target)) return;
  const isFree = !event.target.closest("a, button, summary");
  const done =
    event.key === "Enter"
      ? isFree && press(lit()?.querySelector("[data-accept]"))
      : /^[1-9]$/.test(event.key)
        ? choose(Number(event.key))
        : (keys[event.key.toLowerCase()]?.() ?? false);
  if (done) event.preventDefault();
});

// What stands open here is sent again, closed, with the next piece.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-Open"] = [...review.querySelectorAll(".pair.lit")].map((pair) => pair.id).join(",");
});

// After a piece of the page was exchanged the place that is asked now is brought into view, and the keyboard with it.
function arrive() {
  const pair = lit();
  if (!pair) return;
  const box = pair.getBoundingClientRect();
  const room = window.innerHeight - (bar()?.offsetHeight ?? 0);
  if (box.top < 56 || box.bottom > room) {
    pair.scrollIntoView({ block: box.height > room * 0.8 ? "start" : "center" });
  }
  const field = pair.querySelector("[data-editing] [name=value], [data-typing][open] [name=value]");
  (field ?? pair).focus({ preventScroll: true });
  field?.setSelectionRange(field.value.length, field.value.length);
}

const SETTLED = 60; // htmx gives exchanged elements their new classes 20 ms after the exchange
let waiting = 0;
document.addEventListener("htmx:oobAfterSwap", () => {
  clearTimeout(waiting);
  waiting = setTimeout(arrive, SETTLED);
});

if (lit() && (location.search || location.hash)) arrive();
