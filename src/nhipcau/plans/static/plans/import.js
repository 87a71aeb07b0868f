// The drop zone: files may be dropped anywhere in it, and what was chosen is listed before it is sent.
// Without this script the file field alone does everything.

const LIMIT = 50 * 1024 * 1024;

for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector("input[type=file]");
  const list = zone.querySelector("[data-chosen]");
  zone.dataset.ready = "";

  const show = () => {
    const rows = [...input.files].map((file) => {
      const row = document.createElement("li");
      const size = document.createElement("span");
      size.textContent = `${(file.size / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB`;
      size.className = file.size > LIMIT ? "num late" : "num muted";
      row.append(file.name, size);
      return row;
    });
    list.replaceChildren(...rows);
  };

  input.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    zone.addEventListener(kind, () => zone.classList.remove("over"));
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    show();
    zone.closest("form").querySelector("button.main")?.focus();
  });
  // A file that misses the zone must not replace the page.
  for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());
}
