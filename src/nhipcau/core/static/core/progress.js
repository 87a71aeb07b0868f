// Follows a job: [data-poll="address"] asks for its piece again and again, until the piece no longer asks to be followed.
// HX-Redirect in an answer leads on to what came of the job. Without this script the page is simply loaded anew.

const PAUSE = 1000;
const SLOW = 10000;

function update(old, fresh) {
  const said = old.querySelector("[role=status]");
  const says = fresh.querySelector("[role=status]");
  const bar = old.querySelector("progress");
  const now = fresh.querySelector("progress");
  if (!said || !says || !bar || !now || !fresh.dataset.poll) {
    old.replaceWith(fresh);
    fresh.querySelector("[autofocus]")?.focus();
    return fresh;
  }
  for (const name of ["max", "value"]) {
    if (now.hasAttribute(name)) bar.setAttribute(name, now.getAttribute(name));
    else bar.removeAttribute(name);
  }
  if (said.innerHTML !== says.innerHTML) said.replaceChildren(...says.childNodes); // a reader hears only what is new
  old.dataset.poll = fresh.dataset.poll;
  return old;
}

function follow(element) {
  let pause = PAUSE;
  const again = () => setTimeout(ask, pause);

  async function ask() {
    if (!element.isConnected) return;
    if (document.hidden) return document.addEventListener("visibilitychange", ask, { once: true });
    try {
      const answer = await fetch(element.dataset.poll, { headers: { "HX-Request": "true" } });
      const onward = answer.headers.get("HX-Redirect");
      if (onward) return location.assign(onward);
      if (answer.redirected || answer.headers.get("HX-Refresh")) return location.reload();
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-poll]") ?? page.body.firstElementChild;
      if (!fresh) return location.reload();
      element = update(element, document.importNode(fresh, true));
      window.htmx?.process(element);
      pause = PAUSE;
      if (element.dataset.poll) again();
    } catch {
      pause = Math.min(pause * 2, SLOW); // the connection is gone for a while: the job goes on without us
      again();
    }
    return undefined;
  }

  again();
}

for (const element of document.querySelectorAll("[data-poll]")) follow(element);
