// Keeps a part of a page as it is by now: <div id="live" data-live="/api/v1/editions/…/events?after=…">.
// What changed is heard of through an event stream; what time alone changes is asked for every minute. The page itself is
// asked for again, and this part of it put in place, so that there is one way to draw it.

const MINUTE = 60_000;

export function enhance(part) {
  const status = document.getElementById("live-said");
  let waiting = 0;

  async function renew(hasChanged) {
    waiting = 0;
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(part.id);
    if (!fresh || fresh.innerHTML === part.innerHTML) return;
    const focused = part.contains(document.activeElement) && document.activeElement.getAttribute("href");
    part.replaceChildren(...fresh.childNodes);
    if (focused) part.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
    if (hasChanged && status) status.textContent = part.dataset.liveSaid ?? "";
  }

  // Not all at once: a thousand readers hear of a change in the same second.
  function soon(most, hasChanged) {
    if (waiting) return;
    waiting = setTimeout(() => renew(hasChanged), Math.random() * most);
  }

  const stream = new EventSource(part.dataset.live);
  stream.addEventListener("programme.changed", () => soon(3000, true));
  stream.addEventListener("programme.anew", () => soon(3000, true));
  setInterval(() => soon(5000, false), MINUTE);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") soon(300, false);
  });
  addEventListener("pagehide", () => stream.close());
}
