// Chromium, and what holds for every page: no error on its console, nothing its policy forbids, nothing axe finds,
// no word that was left as its key, no sideways scroll on a phone.

import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Where pictures are put; git ignores it. */
export const SCREENSHOTS = join(here, "screenshots");
export const PHONE = { width: 360, height: 800 };
export const DESKTOP = { width: 1280, height: 900 };

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function launch(executablePath) {
  rmSync(SCREENSHOTS, { recursive: true, force: true });
  mkdirSync(SCREENSHOTS, { recursive: true });
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

/** A browser of its own, as of somebody else, with one page; `page.complaints` gathers what goes wrong on it. */
export async function visitor(browser, origin, options = {}) {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: DESKTOP,
    locale: "en-GB",
    timezoneId: "Africa/Johannesburg",
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.complaints = [];
  const at = () => page.url().replace(origin, "");
  page.on("console", (message) => {
    // What the content security policy forbids is told here too. That a page itself answers 4xx is no error: a form
    // that comes back does, and walks look at the status.
    const isOwnStatus = /status of 4\d\d/.test(message.text()) && message.location().url === page.url();
    if (message.type() === "error" && !isOwnStatus) page.complaints.push(`${at()}: console: ${message.text()}`);
  });
  page.on("pageerror", (error) => page.complaints.push(`${at()}: script: ${error.message}`));
  page.on("response", (answer) => {
    if (answer.status() >= 500) page.complaints.push(`${answer.url()}: ${answer.status()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob|about):/.test(url)) page.complaints.push(`${at()}: asks ${url}`);
  });
  return page;
}

/** Opens an address and answers its status. */
export async function open(page, path) {
  const answer = await page.goto(path, { waitUntil: "load" });
  return answer?.status() ?? 0;
}

/** What axe finds on the page as it is. */
export async function axe(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const path = new URL(page.url()).pathname;
  return violations.flatMap((rule) =>
    rule.nodes.slice(0, 3).map((node) => `${path}: ${rule.id}: ${node.target.join(" ")}: ${node.html.slice(0, 160)}`),
  );
}

/** Words that were left as their keys, such as `desk-nav-home`, and sentences Fluent could not complete. */
export async function bareKeys(page) {
  const texts = await page.evaluate(() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const within = walker.currentNode.parentElement;
      if (within && !within.closest("script, style, textarea, pre, code, [data-verbatim]")) found.push(walker.currentNode.data.trim());
    }
    for (const element of document.querySelectorAll("[aria-label], [title]")) {
      found.push(element.getAttribute("aria-label") ?? "", element.getAttribute("title") ?? "");
    }
    return found;
  });
  const path = new URL(page.url()).pathname;
  const key = /^[a-z][a-z0-9_]*(-[a-z0-9_]+)+$/;
  const placeholder = /\{ ?\$[a-z_]+ ?\}/;
  // An edition is called by its name in addresses in some tables.
  const allowed = /^(durban|town)-|-\d{4}$|^(e-mail|celui-ci)$/;
  const bare = texts.filter((text) => (key.test(text) && !allowed.test(text)) || placeholder.test(text));
  return [...new Set(bare)].map((text) => `${path}: bare key ${text}`);
}

/** Whether the page is wider than the window, and what makes it so. */
export async function sideways(page) {
  const path = new URL(page.url()).pathname;
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return null;
    const beyond = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > room + 1);
    const named = (element) => `${element.tagName.toLowerCase()}.${element.className}`;
    return `${document.documentElement.scrollWidth} > ${room}: ${beyond.slice(0, 3).map(named).join(", ")}`;
  });
  return wide ? [`${path}: wider than the phone, ${wide}`] : [];
}

/** Looks at the page as it is on a phone, without asking for it again. */
export async function onAPhone(page, look) {
  await page.setViewportSize(PHONE);
  try {
    await look();
  } finally {
    await page.setViewportSize(DESKTOP);
  }
}

/** A picture of the page. */
export async function picture(page, name) {
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The route an address belongs to: one example of each is looked at. */
export function route(path) {
  return path
    .replace(UUID, "{id}")
    .replace(/(?<=\/rules)(\/[a-z0-9_]+){3}$/, "/{scope}/{of}/{act}")
    .replace(/(?<=\/(papers|outcomes|agendas|town-hall|from)\/)[A-Za-z0-9]+([-_][A-Za-z0-9]+)+/, "{code}");
}

/**
 * Follows the links of pages from here on, one example per route, as far as `belongs` lets it; answers the addresses
 * that were opened. `each` sees every page once it is open.
 */
export async function walk(page, start, belongs, each) {
  const seen = new Set();
  const waiting = [start];
  const opened = [];
  while (waiting.length > 0) {
    const path = waiting.shift();
    if (seen.has(route(path))) continue;
    seen.add(route(path));
    const status = await open(page, path);
    opened.push(path);
    await each(path, status);
    const links = await page.evaluate(() =>
      [...document.querySelectorAll("a[href]:not([download])")].map((link) => new URL(link.href)).map((url) => [url.origin, url.pathname]),
    );
    const origin = new URL(page.url()).origin;
    waiting.push(...links.filter(([own, to]) => own === origin && belongs(to)).map(([, to]) => to));
  }
  return opened;
}
