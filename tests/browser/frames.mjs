// How many frames a browser draws while a session is dragged across the board: counted by the page itself
// (requestAnimationFrame) and by a trace of the browser. Nothing is asserted: figures depend on the machine.
//
// By itself, for `cargo xtask bench board`: node frames.mjs ORIGIN COOKIE PATH, one line of JSON at the end.

const DRAG_MS = 3000;
const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline.frame"];

/** Moves the mouse over the board in a circle, with a session held or with nothing; answers what was drawn. */
export async function frames(browser, page, id) {
  const item = page.locator(`[data-session="${id}"]`);
  await item.scrollIntoViewIfNeeded();
  const from = await item.boundingBox();
  const board = await page.locator("[data-part=grid]").boundingBox();
  const { width, height } = page.viewportSize();
  const [left, top] = [Math.max(board.x + 200, 0), Math.max(board.y + 120, 80)];
  const [right, bottom] = [Math.min(board.x + board.width, width) - 80, Math.min(board.y + board.height, height) - 80];
  const at = (turn) => [(left + right) / 2 + ((right - left) / 2) * Math.cos(turn), (top + bottom) / 2 + ((bottom - top) / 2) * Math.sin(turn)];

  async function turned(holds) {
    await page.mouse.move(from.x + 30, from.y + 8);
    if (holds) {
      await page.mouse.down();
      await page.mouse.move(from.x + 45, from.y + 16, { steps: 2 });
    }
    await page.evaluate(() => {
      const seen = (globalThis.seen = { times: [], on: true });
      const count = (now) => { seen.times.push(now); if (seen.on) requestAnimationFrame(count); };
      requestAnimationFrame(count);
    });
    const begun = Date.now();
    while (Date.now() - begun < DRAG_MS) await page.mouse.move(...at(((Date.now() - begun) / DRAG_MS) * 4 * Math.PI));
    const times = await page.evaluate(() => { globalThis.seen.on = false; return globalThis.seen.times; });
    if (holds) {
      await page.keyboard.press("Escape");
      await page.mouse.up();
    }
    const gaps = times.slice(1).map((time, before) => time - times[before]);
    return { rate: (1000 * gaps.length) / (times.at(-1) - times[0]), longest: Math.max(...gaps) };
  }

  const moving = await turned(false);
  await browser.startTracing(page, { categories: CATEGORIES });
  const dragging = await turned(true);
  const trace = JSON.parse((await browser.stopTracing()).toString());
  const drawn = trace.traceEvents.filter((event) => event.name === "DrawFrame").length;
  return {
    dragging: Math.round(dragging.rate * 10) / 10,
    moving: Math.round(moving.rate * 10) / 10,
    longest_ms: Math.round(dragging.longest),
    drawn_in_trace: drawn,
    seconds: DRAG_MS / 1000,
  };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { launch, visitor, open } = await import("./pages.mjs");
  const [origin, cookie, path] = process.argv.slice(2);
  const browser = await launch(process.env.CHROMIUM || "/usr/bin/chromium");
  try {
    const page = await visitor(browser, origin, { viewport: { width: 1600, height: 1000 } });
    await page.context().addCookies([{ name: "hemicycle", value: cookie, url: origin }]);
    await open(page, path);
    await page.locator("[data-do=undo]").waitFor();
    const id = await page.locator(".slots [data-session]").first().getAttribute("data-session");
    console.log(JSON.stringify(await frames(browser, page, id)));
  } finally {
    await browser.close();
  }
}
