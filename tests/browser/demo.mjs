// The demonstration: every page in three languages, as a visitor, a participant and an organiser; without script; and,
// when asked for, pictures.

import { check, checkNone, test } from "./harness.mjs";
import { axe, bareKeys, DESKTOP, onAPhone, open, PHONE, picture, route, sideways, visitor, walk } from "./pages.mjs";
import { dataFolder, serve } from "./program.mjs";
import { inLanguage, isDesk, isPage, sweep } from "./sweep.mjs";

const MEMBER = "council";
const INDIVIDUAL = "individual";
const ORGANISER = "organiser";

export async function demoTests(browser, program) {
  let site;
  const started = await test("demo: it starts on an empty folder", async () => {
    site = await serve(program, ["demo", "--data", dataFolder()]);
  });
  if (!started) return;
  const as = (persona, options) => enter(browser, site.origin, persona, options);

  const parts = [
    ["a visitor", null, "/en", isPage],
    ["a participant", INDIVIDUAL, "/en", (path) => isPage(path) && !isDesk(path)],
    ["an organiser", ORGANISER, "/en/desk", isDesk],
  ];
  for (const [who, persona, start, belongs] of parts) {
    const page = await as(persona);
    await sweep("demo", who, page, start, belongs);
    await page.context().close();
  }

  await test("demo: the reference of the API in three languages: axe, words, console, a phone", async () => {
    const page = await as(null);
    const wrong = [];
    await open(page, "/en");
    await page.locator("footer a[href='/api/docs/en']").click();
    for (const [language, name] of Object.entries({ en: "English", fr: "Français", es: "Español" })) {
      await page.getByRole("link", { name, exact: true }).click();
      await page.locator(`html[lang=${language}]`).waitFor();
      wrong.push(...(await bareKeys(page)));
      await onAPhone(page, async () => wrong.push(...(await sideways(page))));
      // One template writes every operation: axe looks at each twelfth of some three hundred.
      await page.evaluate(() => document.querySelectorAll("article").forEach((one, index) => index % 12 && one.remove()));
      wrong.push(...(await axe(page)));
    }
    checkNone([...wrong, ...page.complaints.splice(0)], "the reference of the API");
    await page.context().close();
    const french = await as(null, { locale: "fr-FR" });
    check((await open(french, "/api/docs")) === 200, "it does not open");
    check((await french.getAttribute("html", "lang")) === "fr", "a French browser is not answered in French");
    await french.context().close();
  });
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
  await test("demo: an organiser fills the fifth format, and a new one of its kind can be chosen", async () => {
    const page = await as(ORGANISER);
    await open(page, "/en/desk/durban-2019/tracks");
    await page.getByRole("link", { name: "Fifth format" }).click();
    await page.locator("[name='title[en]']").fill("Walks");
    await page.locator("[name='terms[minutes_min]']").fill("200");
    await page.locator("[name='terms[minutes_usual]']").fill("60");
    await page.locator("[name='terms[kinds][0][title][en]']").fill("Along the river");
    await page.locator("[name='terms[kinds][0][code]']").fill("river");
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator("[aria-invalid=true]").first().waitFor();
    check((await page.locator("[name='title[en]']").inputValue()) === "Walks", "what was typed is gone");
    await page.locator("[name='terms[minutes_min]']").fill("45");
    await page.getByRole("button", { name: "Save" }).click();
    const row = page.locator("tr", { hasText: "Walks" });
    await row.getByText("In use").waitFor();
    await open(page, "/en/desk/durban-2019/sessions/new");
    check((await page.locator("select[name=format] option", { hasText: "Walks" }).count()) === 1, "it cannot be chosen");
    await page.context().close();
  });
  await test("demo: an organiser plans a meeting, writes its agenda and puts a paper on the table", async () => {
    const page = await as(ORGANISER);
    await open(page, "/en/desk/durban-2019/meetings");
    await page.locator("select[name=body]").selectOption({ label: "Executive Bureau" });
    await page.locator("[name='title[en]']").fill("Executive Bureau, second sitting");
    await page.locator("[name=length_minutes]").fill("60");
    await page.getByRole("button", { name: "Plan a meeting" }).click();
    await page.getByRole("heading", { level: 1, name: "Executive Bureau, second sitting" }).waitFor();
    const items = page.locator("form[action$='/agenda']");
    await items.locator("[name='title[en]']").fill("Budget of the year");
    await items.getByLabel("For adoption").check();
    await items.getByRole("button", { name: "Add an item" }).click();
    await page.locator("tr", { hasText: "Budget of the year" }).waitFor();
    const papers = page.locator("form[action$='/papers']");
    await papers.locator("select[name=language]").selectOption("en");
    await papers.getByRole("button", { name: "Add a paper" }).click();
    await page.locator("form[action$='/papers'] [aria-invalid=true]").first().waitFor();
    await papers.locator("select[name=item]").selectOption({ label: "1 Budget of the year" });
    await papers.locator("select[name=language]").selectOption("en");
    await papers.locator("input[type=file]").setInputFiles({
      name: "budget.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("Income and expenditure of the year.\n"),
    });
    await papers.getByRole("button", { name: "Add a paper" }).click();
    await page.locator("tr", { hasText: "Budget of the year" }).getByRole("link").waitFor();
    await page.getByRole("button", { name: "Send the agenda out" }).click();
    await page.getByText("The agenda went out on").waitFor();
    await page.getByRole("link", { name: "See it as members do" }).click();
    await page.getByText("EN, 1 KiB").waitFor();
    await page.context().close();
  });
}

/** Pictures for people to look at, and nothing that may fail but the pages themselves: made when asked for. */
export async function demoPictures(browser, program) {
  await test("pictures: on a phone, a desktop, in the dark and in French", async () => {
    const site = await serve(program, ["demo", "--data", dataFolder()]);
    await pictures((persona, options) => enter(browser, site.origin, persona, options));
  });
}

/** Somebody at the demonstration: through its front door, by one click; nobody for a visitor. */
async function enter(browser, origin, persona, options = {}) {
  const page = await visitor(browser, origin, options);
  if (persona === null) return page;
  await open(page, "/en/demo");
  await page.locator(`button[name=persona][value=${persona}]`).click();
  await page.waitForURL((url) => url.pathname !== "/en/demo");
  return page;
}

/** Opens the first session of the programme that offers this button. */
async function firstSessionWith(page, button) {
  await page.getByRole("link", { name: "Programme", exact: true }).first().click();
  const links = page.locator("main a[href*='/sessions/']");
  const addresses = new Set(await links.evaluateAll((all) => all.map((link) => new URL(link.href).pathname)));
  for (const path of [...addresses].filter((path) => !/\.[a-z]+$/.test(path))) {
    // Asked for, not drawn: most of them do not offer it.
    const text = await (await page.request.get(path)).text();
    if (!text.includes(button)) continue;
    await open(page, path);
    if ((await page.getByRole("button", { name: button, exact: true }).count()) > 0) return;
  }
  throw new Error(`none of ${addresses.size} sessions offers « ${button} »`);
}

/** The pages worth a look, each as it is on a phone, a desktop, in the dark, and in French. */
async function pictures(as) {
  const looks = [
    ["phone", { viewport: PHONE }, "en"],
    ["desktop", { viewport: DESKTOP }, "en"],
    ["dark", { viewport: DESKTOP, colorScheme: "dark" }, "en"],
    ["french", { viewport: DESKTOP, locale: "fr-FR" }, "fr"],
  ];
  const shown = [
    [INDIVIDUAL, "/en", (path) => isPage(path) && /^\/en\/[^/]+(\/(programme|my-congress|register|tracks|sessions\/[^/]+))?$/.test(path)],
    [ORGANISER, "/en/desk", isDesk],
  ];
  for (const [persona, start, worth] of shown) {
    const walker = await as(persona);
    const paths = (await walk(walker, start, worth, async () => {})).slice(0, 12);
    await walker.context().close();
    for (const [look, options, language] of looks) {
      const page = await as(persona, options);
      for (const path of paths) {
        await open(page, inLanguage(path, language));
        const name = route(path).replace(/^\/en\//, "").replace(/[^a-z0-9-]+/g, "-").replace(/-+$/, "") || "home";
        await picture(page, `${look}-${name}`);
      }
      await page.context().close();
    }
  }
}
