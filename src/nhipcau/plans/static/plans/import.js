// The drop zone: files may be dropped anywhere in it, photographs taken one after another; what was chosen is listed
// before it is sent, and the pictures, which become the pages of one document, can be put in order.
// Without this script the file field alone does everything.

const LIMIT = 50e6;
const THUMB = 72;
const isPicture = (file) => /^image\//.test(file.type) || /\.(jpe?g|png|tiff?|webp|bmp)$/i.test(file.name);
const keyOf = (file) => `${file.name}/${file.size}/${file.lastModified}`;
const megabytes = (size) =>
  `${(size / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB`;

for (const zone of document.querySelectorAll("[data-drop]")) {
  const form = zone.closest("form");
  const input = zone.querySelector("input[type=file][name=files]");
  const camera = zone.querySelector("input[type=file][name=camera]");
  const list = zone.querySelector("[data-chosen]");
  const together = zone.querySelector("[data-together]");
  const said = form.querySelector("[data-said]");
  const says = zone.dataset;
  let chosen = [];
  zone.dataset.ready = "";

  function add(files) {
    const known = new Set(chosen.map(keyOf));
    const order = new Intl.Collator("vi", { numeric: true });
    const fresh = [...files].filter((file) => !known.has(keyOf(file)));
    chosen.push(...fresh.sort((a, b) => order.compare(a.name, b.name)));
    show();
  }

  function move(place, step) {
    const pages = chosen.map((file, at) => at).filter((at) => isPicture(chosen[at]));
    const other = pages[pages.indexOf(place) + step];
    if (other === undefined) return;
    [chosen[place], chosen[other]] = [chosen[other], chosen[place]];
    show();
    list.children[other]?.querySelector(step < 0 ? "[data-up]" : "[data-down]")?.focus();
  }

  function remove(place) {
    chosen.splice(place, 1);
    show();
    (list.children[Math.min(place, chosen.length - 1)]?.querySelector("[data-remove]") ?? input).focus();
  }

  function button(text, name, label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn bare";
    made.textContent = text;
    made.dataset[name] = "";
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }

  const thumbs = new WeakMap();
  function thumb(file) {
    let made = thumbs.get(file);
    if (!made) {
      made = document.createElement("canvas");
      made.width = made.height = THUMB;
      made.setAttribute("aria-hidden", "true");
      thumbs.set(file, made);
      createImageBitmap(file, { resizeWidth: THUMB * 2 })
        .then((picture) => {
          const scale = Math.max(THUMB / picture.width, THUMB / picture.height);
          made.getContext("2d").drawImage(picture, 0, 0, picture.width * scale, picture.height * scale);
          picture.close();
        })
        .catch(() => {}); // a browser that cannot draw it sends it all the same
    }
    return made;
  }

  function row(file, place, number, pages) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.className = "name";
    name.textContent = number && pages > 1 ? `${says.sayPage.replace("%s", number)}: ${file.name}` : file.name;
    const size = document.createElement("span");
    size.textContent = megabytes(file.size);
    size.className = file.size > LIMIT ? "num late" : "num muted";
    const tools = document.createElement("span");
    tools.className = "tools";
    if (number && pages > 1) {
      tools.append(
        button("↑", "up", `${says.sayUp}: ${file.name}`, () => move(place, -1)),
        button("↓", "down", `${says.sayDown}: ${file.name}`, () => move(place, 1)),
      );
    }
    tools.append(button("✕", "remove", `${says.sayRemove}: ${file.name}`, () => remove(place)));
    item.append(...(number ? [thumb(file)] : []), name, size, tools);
    return item;
  }

  function show() {
    const held = new DataTransfer();
    for (const file of chosen) held.items.add(file);
    input.files = held.files;
    form.elements.ordered.value = chosen.length ? "1" : "";
    const pages = chosen.filter(isPicture);
    let number = 0;
    list.replaceChildren(...chosen.map((file, at) => row(file, at, isPicture(file) ? (number += 1) : 0, pages.length)));
    const total = pages.reduce((sum, file) => sum + file.size, 0);
    together.hidden = pages.length < 2;
    together.textContent = `${says.sayTogether.replace("%s", pages.length)} ${megabytes(total)}.${total > LIMIT ? ` ${says.sayLarge}` : ""}`;
    together.classList.toggle("late", total > LIMIT);
    said.textContent = "";
  }

  input.addEventListener("change", () => {
    const files = [...input.files];
    if (files.length) add(files);
    else show(); // a picker that was called off has emptied the field
  });
  camera?.addEventListener("change", () => {
    const files = [...camera.files];
    camera.value = "";
    // Every phone calls its photograph "image.jpg": the time tells them apart.
    add(files);
  });

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
    add(event.dataTransfer.files);
    form.querySelector("button.main")?.focus();
  });
  // A file that misses the zone must not replace the page.
  for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());

  // Photographs are large and phones lose their connection: they are sent from here, so that a broken sending loses none.
  form.addEventListener("submit", (event) => {
    if (!chosen.some(isPicture)) return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "1";
    const request = new XMLHttpRequest();
    const ended = (text) => {
      delete form.dataset.sending;
      said.textContent = text;
    };
    request.open("POST", location.href);
    request.upload.addEventListener("progress", (now) => {
      if (now.lengthComputable) said.textContent = says.saySending.replace("%s", Math.round((100 * now.loaded) / now.total));
    });
    request.addEventListener("error", () => ended(says.sayLost));
    request.addEventListener("load", () => {
      if (request.status < 400 && new URL(request.responseURL).pathname !== location.pathname) {
        location.assign(request.responseURL);
        return;
      }
      ended("");
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      const notices = answer.querySelectorAll("main .notice");
      for (const old of document.querySelectorAll("main .notice")) old.remove();
      form.before(...notices);
      if (!notices.length) said.textContent = says.sayLost;
      document.querySelector("main .notice")?.scrollIntoView({ block: "center" });
    });
    request.send(new FormData(form));
  });
}
