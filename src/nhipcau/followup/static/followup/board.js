// The board: how many are ticked stands on the button; all that are shown with one tick, a range with Shift; print.
// Without it everything works too.

const form = () => document.querySelector("#chon");
const boxes = () => [...(form()?.querySelectorAll("input[type=checkbox][name]") ?? [])];
let last;

function count() {
  const here = form();
  if (!here) return;
  const all = here.querySelector("[data-all]");
  const ticked = boxes().filter((box) => box.checked).length;
  if (all) {
    all.hidden = false;
    all.nextElementSibling.hidden = true;
    all.firstElementChild.checked = ticked > 0 && ticked === boxes().length;
    all.firstElementChild.indeterminate = ticked > 0 && ticked < boxes().length;
  }
  for (const [element, words] of [
    [here.querySelector("[data-count]"), "count"],
    [here.querySelector("[data-picked]"), "picked"],
  ]) {
    if (!element) continue;
    element.dataset.plain ??= element.textContent;
    element.textContent = ticked ? element.dataset[words].replace("{n}", ticked) : element.dataset.plain;
  }
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("#chon input[type=checkbox]")) return;
  if (event.target.closest("[data-all]")) for (const box of boxes()) box.checked = event.target.checked;
  count();
});
document.addEventListener("click", (event) => {
  const box = event.target.closest("#chon input[type=checkbox][name]");
  if (box) {
    const row = boxes();
    const [from, to] = [row.indexOf(last), row.indexOf(box)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) for (const between of row.slice(from, to + 1)) between.checked = box.checked;
    last = box;
    count();
  }
  if (event.target.closest("[data-print]")) window.print();
});
new MutationObserver(count).observe(document.querySelector("#bang") ?? document.createElement("p"), { childList: true });
addEventListener("pageshow", count);
count();
