// One's privacy, by pages only: a participant says what they need, downloads everything kept about them and looks into it,
// takes a consent back without a script, and is erased in French on a telephone; then what is left at the desk.

import { readFileSync } from "node:fs";
import { check, checkNone, test } from "./harness.mjs";
import { Journey } from "./first_run.mjs";
import { axe, bareKeys, open, PHONE, picture, sideways, visitor } from "./pages.mjs";

const MAYOR = "mayor@riverford.example";
const SLUG = "riverford-2027";
const NAME = "Imani Riverstone";
const PASSWORD = "seven quiet harbours at dawn";
const WORDS = {
  en: { email: "E-mail address", send: "Send me a code", code: "Six-digit code", enter: "Sign in" },
  fr: { email: "Adresse électronique", send: "Envoyez-moi un code", code: "Code à six chiffres", enter: "Se connecter" },
};

export async function privacyTests(browser, program) {
  const journey = new Journey(browser, program);
  try {
    await privacy(browser, journey);
  } finally {
    await journey.tearDown();
  }
}

async function privacy(browser, journey) {
  const findings = [];
  const look = async (page) => findings.push(...(await axe(page)), ...(await bareKeys(page)), ...(await sideways(page)));
  const has = async (page, text) => (await page.locator("body").innerText()).includes(text);

  const registered = await test("privacy: whoever is registered says what they need", async () => {
    await journey.setUp();
    await journey.theAdministratorSignsInByTheCodeOfALetter();
    await journey.anEditionIsMadeFromAnEmptyDesk();
    await journey.theEditionIsAnnouncedAndRegistrationOpened();
    await journey.aParticipantRegistersAndGetsANumber();
    const page = journey.mayor;
    await page.getByRole("link", { name: "Say what you need" }).click();
    await look(page);
    await page.getByLabel("Diet").fill("no nuts");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("alert").waitFor();
    await look(page);
    check((await page.getByLabel("Diet").inputValue()) === "no nuts", "what was typed is lost");
    await page.getByLabel(/I agree that these needs are kept/).check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Your needs are kept").waitFor();
    await open(page, "/en/account");
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByRole("button", { name: "Set a password" }).click();
    await page.getByRole("button", { name: "Change the password" }).waitFor();
  });
  if (!registered) return journey.tell();
  const { mail, site } = journey;
  const phone = await visitor(browser, site.origin, { viewport: PHONE, locale: "fr-FR" });

  await test("privacy: everything kept about oneself is one file that programs read", async () => {
    await signIn(phone, mail, "fr");
    await open(phone, "/fr/account/privacy");
    await look(phone);
    await picture(phone, "phone-privacy-fr");
    const coming = phone.waitForEvent("download");
    await phone.getByRole("link", { name: "Télécharger le fichier" }).click();
    const file = await coming;
    check(file.suggestedFilename() === "about-me.json", `it is called ${file.suggestedFilename()}`);
    const told = JSON.parse(readFileSync(await file.path(), "utf8"));
    check(told.format === "hemicycle-person-1", `its format is ${told.format}`);
    const rows = (table, by) => told.kept.find((kept) => kept.table === table && kept.by === by)?.rows ?? [];
    check(rows("persons", "id")[0]?.family_name === "Riverstone", "the name is not in it");
    check(rows("accounts", "person_id")[0]?.email === MAYOR, "the address is not in it");
    check(rows("registrations", "person").length === 1, "the registration is not in it");
    check(rows("needs", "registration")[0]?.diet === "no nuts", "the needs are not in it");
    check(rows("consents", "person")[0]?.purpose === "needs", "the consent is not in it");
    check(rows("sign_in_sessions", "account_id").length === 2, "the two browsers are not in it");
    const text = JSON.stringify(told);
    check(!text.includes("admin@example.org") && !text.includes("_hash"), "there is more in it than one's own");
  });

  await test("privacy: a consent is taken back without a script, and what rested on it is gone", async () => {
    const page = await visitor(browser, site.origin, { javaScriptEnabled: false });
    await signIn(page, mail, "en");
    await open(page, "/en/account/privacy");
    await page.getByText("That my needs of access and diet are kept").waitFor();
    await page.getByRole("button", { name: "Take back and erase" }).click();
    await page.getByText("Taken back; what rested on it is erased").waitFor();
    check((await page.getByRole("button", { name: "Take back and erase" }).count()) === 0, "it can be taken back twice");
    check(await has(page, "Given "), "that it was given is forgotten");
    await open(page, `/en/${SLUG}/my-congress`);
    await page.getByRole("link", { name: "Say what you need" }).click();
    check((await page.getByLabel("Diet").inputValue()) === "", "the diet is still there");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.context().close();
  });

  const erased = await test("privacy: one is erased in French on a telephone, with a proof, and signed out everywhere", async () => {
    await open(phone, "/fr/account/privacy");
    await look(phone);
    await phone.getByRole("link", { name: "Voir ce qui partirait" }).click();
    await look(phone);
    await picture(phone, "phone-erasure-fr");
    check(await has(phone, "Ce qui reste"), "what stays is not told");
    await phone.getByRole("button", { name: "M’effacer définitivement" }).click();
    await look(phone);
    check(await has(phone, "M’effacer définitivement"), "without a proof one was erased");
    await phone.getByLabel("Mot de passe actuel").fill("another password altogether");
    await phone.getByRole("button", { name: "M’effacer définitivement" }).click();
    await phone.locator("[aria-invalid=true]").first().waitFor();
    await look(phone);
    const before = mail.letters.length;
    await phone.getByRole("button", { name: "Envoyer un code à mon adresse" }).click();
    await phone.getByText("Un code est en route vers votre adresse").waitFor();
    await phone.getByLabel(WORDS.fr.code).fill(await mail.code(MAYOR, before));
    await phone.getByRole("button", { name: "M’effacer définitivement" }).click();
    await phone.getByText("Vous êtes effacé·e et déconnecté·e partout").waitFor();
    await look(phone);
    check((await phone.getByRole("button", { name: "Se déconnecter" }).count()) === 0, "this browser is still signed in");
    const page = journey.mayor;
    await open(page, "/en/account/privacy");
    check(/\/en\/sign-in/.test(page.url()), `the other browser is still signed in: ${page.url()}`);
    await mail.letter(MAYOR, before, /effac|erased/i);
  });
  if (!erased) {
    console.log((await phone.locator("main").innerText()).replace(/^/gm, "        | "));
    return;
  }

  await test("privacy: at the desk the registration stays, of nobody", async () => {
    const page = journey.admin;
    for (const path of [`${SLUG}/registrations`, `${SLUG}/registrations?state=cancelled`, "people", "audit", "letters"]) {
      check((await open(page, `/en/desk/${path}`)) === 200, `${path} does not open`);
      await look(page);
      for (const gone of [NAME, "Riverstone", MAYOR, "no nuts"]) check(!(await has(page, gone)), `${path} still tells ${gone}`);
    }
    await open(page, `/en/desk/${SLUG}/registrations?state=cancelled`);
    await page.getByRole("link", { name: /^Person [0-9a-f]{8}$/ }).first().click();
    await page.getByRole("heading", { level: 1, name: /^Person [0-9a-f]{8}$/ }).waitFor();
    await look(page);
    await picture(page, "desk-registration-of-nobody");
    await open(page, "/en/desk/audit?act=person.edit");
    await page.getByText("erased with the person").first().waitFor();
    await look(page);
  });

  await test("privacy: the password opens nothing any more, and whoever comes by the address is somebody new", async () => {
    await open(phone, "/fr/sign-in");
    await phone.getByLabel(WORDS.fr.email).fill(MAYOR);
    await phone.getByLabel("Mot de passe").fill(PASSWORD);
    await phone.getByRole("button", { name: "Se connecter par mot de passe" }).click();
    await phone.getByRole("alert").waitFor();
    await look(phone);
    await signIn(phone, mail, "fr");
    await phone.getByLabel("Prénom").waitFor();
    check(!(await has(phone, "Riverstone")), "the name is still there");
    const answer = await phone.context().request.get(`${site.origin}/api/v1/me/export`);
    const told = await answer.json();
    const tables = told.kept.map((kept) => kept.table);
    check(!tables.includes("registrations"), `something of before is theirs: ${tables}`);
  });

  await test("privacy: nothing was wrong on the way", async () => {
    const complaints = [journey.admin, journey.mayor, phone].flatMap((page) => page.complaints);
    checkNone([...new Set([...findings, ...journey.findings, ...complaints])], "found on the way");
  });
}

/** Signs the participant in by the code of a letter, in this language. */
async function signIn(page, mail, language) {
  const words = WORDS[language];
  const before = mail.letters.length;
  await open(page, `/${language}/sign-in`);
  await page.getByLabel(words.email).fill(MAYOR);
  await page.getByRole("button", { name: words.send }).click();
  await page.getByLabel(words.code).fill(await mail.code(MAYOR, before));
  await page.getByRole("button", { name: words.enter, exact: true }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
}
