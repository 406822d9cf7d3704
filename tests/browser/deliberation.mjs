// In the demonstration, by pages only (requirements §3.4, story 2): a partner leads a theme of the Town Hall, opens its paper to
// comments and says what became of one that came from a telephone; a caucus reviews it; its session is closed with a
// recommendation, which stands in the inbox of the World Assembly, is adopted there, and is read by anybody with where it
// came from. What the World Assembly's chair does is the whole of that desk, one next act at a time.

import { check, checkNone, test } from "./harness.mjs";
import { axe, bareKeys, open, PHONE, picture, sideways, visitor } from "./pages.mjs";
import { dataFolder, serve } from "./program.mjs";

const AT = "durban-2019";
const THEME = "gender_equality";
const TITLE = "Half of the budget, half of the say";
const RECOMMENDATION = "Publish the budget as it is spent on women";
const ACTS_MOST = 200;

export async function deliberationTests(browser, program) {
  let site;
  const findings = [];
  const look = async (page) => findings.push(...(await axe(page)), ...(await bareKeys(page)), ...(await sideways(page)));
  const started = await test("deliberation: the demonstration starts", async () => {
    site = await serve(program, ["demo", "--data", dataFolder()]);
  });
  if (!started) return;
  const as = async (persona, options) => {
    const page = await visitor(browser, site.origin, options);
    await open(page, "/en/demo");
    await page.locator(`button[name=persona][value=${persona}]`).click();
    await page.waitForURL((url) => url.pathname !== "/en/demo");
    return page;
  };
  const leave = async (page) => {
    findings.push(...page.complaints);
    await page.context().close();
  };
  const lead = `/en/${AT}/town-hall/${THEME}/lead`;
  let paper;
  let code;

  const steps = [
    ["a partner is named to lead a theme, and writes a page of its space", async () => {
      const organiser = await as("organiser");
      await open(organiser, `/en/desk/${AT}/themes`);
      await organiser.getByRole("link", { name: /gender equality/i }).click();
      await organiser.getByLabel("Person").selectOption({ label: await optionOf(organiser, "Anjali") });
      await organiser.getByRole("button", { name: "Name to lead" }).click();
      await organiser.getByRole("link", { name: /Anjali/ }).waitFor();
      await leave(organiser);

      const partner = await as("partner", { javaScriptEnabled: false });
      check((await open(partner, `/en/${AT}/town-hall/right_to_the_city/lead`)) === 403, "another theme lets them in");
      await open(partner, `${lead}/pages/new`);
      await partner.locator("[name='title[en]']").fill("How to join us");
      await partner.locator("[name='blocks[0][heading][en]']").fill("Every Thursday");
      await partner.locator("[name='blocks[0][text][en]']").fill("Come and read the budget with us.");
      await partner.getByLabel("Everybody reads it").check();
      await partner.getByRole("button", { name: "Save" }).click();
      await partner.getByRole("link", { name: "How to join us" }).waitFor();
      await leave(partner);

      const anybody = await visitor(browser, site.origin, { viewport: PHONE });
      await open(anybody, `/en/${AT}/town-hall/${THEME}`);
      await look(anybody);
      await anybody.getByRole("link", { name: "How to join us" }).click();
      await anybody.getByRole("heading", { name: "Every Thursday" }).waitFor();
      await look(anybody);
      await picture(anybody, "phone-theme-page");
      await leave(anybody);
    }],

    ["the partner begins a paper and opens it to comments", async () => {
      const partner = await as("partner");
      await open(partner, lead);
      await look(partner);
      const begin = partner.locator(`form[action='${lead}/paper'], form:has(button[formaction='${lead}/paper'])`).last();
      await begin.locator("[name='title[en]']").fill(TITLE);
      await begin.getByRole("button").last().click();
      await partner.getByText(TITLE).first().waitFor();
      paper = await partner.getByRole("link", { name: "Read the paper" }).getAttribute("href");
      await open(partner, `${paper}/write`);
      await partner.locator("textarea[name=text]").fill(`# What we see\n\nBudgets are read by few.\n\n- Read them aloud.\n`);
      await partner.locator("form", { has: partner.locator("textarea[name=text]") }).getByRole("button").last().click();
      await partner.getByText("Budgets are read by few.").first().waitFor();

      await open(partner, lead);
      await partner.locator("[name=from_local]").fill("2019-11-14T09:00");
      await partner.locator("[name=until_local]").fill("2019-11-16T18:00");
      await partner.locator("form", { has: partner.locator("[name=from_local]") }).getByRole("button", { name: "Save" }).click();
      await partner.locator("input[name=to][value=open_comment]").check();
      await partner.getByRole("button", { name: "Go to this phase" }).click();
      await partner.getByText("Open to comments").first().waitFor();
      await look(partner);
      await leave(partner);
    }],

    ["a participant comments on a telephone, and reads what became of it", async () => {
      const telephone = await as("individual", { viewport: PHONE, javaScriptEnabled: false });
      await open(telephone, paper);
      await telephone.getByLabel("Your comment").first().fill("Where do we read it, if we cannot come?");
      await telephone.locator("input[name=position]").first().check();
      await telephone.getByRole("button", { name: "Comment", exact: true }).first().click();
      await telephone.getByText("Your comment is posted.").waitFor();
      await leave(telephone);

      const partner = await as("partner");
      await open(partner, paper);
      await partner.getByRole("link", { name: "Say what became of it" }).first().click();
      await partner.locator("input[name=disposition][value=partly], select[name=disposition]").first().check().catch(async () => {
        await partner.locator("select[name=disposition]").selectOption("partly");
      });
      await partner.getByLabel("Why", { exact: true }).fill("It is read on the radio too.");
      await partner.getByRole("button", { name: "Save what became of it" }).click();
      await partner.getByText("It is read on the radio too.").first().waitFor();
      await leave(partner);

      const again = await as("individual", { viewport: PHONE });
      await open(again, paper);
      await again.getByText("It is read on the radio too.").first().waitFor();
      await look(again);
      await picture(again, "phone-comment-disposed");
      await leave(again);
    }],

    ["a caucus is asked for its review and gives it", async () => {
      const partner = await as("partner");
      await open(partner, lead);
      await partner.locator("[name=deadline_local]").fill("2019-11-15T12:00");
      await partner.getByRole("button", { name: "Ask for their review" }).click();
      await partner.getByText("Asked").first().waitFor();
      await leave(partner);

      const caucus = await as("individual", { viewport: PHONE });
      await open(caucus, `/en/${AT}/town-hall/reviews`);
      await look(caucus);
      await caucus.getByRole("link", { name: new RegExp(TITLE) }).click();
      await look(caucus);
      for (const group of await caucus.locator("fieldset:has(input[type=radio])").all()) {
        await group.locator("input[type=radio]").first().check();
      }
      for (const area of await caucus.locator("textarea[required]").all()) await area.fill("It reaches those who read.");
      await caucus.getByLabel("On the whole").fill("Say how the young are heard.");
      await caucus.getByRole("button", { name: "Give the review" }).click();
      await caucus.getByText("Thank you. The review is given.").waitFor();
      await leave(caucus);

      const reader = await as("partner");
      await open(reader, lead);
      await reader.getByText("Answered").first().waitFor();
      await leave(reader);
    }],

    ["its session is closed with a recommendation", async () => {
      const partner = await as("partner");
      await open(partner, lead);
      await partner.getByRole("link", { name: /^Result of/ }).first().click();
      await partner.locator("[name='result[en]']").fill("The room agreed to read budgets aloud.");
      await partner.locator("[name='recommendations[0][title][en]']").fill(RECOMMENDATION);
      await partner.locator("[name='recommendations[0][markdown]']").fill("Each city publishes what is spent on women, twice a year.");
      await partner.getByRole("button", { name: "Save" }).click();
      await look(partner);
      await partner.getByRole("button", { name: "Close and hand to the World Assembly" }).click();
      await partner.getByText("What came of it went to the World Assembly.").waitFor();
      await leave(partner);
    }],

    ["the World Assembly finds it in its inbox and adopts it", async () => {
      const chair = await as("chair");
      const desk = `/en/${AT}/world-assembly/chair`;
      await open(chair, desk);
      const take = chair.locator(`form[action='${desk}/agenda?all=true'] button`);
      if (await take.count()) await take.first().click();
      await chair.getByText(RECOMMENDATION).first().waitFor();
      await look(chair);
      await picture(chair, "chair-inbox");
      await chair.locator(`form[action='${desk}/steps/open'] button`).first().click();
      const link = chair.getByRole("link", { name: new RegExp(RECOMMENDATION) }).first();
      const row = (await link.count()) ? await link.innerText() : await chair.locator("main").innerText();
      code = /TH-2019-\d\d-R\d\d/.exec(row.slice(Math.max(0, row.indexOf(RECOMMENDATION) - 60)))?.[0];
      check(code, `no code beside the recommendation: ${row.slice(0, 300)}`);
      for (let acts = 0; acts < ACTS_MOST; acts += 1) {
        await open(chair, desk);
        const next = chair.locator("form[action*='/outcomes/']:not([action$='/return']) button").first();
        if (!(await next.count())) break;
        await next.click();
      }
      await leave(chair);
    }],

    ["anybody reads it with where it came from", async () => {
      const anybody = await visitor(browser, site.origin, { viewport: PHONE });
      check((await open(anybody, `/en/${AT}/outcomes/${code}`)) === 200, `${code} is not public`);
      await anybody.getByRole("heading", { level: 1, name: RECOMMENDATION }).waitFor();
      await anybody.getByText("Adopted").first().waitFor();
      await anybody.locator("main").getByText(TITLE).first().waitFor();
      check((await anybody.locator(".flow").count()) > 0, "its way is not drawn");
      await look(anybody);
      await picture(anybody, "phone-outcome");
      await leave(anybody);
    }],
  ];
  for (const [name, step] of steps) {
    // Each stands on the one before.
    if (!(await test(`deliberation: ${name}`, step))) return;
  }
  await test("deliberation: nothing was wrong on the way", async () => checkNone(findings, "found on the way"));
}

/** The whole label of the option that begins with a name. */
async function optionOf(page, name) {
  const labels = await page.getByLabel("Person").locator("option").allInnerTexts();
  const found = labels.find((label) => label.startsWith(name));
  check(found, `${name} is not among ${labels.join(", ")}`);
  return found;
}
