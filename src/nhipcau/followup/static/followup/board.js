// The board: how many are ticked stands on the button; all at once with one tick; print. Without it everything works too.

const form = () => document.querySelector("#chon");

function count() {
  const here = form();
  if (!here) return;
  const ticked = here.querySelectorAll('input[type=checkbox]:checked').length;
  const button = here.querySelector("[data-count]");
  const says = here.querySelector("[data-picked]");
  if (button) {
    button.dataset.plain ??= button.textContent;
    button.textContent = ticked ? button.dataset.count.replace("{n}", ticked) : button.dataset.plain;
  }
  if (says) {
    says.dataset.plain ??= says.textContent;
    says.textContent = ticked ? says.dataset.picked.replace("{n}", ticked) : says.dataset.plain;
  }
}

document.addEventListener("change", (event) => {
  if (event.target.matches('#chon input[type=checkbox]')) count();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
addEventListener("pageshow", count);
count();
