// Filter as you type: form[data-live="#results"] asks again while one types and puts the answer into that element.
// The address follows, so that what is seen can be shared. Without this script the form's button does the same.

const WAIT = 250;

function address(form) {
  const url = new URL(form.getAttribute("action") || location.pathname, location.href);
  url.search = "";
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value !== "") url.searchParams.append(name, value);
  return url;
}

function put(target, selector, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const whole = page.querySelector(selector);
  target.replaceChildren(...document.importNode(whole ?? page.body, true).childNodes);
  window.htmx?.process(target);
}

function live(form) {
  const selector = form.dataset.live;
  let timer;
  let running;

  async function ask() {
    const target = document.querySelector(selector);
    if (!target) return form.submit();
    running?.abort();
    running = new AbortController();
    const url = address(form);
    target.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal: running.signal });
      if (!answer.ok || answer.redirected) return location.assign(url);
      put(target, selector, await answer.text());
      history.replaceState(null, "", url);
      target.removeAttribute("aria-busy");
    } catch (problem) {
      if (problem.name !== "AbortError") location.assign(url);
    }
    return undefined;
  }

  form.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, event.target.matches("input:not([type=checkbox], [type=radio])") ? WAIT : 0);
  });
  form.addEventListener("compositionend", () => form.dispatchEvent(new Event("input")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    ask();
  });
}

for (const form of document.querySelectorAll("form[data-live]")) live(form);
