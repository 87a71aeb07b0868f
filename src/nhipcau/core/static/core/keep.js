// What was typed is never lost: form[data-keep] survives a reload, a lost connection, the back key. Only in this tab
// (sessionStorage), never passwords, files or hidden values; forgotten as soon as the server has taken the form.

const SENT = "keep:sent";
const kept = (field) => field.name && !field.disabled && !["password", "file", "hidden", "submit", "button"].includes(field.type);
const nameOf = (form) => `keep:${location.pathname}:${form.dataset.keep}`;

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // no room, or storage is switched off: the form works all the same
  }
}

function values(form) {
  return [...form.elements].filter(kept).map((field) => {
    if (["checkbox", "radio"].includes(field.type)) return [field.name, field.value, field.checked];
    if (field.multiple && field.options) return [field.name, [...field.selectedOptions].map((option) => option.value)];
    return [field.name, field.value];
  });
}

function restore(form, saved) {
  const fields = [...form.elements].filter(kept);
  let changed = false;
  saved.forEach(([name, value, checked], place) => {
    const field = fields[place];
    if (!field || field.name !== name) return;
    if (checked !== undefined) {
      changed ||= field.value === value && field.checked !== checked;
      if (field.value === value) field.checked = checked;
    } else if (Array.isArray(value)) {
      for (const option of field.options ?? []) option.selected = value.includes(option.value);
    } else if (field.value !== value) {
      field.value = value;
      changed = true;
    }
  });
  return changed;
}

// Only the page that the form led to by a redirect says that the server has what was typed: a page to sign in again, one
// that tells of a trouble, or the form shown anew says nothing of the kind.
const arrival = performance.getEntriesByType("navigation")[0];
const sent = read(SENT);
if (sent && arrival?.type === "navigate" && arrival.redirectCount > 0 && document.referrer === sent.from) sessionStorage.removeItem(sent.key);
if (sent) sessionStorage.removeItem(SENT);

const watched = new WeakSet();

function watch(form) {
  const key = nameOf(form);
  const saved = read(key);
  if (saved && !form.querySelector(".wrong") && restore(form, saved)) {
    for (const fold of form.querySelectorAll("details")) fold.open ||= [...fold.querySelectorAll("input, textarea, select")].some((field) => kept(field) && field.value && field.value !== field.defaultValue);
    if (form.dataset.keepSays) {
      const says = document.createElement("p");
      says.className = "small muted";
      says.setAttribute("role", "status");
      form.prepend(says);
      says.textContent = form.dataset.keepSays;
    }
  }
  form.addEventListener("input", () => write(key, values(form)));
  form.addEventListener("submit", () => write(SENT, { key, from: location.href.split("#")[0] }));
  form.addEventListener("reset", () => sessionStorage.removeItem(key));
  form.addEventListener("kept:forget", () => sessionStorage.removeItem(key)); // a script has sent it
}

function look() {
  for (const form of document.querySelectorAll("form[data-keep]")) {
    if (!watched.has(form)) watch(form);
    watched.add(form);
  }
}

document.addEventListener("kept:look", look); // a script has put new forms into the page
// htmx put what the server made of the form in its place; where the answer is the form again, it was refused.
document.addEventListener("htmx:afterSwap", (event) => {
  const form = event.detail.requestConfig?.elt?.closest?.("form[data-keep]");
  if (!form || form.isConnected || event.detail.xhr.responseText.includes(`data-keep="${form.dataset.keep}"`)) return;
  sessionStorage.removeItem(nameOf(form));
});
look();
