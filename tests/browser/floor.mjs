// The floor of the World Assembly: a delegate asks in one browser, the chair sees it at once and calls by the keyboard alone,
// the screen in the hall shows the name; keys that can be turned off; all of it without script as well.

import { check, checkNone, test } from "./harness.mjs";
import { axe, bareKeys, open, PHONE, picture, sideways, visitor } from "./pages.mjs";
import { dataFolder, serve } from "./program.mjs";

const EDITION = "durban-2019";
const WORLD = `/en/${EDITION}/world-assembly`;
const CHAIR = `${WORLD}/chair`;
const DELEGATES = ["council", "committee", "partner"];
/** How long a change may take from one browser to another, on a busy machine. */
const SOON = 15_000;

export async function floorTests(browser, program) {
  let site;
  let chair;
  let screen;
  const delegates = {};
  const idle = () => chair.locator("#floor .big", { hasText: "Nobody has the floor." });
  const started = await test("floor: the World Assembly is opened, and a floor in it", async () => {
    site = await serve(program, ["demo", "--data", dataFolder()]);
    chair = await be(browser, site.origin, "chair");
    await endorse(await be(browser, site.origin, "organiser"), browser, site.origin, delegates);
    await open(chair, CHAIR);
    await chair.getByRole("button", { name: "Open the World Assembly" }).click();
    await chair.locator("#floor input[name='title[en]']").fill("Who speaks for cities");
    await chair.getByRole("button", { name: "Open the floor" }).click();
    await chair.getByRole("heading", { name: "Who speaks for cities" }).waitFor();
    screen = await visitor(browser, site.origin);
    await open(screen, `${WORLD}/screen`);
    await screen.getByText("Nobody has the floor.").waitFor();
  });
  if (!started) return;

  await test("floor: a delegate asks in one browser and the chair sees it at once", async () => {
    for (const name of DELEGATES) {
      const page = delegates[name];
      await open(page, `${WORLD}/floor`);
      await page.getByRole("button", { name: "Ask for the floor" }).click();
      await page.getByText(/^Statement: number \d in line\.$/).first().waitFor();
    }
    await chair.waitForFunction(() => document.querySelectorAll("ol.floor > li").length === 3, null, { timeout: SOON });
    const said = await chair.locator("#floor-said").textContent();
    check(/Waiting: 3/.test(said), `the chair's page says ${said}`);
  });

  await test("floor: the chair calls three speakers by the keyboard alone, three keys each", async () => {
    let pressed = 0;
    const press = async (key) => {
      pressed += 1;
      const done = chair.waitForEvent("load");
      await chair.keyboard.press(key);
      await done;
      await chair.locator("#floor button").first().waitFor();
    };
    for (let turn = 1; turn <= 3; turn += 1) {
      const first = await chair.locator("ol.floor > li strong").first().textContent();
      await press("n");
      await chair.locator("#floor .big", { hasText: first }).waitFor();
      await screen.locator(".speaker", { hasText: first }).waitFor({ timeout: SOON });
      await press(" ");
      await chair.locator("#floor [data-until]").waitFor({ state: "attached" });
      await press("d");
      await idle().waitFor();
    }
    check(pressed <= 9, `${pressed} keys for three speakers`);
    await screen.getByText("Nobody has the floor.").waitFor({ timeout: SOON });
  });

  await test("floor: keys do nothing while something is typed, and can be turned off", async () => {
    await open(delegates.council, `${WORLD}/floor`);
    await delegates.council.getByRole("button", { name: "Ask for the floor" }).click();
    await chair.waitForFunction(() => document.querySelectorAll("ol.floor > li").length === 1, null, { timeout: SOON });
    await chair.locator("ol.floor details summary").click();
    await chair.locator("ol.floor input[name=reason]").pressSequentially("n d n");
    check((await idle().count()) === 1, "typed letters call nobody");
    await chair.getByRole("button", { name: /Keys are on/ }).click();
    await chair.locator("h1").click();
    await chair.keyboard.press("n");
    await chair.waitForTimeout(500);
    check((await idle().count()) === 1, "keys that are off call nobody");
    await chair.getByRole("button", { name: /Keys are off/ }).click();
    await Promise.all([chair.waitForEvent("load"), chair.keyboard.press("n")]);
    check((await idle().count()) === 0, "keys that are on again call");
    await delegates.council.getByText("You have the floor.").first().waitFor({ timeout: SOON });
  });

  await test("floor: a point of order comes next, is ruled on, and the floor goes back", async () => {
    const objector = delegates.partner;
    await open(objector, `${WORLD}/floor`);
    await objector.getByRole("button", { name: "Raise a point of order" }).click();
    await chair.locator("ol.floor > li", { hasText: "A point of order comes first" }).waitFor({ timeout: SOON });
    await Promise.all([chair.waitForEvent("load"), chair.keyboard.press("n")]);
    await chair.getByRole("heading", { name: "A point of order has the floor" }).waitFor();
    await chair.getByLabel("In the chair’s words").fill("The item is in order.");
    await chair.getByRole("button", { name: "Not well taken", exact: true }).click();
    await chair.getByText("The item is in order.").waitFor();
    await objector.getByText("The item is in order.").waitFor({ timeout: SOON });
    await objector.getByRole("button", { name: "Appeal the ruling" }).click();
    await chair.getByRole("button", { name: "Record the vote" }).waitFor({ timeout: SOON });
  });

  await test("floor: nothing axe finds, in three languages, on a phone and without script", async () => {
    const wrong = [];
    for (const language of ["en", "fr", "es"]) {
      for (const [page, path] of [[chair, "/chair"], [delegates.council, "/floor"], [screen, "/screen"]]) {
        await open(page, `/${language}/${EDITION}/world-assembly${path}`);
        wrong.push(...(await axe(page)), ...(await bareKeys(page)));
      }
    }
    await delegates.council.setViewportSize(PHONE);
    await open(delegates.council, `${WORLD}/floor`);
    wrong.push(...(await sideways(delegates.council)));
    await picture(delegates.council, "floor-phone");
    await picture(chair, "floor-chair");
    await picture(screen, "floor-screen");
    const plain = await visitor(browser, site.origin, { javaScriptEnabled: false });
    await plain.goto("/en/demo");
    await plain.locator("button[name=persona][value=chair]").click();
    await plain.goto(CHAIR);
    check((await plain.getByRole("button", { name: "One more minute" }).count()) === 1, "its buttons are there without script");
    check((await plain.locator("kbd:visible").count()) === 0, "and name no key");
    await plain.context().close();
    for (const page of [chair, screen, ...Object.values(delegates)]) wrong.push(...page.complaints.splice(0));
    checkNone(wrong, "the floor's pages");
  });
}

async function be(browser, origin, persona) {
  const page = await visitor(browser, origin);
  await open(page, "/en/demo");
  await page.locator(`button[name=persona][value=${persona}]`).click();
  await page.waitForURL((url) => url.pathname !== "/en/demo");
  return page;
}

/** A network stands for each delegate. */
async function endorse(desk, browser, origin, delegates) {
  const sessions = await api(desk, "GET", `/editions/${EDITION}/sessions?limit=200`);
  const world = sessions.items.find((own) => own.code === "WA-01").id;
  const [{ network }] = (await api(desk, "GET", `/world-assemblies/${world}/consents`)).items;
  for (const name of DELEGATES) {
    delegates[name] = await be(browser, origin, name);
    const asked = await api(delegates[name], "POST", `/editions/${EDITION}/me/endorsement`, { network });
    await api(desk, "POST", `/endorsements/${asked.id}/answer`, { endorsed: true }, `"v${asked.version}"`);
  }
}

async function api(page, method, path, body, seen) {
  const answer = await page.evaluate(async ([method, path, body, seen]) => {
    const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
    if (seen) headers["if-match"] = seen;
    const answer = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  }, [method, path, body, seen]);
  check(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}
