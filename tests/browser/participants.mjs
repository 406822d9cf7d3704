// The congress while it goes on: now and next, screens and the widget on a phone and to axe; and without a network, when
// the programme is still read, and nobody reads another's agenda.

import { check, checkNone, test } from "./harness.mjs";
import { axe, bareKeys, open, PHONE, picture, sideways, visitor } from "./pages.mjs";
import { dataFolder, serve } from "./program.mjs";

const EDITION = "durban-2019";
const OWN = "agenda of ";

export async function participantTests(browser, program) {
  let site;
  const started = await test("participants: the demonstration starts", async () => {
    site = await serve(program, ["demo", "--data", dataFolder()]);
  });
  if (!started) return;

  await test("participants: now, screens, agenda and widget in three languages: axe, words, console, a phone", async () => {
    const page = await visitor(browser, site.origin);
    await become(page, "individual");
    const wrong = [];
    const paths = ["now", "now?mine=true", "agenda", "screens", "screens/lobby", "widget"];
    for (const language of ["en", "fr", "es"]) {
      for (const path of paths) {
        check((await open(page, `/${language}/${EDITION}/${path}`)) === 200, `${path} does not open`);
        wrong.push(...(await axe(page)), ...(await bareKeys(page)));
        await page.setViewportSize(PHONE);
        wrong.push(...(await sideways(page)));
        if (language === "fr") await picture(page, `phone-${path.replace(/\W/g, "-")}`);
        await page.setViewportSize({ width: 1920, height: 1080 });
        if (language === "en") await picture(page, `wide-${path.replace(/\W/g, "-")}`);
      }
    }
    checkNone([...wrong, ...page.complaints.splice(0)], "what participants see");
    await page.context().close();
  });

  await test("participants: without a network the programme is read, and nobody reads another's agenda", async () => {
    const page = await visitor(browser, site.origin);
    await become(page, "individual");
    await open(page, `/en/${EDITION}/programme`);
    await open(page, `/en/${EDITION}/agenda`);
    const first = await kept(page, (own) => own.length === 1);
    await page.getByRole("button", { name: "Sign out" }).click();
    await kept(page, (own) => own.length === 0);

    await become(page, "individual");
    await open(page, `/en/${EDITION}/agenda`);
    check((await kept(page, (own) => own.length === 1))[0] === first[0], "the same reader has another mark");
    await become(page, "organiser");
    await open(page, `/en/${EDITION}/agenda`);
    const second = await kept(page, (own) => own.length === 1 && own[0] !== first[0]);
    check(second[0].length === first[0].length, "marks differ in length");
    await page.getByRole("button", { name: "Sign out" }).click();
    await kept(page, (own) => own.length === 0);

    const gone = new Promise((done) => site.child.once("exit", done));
    site.child.kill("SIGTERM");
    await gone;
    await open(page, `/en/${EDITION}/programme`);
    await page.getByRole("heading", { level: 1, name: "Programme" }).waitFor();
    const agenda = await page.goto(`/en/${EDITION}/agenda`).catch(() => null);
    check(agenda === null, "somebody's agenda is shown to nobody");
    await page.context().close();
  });
}

/** Enters the demonstration as one of its people. */
async function become(page, persona) {
  await open(page, "/en/demo");
  await page.locator(`button[name=persona][value=${persona}]`).click();
  await page.waitForURL((url) => url.pathname !== "/en/demo");
}

/** The kept agendas, once they are as they shall be. */
async function kept(page, isGood) {
  const until = Date.now() + 20_000;
  for (;;) {
    const names = await page.evaluate(async (own) => (await caches.keys()).filter((name) => name.startsWith(own)), OWN);
    if (isGood(names)) return names;
    check(Date.now() < until, `kept are ${JSON.stringify(names)}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}
