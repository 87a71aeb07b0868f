// Keys that work on every page: / searches, ? shows the keys, J and K walk a list, Esc leaves.
// A page with keys of its own (body.desk) keeps J and K for itself.

const dialog = document.getElementById("phim");
const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const seen = (element) => element.getClientRects().length > 0;

function toSearch() {
  const field = [...document.querySelectorAll("input[type=search]")].filter(seen);
  const own = field.find((input) => input.closest("main"));
  const target = document.querySelector("input[data-search]") ?? field.find((input) => !input.closest("main")) ?? own;
  if (target) {
    target.focus();
    target.select();
  } else {
    const link = document.querySelector(".masthead a[href*='/tim/']");
    if (link) location.assign(link.href);
  }
}

function walk(step) {
  const links = [...document.querySelectorAll("[data-rove] a, .ledger tbody .name a")].filter(seen);
  if (!links.length) return;
  const now = links.indexOf(document.activeElement);
  const next = links[now < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(now + step, 0), links.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function showKeys() {
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.key === "Escape") {
    const open = target.closest("details.flap[open]") ?? document.querySelector("details.flap[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (typing(target) && !dialog?.open) target.blur();
    return;
  }
  if (typing(target) || document.querySelector("dialog[open]")) return;
  const desk = document.body.classList.contains("desk");
  if (event.key === "/") toSearch();
  else if (event.key === "?") showKeys();
  else if (!desk && event.key.toLowerCase() === "j") walk(1);
  else if (!desk && event.key.toLowerCase() === "k") walk(-1);
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.keys-link");
  if (link && dialog) {
    event.preventDefault();
    showKeys();
  }
  for (const open of document.querySelectorAll("details.flap[open]")) if (!open.contains(event.target)) open.open = false;
  if (event.target === dialog) dialog.close(); // a click beside the sheet
});

// Where a row of tabs is wider than the screen, the one that is open is in sight.
for (const open of document.querySelectorAll(".tabs > [aria-current]")) open.parentElement.scrollLeft = open.offsetLeft - open.parentElement.offsetLeft - 16;
