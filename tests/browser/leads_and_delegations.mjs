// In the demonstration, by pages only: a chair asks for a change in their sitting and an organiser takes it; a focal point
// sends a delegation of 12, by hand without a script, by a file, and on a telephone in French.

import { check, checkNone, test } from "./harness.mjs";
import { axe, bareKeys, open, PHONE, picture, sideways, visitor } from "./pages.mjs";
import { dataFolder, serve } from "./program.mjs";

const AT = "durban-2019";
const PLACES = 12;

export async function leadsAndDelegationsTests(browser, program) {
  let site;
  const findings = [];
  const look = async (page) => findings.push(...(await axe(page)), ...(await bareKeys(page)), ...(await sideways(page)));
  const started = await test("leads and delegations: the demonstration starts", async () => {
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

  await test("a session lead's change is accepted", async () => {
    const chair = await as("chair", { javaScriptEnabled: false });
    await open(chair, `/en/${AT}/my-sessions`);
    await chair.locator("main tbody a").first().click();
    await chair.locator("[name='title[en]']").fill("Small cities, first of all");
    await chair.getByLabel("A word to the organisers").fill("We agreed on it yesterday.");
    await chair.getByRole("button", { name: "Send the change" }).click();
    await chair.getByRole("heading", { name: "Your change waits for the organisers" }).waitFor();

    const organiser = await as("organiser");
    await open(organiser, `/en/desk/${AT}/changes`);
    await look(organiser);
    await organiser.locator("main tbody a").first().click();
    await organiser.getByText("We agreed on it yesterday.").waitFor();
    check((await organiser.locator("ins").count()) > 0, "no word is marked as added");
    await look(organiser);
    await picture(organiser, "change-at-the-desk");
    await organiser.getByRole("button", { name: "Take what is ticked" }).click();
    await organiser.getByText("Decided. Whoever asked is told by letter.").waitFor();

    const telephone = await as("chair", { viewport: PHONE });
    await open(telephone, `/fr/${AT}/my-sessions`);
    await look(telephone);
    await telephone.locator("main tbody a").first().click();
    await telephone.getByText("Acceptée").first().waitFor();
    check((await telephone.locator("[name='title[en]']").inputValue()) === "Small cities, first of all", "the title is not there");
    await look(telephone);
    await picture(telephone, "phone-my-session-fr");
    for (const page of [chair, organiser, telephone]) await leave(page);
  });

  await test("a delegation of 12", async () => {
    const organiser = await as("organiser");
    await open(organiser, `/en/desk/${AT}/delegations`);
    await look(organiser);
    await organiser.getByRole("combobox", { name: "Organisation" }).fill("Thornveld-on-Sea");
    await organiser.keyboard.press("Escape");
    await organiser.getByLabel("Category").selectOption({ index: 1 });
    const category = await organiser.getByLabel("Category").locator("option:checked").innerText();
    await organiser.getByLabel("Most people").fill(String(PLACES));
    await organiser.getByRole("button", { name: "Save" }).click();
    await organiser.getByRole("link", { name: "Thornveld-on-Sea" }).waitFor();

    const focal = await as("focal_point", { javaScriptEnabled: false });
    await open(focal, `/en/${AT}/delegation`);
    await focal.getByRole("link", { name: /Thornveld-on-Sea/ }).click();
    await focal.getByLabel("Given name").fill("Lindiwe");
    await focal.getByLabel("E-mail address").fill("lindiwe@thornveld.example");
    await focal.getByLabel("Category").selectOption({ label: category });
    await focal.getByRole("button", { name: "Register and invite" }).click();
    await focal.getByText("They take it over by the letter").waitFor();
    const rows = (count, bad) =>
      Array.from({ length: count }, (_, at) => `Sipho,Khumalo ${at},${at === bad ? "nowhere" : `s${at}@thornveld.example`},delegate,"${category}"`);
    const send = async (lines) => {
      const text = ["given_name,family_name,email,role,category", ...lines].join("\n");
      const file = { name: "delegation.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
      await focal.getByLabel("File", { exact: true }).setInputFiles(file);
      await focal.getByRole("button", { name: "Try the file" }).click();
      await focal.getByRole("heading", { name: "What the file would do" }).waitFor();
    };
    await send(rows(PLACES - 1, 4));
    await focal.getByText("Nobody was registered.").waitFor();
    check((await focal.locator("main table").first().innerText()).includes("email"), "the bad field is not named");
    await send(rows(PLACES - 1));
    await focal.getByRole("button", { name: "Register them all (11)" }).click();
    await focal.getByText(`${PLACES} of ${PLACES}`).waitFor();

    const telephone = await as("focal_point", { viewport: PHONE });
    await open(telephone, `/fr/${AT}/delegation`);
    await look(telephone);
    await telephone.getByRole("link", { name: /Thornveld-on-Sea/ }).click();
    await look(telephone);
    await picture(telephone, "phone-delegation-fr");
    await telephone.getByRole("link", { name: "Lindiwe" }).click();
    await look(telephone);
    await telephone.getByRole("link", { name: "Envoyer une autre personne" }).click();
    await look(telephone);
    await telephone.getByLabel("Prénom").fill("Bongani");
    await telephone.getByLabel("Adresse électronique").fill("bongani@thornveld.example");
    await telephone.getByRole("button", { name: "Envoyer une autre personne" }).click();
    await telephone.getByRole("link", { name: "Bongani" }).waitFor();
    check((await telephone.getByRole("link", { name: "Lindiwe" }).count()) === 0, "both are there");
    for (const page of [organiser, focal, telephone]) await leave(page);
  });

  await test("leads and delegations: nothing was wrong on the way", async () => checkNone(findings, "found on the way"));
}
