// Brings comfort where a page asks for it by a data attribute. Every page works without.
// The element with id "start" says where each module lives: data-filter="/static/filter.….js".

const at = document.getElementById("start").dataset;
const asked = {
  filter: "form[data-filter]",
  ahead: "input[data-ahead]",
  guard: "form[data-guard]",
  copy: "button[data-copy]",
  zone: "[data-zone-from]",
  board: "div[data-board]",
  live: "div[data-live]",
  floor: "[data-floor]:not(script)",
};

for (const [name, selector] of Object.entries(asked)) {
  const found = document.querySelectorAll(selector);
  if (found.length > 0 && at[name]) {
    import(at[name]).then((module) => found.forEach(module.enhance));
  }
}

// What was read is kept for when there is no network; what, and for whom, the worker knows.
if (document.querySelector("link[rel=manifest]") && navigator.serviceWorker) {
  navigator.serviceWorker.register("/service-worker.js").catch(() => {});
  // The worker saw this page on its way, unless there was none yet.
  if (!navigator.serviceWorker.controller) {
    navigator.serviceWorker.ready.then((worker) => worker.active.postMessage(location.pathname));
  }
}

// After a form came back with faults, the reader (and the screen reader) starts at their summary.
document.getElementById("errors")?.focus();
