// Keeps the floor of a meeting as it is by now: <section id="floor" data-floor="/api/v1/sessions/…/floor/events?after=…">.
// What changed is heard of through an event stream; the page itself is asked for again, and this part of it put in place, so
// that there is one way to draw it. Clocks count by themselves. Where the chair sits, keys press the buttons that name them.

const SWITCH = "hemicycle-floor-keys";
const isField = (node) => node?.matches?.("input:not([type=hidden]), textarea, select, [contenteditable]");

export function enhance(part) {
  const status = document.getElementById("floor-said");
  let waiting = 0;
  let isBehind = false;

  async function renew() {
    waiting = 0;
    // What is being typed is not taken away; it is drawn anew when it was left.
    if (part.contains(document.activeElement) && isField(document.activeElement)) {
      isBehind = true;
      return;
    }
    isBehind = false;
    const answer = await fetch(location.href.split("#")[0], { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(part.id);
    if (!fresh || (part.contains(document.activeElement) && isField(document.activeElement))) return;
    const open = [...part.querySelectorAll("details[open][id]")].map((one) => one.id);
    const held = mark(document.activeElement);
    const typed = kept();
    part.replaceChildren(...fresh.childNodes);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    for (const [id, value] of typed) if (document.getElementById(id)) document.getElementById(id).value = value;
    if (held) part.querySelector(held)?.focus();
    if (status && fresh.dataset.said !== part.dataset.said) status.textContent = fresh.dataset.said ?? "";
    part.dataset.said = fresh.dataset.said ?? "";
    part.dataset.digest = fresh.dataset.digest ?? "";
    switched();
    tick();
  }

  // What was typed into fields that are not sent yet, by their ids.
  function kept() {
    return [...part.querySelectorAll("input.in[id], textarea[id]")]
      .filter((field) => field.value !== field.defaultValue)
      .map((field) => [field.id, field.value]);
  }

  // How to find again what has the focus.
  function mark(node) {
    if (!node || !part.contains(node)) return "";
    if (node.id) return `#${CSS.escape(node.id)}`;
    const form = node.closest("form");
    const action = node.getAttribute("formaction");
    if (action) return `button[formaction="${CSS.escape(action)}"]`;
    return form ? `form[action="${CSS.escape(form.getAttribute("action"))}"] button` : "";
  }

  // Not all at once: two thousand hear of a change in the same moment. The house says over how long they may spread.
  function soon(most) {
    if (waiting) return;
    waiting = setTimeout(renew, part.dataset.atOnce ? 0 : Math.random() * most);
  }

  const stream = new EventSource(part.dataset.floor);
  stream.addEventListener("floor.changed", (event) => {
    const told = JSON.parse(event.data);
    if (told.digest !== part.dataset.digest) soon(told.within_ms);
  });
  part.addEventListener("focusout", () => setTimeout(() => isBehind && renew(), 0));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") soon(300);
  });
  addEventListener("pagehide", () => stream.close());

  function tick() {
    for (const clock of part.querySelectorAll("[data-until], [data-since]")) {
      clock.skew ??= Date.parse(clock.dataset.at) - Date.now();
      const now = Date.now() + clock.skew;
      const { until, since } = clock.dataset;
      const seconds = until ? Math.ceil((Date.parse(until) - now) / 1000) : Math.floor((now - Date.parse(since)) / 1000);
      const shown = Math.abs(seconds);
      const text = `${seconds < 0 ? "−" : ""}${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
      if (clock.textContent !== text) clock.textContent = text;
      clock.classList.toggle("over", seconds < 0);
    }
  }
  setInterval(tick, 250);
  tick();

  // Keys (WCAG 2.1.4): only where the page has them, not while something is typed, and they can be turned off.
  function isOn() {
    try {
      return localStorage.getItem(SWITCH) !== "off";
    } catch {
      return true;
    }
  }

  function switched() {
    const on = isOn();
    for (const button of part.querySelectorAll("[data-keys-switch]")) {
      button.hidden = false;
      button.textContent = on ? button.dataset.on : button.dataset.off;
    }
    for (const shown of part.querySelectorAll("kbd, [data-keys-hint]")) shown.hidden = !on;
    for (const button of part.querySelectorAll("[data-key]")) {
      if (on) button.setAttribute("aria-keyshortcuts", button.dataset.key === " " ? "Space" : button.dataset.key.toUpperCase());
      else button.removeAttribute("aria-keyshortcuts");
    }
  }

  part.addEventListener("click", (event) => {
    if (!event.target.closest("[data-keys-switch]")) return;
    try {
      localStorage.setItem(SWITCH, isOn() ? "off" : "on");
    } catch {
      // Where nothing may be kept the keys stay as they are.
    }
    switched();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
    const at = document.activeElement;
    // The space bar presses the button that has the focus, as everywhere.
    if (isField(at) || (event.key === " " && at?.matches("a, button, summary"))) return;
    const button = [...part.querySelectorAll("button[data-key]")].find((one) => one.dataset.key === event.key.toLowerCase());
    if (!button || !isOn() || !part.querySelector("[data-keys-switch]")) return;
    event.preventDefault();
    button.click();
  });
  switched();
}
