// The second factor, by pages only: an administrator asks it of their own role, is led to add one, without a script, and
// gives it at the next sign-in, in French on a telephone; then a recovery code.

import { createHmac } from "node:crypto";
import { check, checkNone, test } from "./harness.mjs";
import { axe, bareKeys, PHONE, picture, visitor } from "./pages.mjs";
import { command, dataFolder, mailbox, serve } from "./program.mjs";

const ADMIN = "admin@example.org";

export async function secondFactorTests(browser, program) {
  const mail = await mailbox();
  try {
    await journey(browser, program, mail);
  } finally {
    await mail.stop();
  }
}

async function journey(browser, program, mail) {
  const settings = {
    HEMICYCLE_MAIL_TRANSPORT: "smtp",
    HEMICYCLE_MAIL_HOST: "127.0.0.1",
    HEMICYCLE_MAIL_PORT: String(mail.port),
    HEMICYCLE_MAIL_SECURITY: "none",
  };
  const data = dataFolder();
  const findings = [];
  const look = async (page) => findings.push(...(await axe(page)), ...(await bareKeys(page)));
  let site, secret, codes;

  const added = await test("second factor: a role asks for it, and its holder adds one without a script", async () => {
    await command(program, ["init", "--admin", ADMIN, "--data", data], settings);
    site = await serve(program, ["serve", "--data", data], settings);
    const page = await visitor(browser, site.origin, { javaScriptEnabled: false });
    await signIn(page, mail, "/en/sign-in", "E-mail address", "Send me a code", "Six-digit code");
    await page.getByLabel("Given name").fill("Thandeka");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.goto("/en/desk/second-factor");
    await page.getByLabel("Administration of the site").check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Add a second factor first").waitFor();
    await page.getByRole("button", { name: "Add a second factor" }).click();
    secret = await page.getByLabel("The secret as text").inputValue();
    check(await page.getByRole("img", { name: /QR code/ }).isVisible(), "there is no picture of the secret");
    await picture(page, "second-factor-secret");
    await page.getByLabel("Six digits of the app").fill(code(secret, 0));
    await page.getByRole("button", { name: "Confirm" }).click();
    codes = (await page.locator("#codes").innerText()).trim().split(/\s+/);
    check(codes.length === 10, `there are ${codes.length} recovery codes`);
    await page.getByRole("link", { name: "I have kept them" }).click();
    await page.goto("/en/desk/second-factor");
    await page.getByRole("heading", { level: 1, name: "Of whom a second factor is asked" }).waitFor();
    await mail.letter(ADMIN, 0, /A second factor was added to your account/);
    await page.context().close();
  });
  if (!added) return;

  await test("second factor: it is asked for in French on a telephone, with no script error and nothing axe finds", async () => {
    const page = await visitor(browser, site.origin, { viewport: PHONE });
    await signIn(page, mail, "/fr/sign-in", "Adresse électronique", "Envoyez-moi un code", "Code à six chiffres");
    const field = page.getByLabel("Six chiffres de l’application");
    await field.waitFor();
    await look(page);
    await picture(page, "second-factor-step-fr");
    check((await field.getAttribute("inputmode")) === "numeric", "no numeric keyboard");
    check((await field.getAttribute("autocomplete")) === "one-time-code", "the telephone cannot fill it in");
    const before = (await page.context().cookies()).filter((cookie) => cookie.name.includes("hemicycle"));
    check(before.length === 0, "halfway there is a session");
    await field.fill("000000");
    await page.keyboard.press("Enter");
    await page.locator("[aria-invalid=true]").waitFor();
    await look(page);
    await field.fill(code(secret, 1));
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.pathname.startsWith("/fr/sign-in"));
    await page.goto("/fr/account/second-factor");
    await look(page);
    findings.push(...page.complaints);
    await page.context().close();
  });

  await test("second factor: a recovery code opens when the telephone is lost, and the letter says so", async () => {
    const page = await visitor(browser, site.origin);
    const before = mail.letters.length;
    await signIn(page, mail, "/en/sign-in", "E-mail address", "Send me a code", "Six-digit code");
    await page.getByText("I do not have my app").click();
    await page.getByLabel("Recovery code").fill(codes[0]);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Sign out" }).waitFor();
    await mail.letter(ADMIN, before, /So many are left: 9/);
    await page.context().close();
  });

  await test("second factor: nothing was wrong on the way", async () => checkNone(findings, "found on the way"));
}

/** Gives address and code of the letter. */
async function signIn(page, mail, path, address, send, digits) {
  const before = mail.letters.length;
  await page.goto(path);
  await page.getByLabel(address).fill(ADMIN);
  await page.getByRole("button", { name: send }).click();
  await page.getByLabel(digits).fill(await mail.code(ADMIN, before));
  await page.keyboard.press("Enter");
}

/** What an app shows that was told this secret (RFC 6238), so many steps from now. */
function code(secret, ahead) {
  const bits = [...secret.replace(/\s/g, "")].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"));
  const bytes = bits.join("").match(/.{8}/g).map((byte) => parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = createHmac("sha1", Buffer.from(bytes)).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
