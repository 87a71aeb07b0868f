// A word on progress: a tap is written at once; what cannot be sent waits in this browser (IndexedDB, photographs too) and
// is sent again when the line is back, with the same key, so that it is written once. Without this script the forms work
// as forms.

const AGAIN = 30_000;
const SLOWEST = 60_000;
const RELOADED = "unsent:reloaded";
const house = document.querySelector("[data-who]");
const who = house?.dataset.who ?? "";
const told = document.getElementById("cho-gui");
const isRecord = (form) => form instanceof HTMLFormElement && form.matches("form[data-record]");

// --- what waits --------------------------------------------------------------------------------------------------------

let opened;
function store(mode) {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open("nhip-cau", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("unsent", { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return opened.then((base) => base.transaction("unsent", mode).objectStore("unsent"));
}

function answer(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

const inMemory = new Map(); // where the browser keeps no database: until the page is closed

async function put(entry) {
  try {
    await answer((await store("readwrite")).put(entry));
    inMemory.delete(entry.key);
  } catch {
    inMemory.set(entry.key, entry);
  }
}

async function drop(key) {
  inMemory.delete(key);
  try {
    await answer((await store("readwrite")).delete(key));
  } catch {
    // it was never there
  }
}

async function unsent() {
  let kept = [];
  try {
    kept = await answer((await store("readonly")).getAll());
  } catch {
    // only what is in memory
  }
  return [...kept, ...inMemory.values()].filter((entry) => entry.who === who);
}

// --- sending -----------------------------------------------------------------------------------------------------------

function token() {
  const headers = document.body.getAttribute("hx-headers");
  return headers ? JSON.parse(headers)["X-CSRFToken"] : "";
}

function entryOf(form, submitter) {
  const data = new FormData(form, submitter ?? undefined);
  const fields = [...data.entries()].filter(([name, value]) => name !== "csrfmiddlewaretoken" && !(value instanceof File && !value.name));
  const job = form.closest("[data-job]")?.dataset.job ?? "";
  const key = data.get("key") ?? `${job}:${data.get("note")}`;
  return { key, who, job, url: form.getAttribute("action"), fields, at: Date.now() };
}

const placeOf = (entry) => document.querySelector(`[data-job="${CSS.escape(entry.job)}"]`);

async function post(entry) {
  const data = new FormData();
  for (const [name, value] of entry.fields) value instanceof Blob ? data.append(name, value, value.name) : data.append(name, value);
  const place = placeOf(entry);
  data.set("as", !place || place.matches("li") ? "job" : "page");
  return fetch(entry.url, {
    method: "POST",
    body: data,
    headers: { "HX-Request": "true", "HX-Current-URL": location.href, "X-CSRFToken": token() },
    signal: AbortSignal.timeout?.(SLOWEST),
  });
}

const formOf = (entry) => [...(placeOf(entry)?.querySelectorAll("form[data-record]") ?? [])].find((form) => form.getAttribute("action") === entry.url);

function say(form, word) {
  const line = form?.querySelector(".unsent");
  if (!line) return;
  line.hidden = !word;
  line.textContent = word ? line.dataset[word] : "";
}

const sending = new Set();

async function send(entry) {
  if (sending.has(entry.key)) return;
  sending.add(entry.key);
  const form = formOf(entry);
  form?.setAttribute("aria-busy", "true");
  try {
    const reply = await post(entry);
    if (reply.status >= 500 || reply.status === 429) throw new Error("busy");
    await settle(entry, reply);
  } catch {
    await put(entry);
    say(formOf(entry), "word");
  } finally {
    sending.delete(entry.key);
    formOf(entry)?.removeAttribute("aria-busy");
    await count();
  }
}

// The server has answered: what it took is forgotten here; what it could not take stands in the page again.
async function settle(entry, reply) {
  const elsewhere = reply.headers.get("HX-Redirect");
  if (elsewhere?.startsWith("/tai-khoan/dang-nhap/")) {
    await put(entry); // signed out meanwhile: it is sent after signing in
    location.assign(elsewhere);
    return;
  }
  const place = placeOf(entry);
  const typed = place?.querySelector("form[data-keep]");
  if (reply.ok) {
    await drop(entry.key);
    sessionStorage.removeItem(RELOADED);
    typed?.dispatchEvent(new CustomEvent("kept:forget"));
    if (elsewhere) {
      if (place) location.assign(elsewhere.split("#")[0] === location.pathname ? location.pathname : elsewhere);
      return;
    }
  }
  const text = await reply.text();
  if (reply.status === 404) {
    await drop(entry.key); // it is not this person's any more
    return;
  }
  const found = new DOMParser().parseFromString(text, "text/html").querySelector("[data-job]");
  if (!place) {
    if (!reply.ok) await put({ ...entry, stuck: true }); // to be decided on its own page
    return;
  }
  if (!found && reply.status === 403 && !sessionStorage.getItem(RELOADED)) {
    sessionStorage.setItem(RELOADED, "1"); // the page is older than the cookies: a fresh one sends it, after signing in
    await put(entry);
    location.reload();
    return;
  }
  if (!found) throw new Error("not understood");
  if (!reply.ok) await drop(entry.key); // the form that came back holds all of it
  const fresh = document.importNode(found, true);
  place.replaceWith(fresh);
  window.htmx?.process(fresh);
  document.dispatchEvent(new CustomEvent("kept:look"));
  const wants = fresh.querySelector("[role=alert]") ?? fresh.querySelector(".undo button") ?? fresh.querySelector("h3 a");
  wants?.focus({ preventScroll: reply.ok });
}

async function count() {
  if (!told) return;
  const waiting = await unsent();
  told.hidden = waiting.length === 0;
  told.textContent = waiting.length ? told.dataset.one : "";
  for (const entry of waiting.filter((one) => one.stuck)) {
    const way = document.createElement("a");
    way.href = entry.url.replace(/[^/]+\/$/, "");
    way.textContent = told.dataset.look;
    told.append(" ", way);
  }
}

async function sendAll() {
  const waiting = (await unsent()).filter((entry) => !entry.stuck || placeOf(entry));
  for (const entry of waiting.sort((one, other) => one.at - other.at)) await send(entry);
  await count();
}

// --- what people do ----------------------------------------------------------------------------------------------------

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!isRecord(form)) return;
    event.preventDefault();
    event.stopPropagation(); // core/keep.js would take it for sent
    if (!form.querySelector("input[name=progress]") || form.querySelector("input[name=progress]:checked")) {
      say(form, "sending");
      send(entryOf(form, event.submitter));
      return;
    }
    say(form, "choose");
    form.querySelector("input[name=progress]").focus();
  },
  true,
);

// A tap writes at once, also one on what stands there already ("still so"). Who goes through the states with arrow keys
// chooses first, and then sends with the button or Enter.
document.addEventListener("click", (event) => {
  const form = event.target.form;
  if (!isRecord(form) || event.target.name !== "progress" || form.querySelector("details[open]")) return;
  if (event.detail > 0) form.requestSubmit();
  else form.classList.add("chosen");
});

addEventListener("online", sendAll);
setInterval(() => navigator.onLine !== false && sendAll(), AGAIN);
sendAll().then(async () => {
  for (const entry of await unsent()) say(formOf(entry), "word");
});
