// Signing in with an OpenID provider that really is one: an account is made, what was used or changed on the way is refused, an
// account there is already is linked by its owner in French on a telephone without a script, and unlinked.

import { check, checkNone, test } from "./harness.mjs";
import { openIdPlan, openIdProvider } from "./openid_provider.mjs";
import { axe, bareKeys, PHONE, picture, visitor } from "./pages.mjs";
import { command, dataFolder, mailbox, serve } from "./program.mjs";

const ADMIN = "admin@verne.example";

export async function oidcTests(browser, program) {
  const mail = await mailbox();
  const open = { mail };
  try {
    await journey(browser, program, open);
  } finally {
    await open.provider?.stop();
    await mail.stop();
  }
}

async function journey(browser, program, open) {
  const { mail } = open;
  const plan = await openIdPlan();
  const settings = {
    HEMICYCLE_MAIL_TRANSPORT: "smtp",
    HEMICYCLE_MAIL_HOST: "127.0.0.1",
    HEMICYCLE_MAIL_PORT: String(mail.port),
    HEMICYCLE_MAIL_SECURITY: "none",
    ...plan.settings,
  };
  const data = dataFolder();
  const findings = [];
  const look = async (page) => findings.push(...(await axe(page)), ...(await bareKeys(page)));
  let site;

  const entered = await test("openid: somebody signs in at the provider and has an account, with nothing axe finds", async () => {
    await command(program, ["init", "--admin", ADMIN, "--data", data], settings);
    site = await serve(program, ["serve", "--data", data], settings);
    open.provider = await openIdProvider(plan, site.origin);
    const page = await visitor(browser, site.origin);
    await page.goto("/en/sign-in");
    await look(page);
    await picture(page, "openid-sign-in");
    await page.getByRole("button", { name: "Sign in with Town of Verne" }).click();
    await there(page, "mayor");
    await page.waitForURL(`${site.origin}/en/account`);
    check(await page.getByText("mayor@verne.example").isVisible(), "the account has another address");
    await page.goto("/en/account/identities");
    check(await page.getByText("Town of Verne", { exact: true }).isVisible(), "the provider is not listed");
    await look(page);
    await picture(page, "openid-identities");
    await page.context().close();
  });
  if (!entered) return;

  await test("openid: what comes back a second time, in another browser, or from another issuer opens nothing", async () => {
    const page = await visitor(browser, site.origin);
    await begin(page);
    await signIn(page, "clerk");
    // The answer is held back, so that it can be brought elsewhere first; redirects are followed here up to it.
    let answer;
    await page.route("**/interaction/**", async (route) => {
      let told = await route.fetch({ maxRedirects: 0 });
      let next = told.headers().location;
      while (next && !next.startsWith(site.origin)) {
        told = await page.request.get(new URL(next, told.url()).href, { maxRedirects: 0 });
        next = told.headers().location;
      }
      answer = next;
      await route.abort();
    });
    await page.getByRole("button", { name: "Continue" }).click();
    for (let waited = 0; !answer && waited < 100; waited += 1) await page.waitForTimeout(100);
    check(answer?.startsWith(`${site.origin}/oidc/verne?`), `the provider sent nobody back: ${answer}`);
    await page.unroute("**/interaction/**");
    const stranger = await visitor(browser, site.origin);
    await stranger.goto(answer);
    await stranger.getByText("was not begun in this browser").waitFor();
    await look(stranger);
    await nobody(stranger);

    const mixed = new URL(answer);
    mixed.searchParams.set("iss", "https://evil.example");
    await page.goto(mixed.href);
    await page.getByText("did not come from the provider you went to").waitFor();
    await look(page);
    await page.goto(answer);
    await page.getByText("or was finished before").waitFor();
    await look(page);
    await nobody(page);

    await begin(stranger);
    await stranger.getByText("[ Cancel ]").click();
    await stranger.getByText("You did not allow the provider").waitFor();
    await nobody(stranger);
    await stranger.context().close();
    await page.context().close();
  });

  await test("openid: an account there is already is linked by its owner, in French on a telephone without a script", async () => {
    const page = await visitor(browser, site.origin, { viewport: PHONE, javaScriptEnabled: false });
    const before = mail.letters.length;
    await page.goto("/fr/sign-in");
    await page.getByRole("button", { name: "Se connecter avec Ville de Verne" }).click();
    await there(page, "admin");
    await page.getByText("Il existe un compte avec l’adresse").waitFor();
    await picture(page, "openid-offered-fr");
    const cookies = await page.context().cookies();
    check(!cookies.some((cookie) => cookie.name === "hemicycle"), "the account is open already");
    check((await page.getByLabel("Adresse électronique").inputValue()) === ADMIN, "the address is to be typed again");
    await page.getByRole("button", { name: "Envoyez-moi un code" }).click();
    await page.getByLabel("Code à six chiffres").fill(await mail.code(ADMIN, before));
    await page.keyboard.press("Enter");
    await page.waitForURL("**/fr/account/identities");
    await page.getByRole("button", { name: "Relier", exact: true }).click();
    await page.getByText("Relié. Tous les autres navigateurs sont déconnectés.").waitFor();
    await mail.letter(ADMIN, before, /Ville de Verne|Town of Verne/);
    await page.getByRole("button", { name: "Délier Ville de Verne" }).waitFor();
    await page.context().close();

    const next = await visitor(browser, site.origin);
    await begin(next);
    await there(next, "admin");
    await next.waitForURL((url) => url.origin === site.origin && !url.pathname.startsWith("/oidc"));
    await next.goto("/en/account/identities");
    check(await next.getByText("Prove first that it is you").isVisible(), "unlinking asks for no proof");
    await look(next);
    await next.getByRole("button", { name: "Unlink Town of Verne" }).click();
    await next.locator("[role=alert], .notice").first().waitFor();
    await next.goto("/en/account/identities");
    check(await next.getByRole("button", { name: "Unlink Town of Verne" }).isVisible(), "it was unlinked without a proof");
    await next.context().close();
  });

  await test("openid: nothing was wrong on the way", async () => checkNone(findings, "found on the way"));
}

async function begin(page) {
  await page.goto("/en/sign-in");
  await page.getByRole("button", { name: "Sign in with Town of Verne" }).click();
}

/** Signs in at the provider, which asks next whether it may tell. */
async function signIn(page, name) {
  await page.getByPlaceholder("Enter any login").fill(name);
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).waitFor();
}

/** The same, and lets it tell. */
async function there(page, name) {
  await signIn(page, name);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Fails when this browser is signed in. */
async function nobody(page) {
  await page.goto("/en/account");
  check(new URL(page.url()).pathname === "/en/sign-in", "somebody is signed in");
}
