// Every page of the demonstration in three languages, as a visitor, a participant and an organiser; without script; on
// a phone; in the dark.

import { check, checkNone, test } from "./harness.mjs";
import { axe, bareKeys, DESKTOP, open, PHONE, picture, route, sideways, visitor, walk } from "./pages.mjs";
import { dataFolder, serve } from "./program.mjs";

const LANGUAGES = ["en", "fr", "es"];
const MEMBER = "council";
const INDIVIDUAL = "individual";
const ORGANISER = "organiser";

/** Addresses of pages; files to take away end in a dot and letters. */
const isPage = (path) => path.startsWith("/en") && !/\.[a-z]+$/.test(path);
const isDesk = (path) => isPage(path) && path.startsWith("/en/desk");
const inLanguage = (path, language) => path.replace(/^\/en(?=\/|$)/, `/${language}`);

export async function demoTests(browser, program) {
  let site;
  const started = await test("demo: it starts on an empty folder", async () => {
    site = await serve(program, ["demo", "--data", dataFolder()]);
  });
  if (!started) return;
  const as = (persona, options) => enter(browser, site.origin, persona, options);
  const found = { visitor: [], participant: [], organiser: [] };

  const parts = [
    ["visitor", null, "/en", isPage],
    ["participant", INDIVIDUAL, "/en", (path) => isPage(path) && !isDesk(path)],
    ["organiser", ORGANISER, "/en/desk", isDesk],
  ];
  for (const [who, persona, start, belongs] of parts) {
    const page = await as(persona);
    await test(`demo: every page a ${who} is led to in English, axe, words and console`, async () => {
      const wrong = [];
      found[who] = await walk(page, start, belongs, async (path, status) => wrong.push(...(await faults(page, path, status))));
      console.log(`        ${found[who].length} pages: ${found[who].map(route).join(" ")}`);
      checkNone([...wrong, ...page.complaints.splice(0)], `pages of a ${who}`);
    });
    for (const language of LANGUAGES.slice(1)) {
      await test(`demo: the same pages of a ${who} in ${language}`, async () => {
        const wrong = [];
        for (const path of found[who].map((path) => inLanguage(path, language))) {
          wrong.push(...(await faults(page, path, await open(page, path))));
          const said = await page.getAttribute("html", "lang");
          if (said !== language) wrong.push(`${path}: says it is in ${said}`);
        }
        checkNone([...wrong, ...page.complaints.splice(0)], `pages of a ${who} in ${language}`);
      });
    }
    await test(`demo: no page of a ${who} scrolls sideways on a phone`, async () => {
      const wrong = [];
      await page.setViewportSize(PHONE);
      for (const path of found[who]) {
        await open(page, path);
        wrong.push(...(await sideways(page)));
      }
      checkNone(wrong, `pages of a ${who} at 360 pixels`);
    });
    await page.context().close();
  }

  await test("demo: without script one enters, adds to the agenda and takes it off", async () => {
    const page = await as(INDIVIDUAL, { javaScriptEnabled: false });
    await firstSessionWith(page, "Add to my agenda");
    await page.getByRole("button", { name: "Add to my agenda", exact: true }).click();
    await page.getByRole("button", { name: "Take off my agenda", exact: true }).click();
    await page.getByRole("button", { name: "Add to my agenda", exact: true }).waitFor();
    await page.context().close();
  });
  await test("demo: without script a member reserves a seat and gives it back", async () => {
    const page = await as(MEMBER, { javaScriptEnabled: false });
    await firstSessionWith(page, "Reserve a seat");
    await page.getByRole("button", { name: "Reserve a seat", exact: true }).click();
    await page.getByText("You have a seat.").waitFor();
    await page.getByRole("button", { name: "Give my seat back", exact: true }).click();
    await page.getByRole("button", { name: "Reserve a seat", exact: true }).waitFor();
    await page.context().close();
  });
  await test("demo: pictures on a phone, a desktop, in the dark and in French", async () => {
    await pictures(as, found);
  });
}

/** Somebody at the demonstration: through its front door, by one click; nobody for a visitor. */
async function enter(browser, origin, persona, options = {}) {
  const page = await visitor(browser, origin, options);
  if (persona === null) return page;
  await open(page, "/en/demo");
  await page.locator(`button[name=persona][value=${persona}]`).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  return page;
}

async function faults(page, path, status) {
  if (status !== 200) return [`${path}: ${status}`];
  return [...(await axe(page)), ...(await bareKeys(page))];
}

/** Opens sessions of the programme until one offers this button. */
async function firstSessionWith(page, button) {
  await page.getByRole("link", { name: "Programme", exact: true }).first().click();
  const links = page.locator("main a[href*='/sessions/']");
  const addresses = new Set(await links.evaluateAll((all) => all.map((link) => new URL(link.href).pathname)));
  for (const path of [...addresses].filter((path) => !/\.[a-z]+$/.test(path))) {
    await open(page, path);
    if ((await page.getByRole("button", { name: button, exact: true }).count()) > 0) return;
  }
  throw new Error(`none of ${addresses.size} sessions offers « ${button} »`);
}

/** The pages worth a look, each as it is on a phone, a desktop, in the dark, and in French. */
async function pictures(as, found) {
  const looks = [
    ["phone", { viewport: PHONE }, "en"],
    ["desktop", { viewport: DESKTOP }, "en"],
    ["dark", { viewport: DESKTOP, colorScheme: "dark" }, "en"],
    ["french", { viewport: DESKTOP, locale: "fr-FR" }, "fr"],
  ];
  const shown = [
    ["participant", INDIVIDUAL, /^\/en\/[^/]+(\/(programme|my-congress|register|tracks|sessions\/[^/]+))?$/],
    ["organiser", ORGANISER, /^\/en\/desk/],
  ];
  for (const [who, persona, worth] of shown) {
    const paths = found[who].filter((path) => worth.test(path)).slice(0, 12);
    check(paths.length > 0, `no pages of a ${who} to show`);
    for (const [look, options, language] of looks) {
      const page = await as(persona, options);
      for (const path of paths) {
        await open(page, inLanguage(path, language));
        const name = route(path).replace(/^\/en\//, "").replace(/[^a-z0-9-]+/g, "-").replace(/-+$/, "") || "home";
        await picture(page, `${look}-${who}-${name}`);
      }
      await page.context().close();
    }
  }
}
