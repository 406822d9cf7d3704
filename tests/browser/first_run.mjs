// From `hemicycle init` and an empty database to a released programme and a first registration, by pages only: by the
// labels and buttons that people see or hear.

import { check, checkNone } from "./harness.mjs";
import { axe, bareKeys, picture, visitor } from "./pages.mjs";
import { command, dataFolder, mailbox, serve } from "./program.mjs";

const ADMIN = "admin@example.org";
const MAYOR = "mayor@riverford.example";
const SESSION = "Care begins in the neighbourhood";
const SLUG = "riverford-2027";

/** What one test of the journey leaves for the next. */
export class Journey {
  constructor(browser, program) {
    Object.assign(this, { browser, program, findings: [] });
  }

  async setUp() {
    this.mail = await mailbox();
    this.data = dataFolder();
    const settings = {
      HEMICYCLE_MAIL_TRANSPORT: "smtp",
      HEMICYCLE_MAIL_HOST: "127.0.0.1",
      HEMICYCLE_MAIL_PORT: String(this.mail.port),
      HEMICYCLE_MAIL_SECURITY: "none",
    };
    this.told = await command(this.program, ["init", "--admin", ADMIN, "--data", this.data], settings);
    this.site = await serve(this.program, ["serve", "--data", this.data], settings);
    this.admin = await visitor(this.browser, this.site.origin);
  }

  async tearDown() {
    await this.mail?.stop();
  }

  /** Looks at the page as it stands and remembers what is wrong with it. */
  async look(page) {
    this.findings.push(...(await axe(page)), ...(await bareKeys(page)));
  }

  async initPrintsAnAddressAndAOneTimeCode() {
    check(/\/en\/sign-in/.test(this.told) && this.told.includes(ADMIN), `no way in is printed:\n${this.told}`);
    check(/code\s+\d{6}/.test(this.told), `no code is printed:\n${this.told}`);
    await this.mail.letter(ADMIN, 0, /./);
  }

  /** With the keyboard alone: no mouse, no touch. */
  async theAdministratorSignsInByTheCodeOfALetter() {
    const page = this.admin;
    await page.goto("/");
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Go to the content" });
    check(await skip.evaluate((link) => link === document.activeElement), "Tab does not reach the skip link first");
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Sign in" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    await this.look(page);
    const before = this.mail.letters.length;
    await page.getByLabel("E-mail address").focus();
    await page.keyboard.type(ADMIN);
    await page.keyboard.press("Enter");
    const field = page.getByLabel("Six-digit code");
    await field.waitFor();
    await this.look(page);
    await field.focus();
    await page.keyboard.type(await this.mail.code(ADMIN, before));
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Sign out" }).waitFor();
    // Whoever has no name yet is asked for it.
    await page.getByLabel("Given name").fill("Thandeka");
    await page.getByLabel("Family name").fill("Riverford");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("link", { name: "Thandeka Riverford" }).waitFor();
  }

  async anEditionIsMadeFromAnEmptyDesk() {
    const page = this.admin;
    await page.getByRole("link", { name: "Desk", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "A new edition" }).waitFor();
    await this.look(page);
    await picture(page, "first-run-empty-desk");
    const title = page.getByRole("group", { name: "Title" });
    await title.getByLabel("English").fill("Riverford 2027");
    await title.getByLabel("French").fill("Riverford 2027");
    await page.getByLabel("Name in addresses").fill(SLUG);
    await page.getByLabel("City").fill("Riverford");
    await page.getByLabel("Country").fill("ZA");
    await page.getByLabel("Time zone").fill("Africa/Johannesburg");
    await page.getByLabel("First day").fill("2027-06-08");
    await page.getByLabel("Last day").fill("2027-06-11");
    const languages = page.getByRole("group", { name: "Languages of the congress" });
    await languages.getByLabel("French").check();
    check(await page.getByLabel("Begin with the usual tracks").isChecked(), "the usual tracks are not offered");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { level: 2, name: "From an empty desk to an open congress" }).waitFor();
    await this.look(page);
    await picture(page, "first-run-checklist");
  }

  async aVenueAndARoomAreAdded() {
    const page = this.admin;
    await this.desk("Venues and rooms");
    await page.getByRole("link", { name: "Add a venue" }).click();
    await this.look(page);
    await page.getByRole("group", { name: "Venue" }).getByLabel("English").fill("Riverford Assembly House");
    await page.getByLabel("Address").fill("1 Quay Road");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("link", { name: "Add a room" }).click();
    await this.look(page);
    await page.getByRole("group", { name: "Room" }).getByLabel("English").fill("Harbour Hall");
    await page.getByLabel("Places").fill("120");
    await page.getByRole("group", { name: "Step-free" }).getByLabel("Yes").check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("link", { name: "Harbour Hall" }).waitFor();
    await this.look(page);
  }

  async aMistakeStandsBesideItsFieldAndNothingTypedIsLost() {
    const page = this.admin;
    await this.desk("Sessions");
    await page.getByRole("link", { name: "Add a session" }).click();
    await this.look(page);
    await page.getByLabel("Kind", { exact: true }).selectOption({ label: "Plenary" });
    await page.getByLabel("Length in minutes").fill("75");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("alert").waitFor();
    await this.look(page);
    check((await page.getByLabel("Length in minutes").inputValue()) === "75", "what was typed is lost");
  }

  async aSessionIsWrittenAndPlaced() {
    const page = this.admin;
    await page.getByRole("group", { name: "Title" }).getByLabel("English").fill(SESSION);
    await page.getByRole("group", { name: "Abstract" }).getByLabel("English").fill("Who cares, who pays, who decides.");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { level: 1, name: SESSION }).waitFor();
    await this.look(page);
    await page.getByLabel("Room").selectOption({ label: "Harbour Hall" });
    await page.getByLabel("Starts, by the congress’s clock").fill("2027-06-09T10:00");
    await page.getByRole("button", { name: "Place it and see the conflicts" }).click();
    await page.getByText("The session has its place.").waitFor();
    await this.look(page);
    await picture(page, "first-run-session");
  }

  async theEditionIsAnnouncedAndRegistrationOpened() {
    const page = this.admin;
    await this.desk("Edition");
    for (const step of ["Step to: Announced", "Step to: Open"]) {
      await page.getByRole("button", { name: step, exact: true }).click();
      await page.getByText("The edition has taken this step.").waitFor();
    }
    await this.look(page);
  }

  async theProgrammeIsReleased() {
    const page = this.admin;
    await this.desk("Releases");
    await page.getByRole("link", { name: "Prepare a release" }).click();
    await page.getByText(SESSION).first().waitFor();
    await this.look(page);
    await picture(page, "first-run-release");
    await page.getByRole("button", { name: "Release everything" }).click();
    await page.getByText("The programme is released.").waitFor();
    await this.look(page);
  }

  async aParticipantRegistersAndGetsANumber() {
    this.mayor = await visitor(this.browser, this.site.origin);
    const page = this.mayor;
    await page.goto("/");
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Register" }).click();
    await this.look(page);
    const before = this.mail.letters.length;
    await page.getByLabel("E-mail address").fill(MAYOR);
    await page.getByRole("button", { name: "Send me a code" }).click();
    await page.getByLabel("Six-digit code").fill(await this.mail.code(MAYOR, before));
    await this.look(page);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByLabel("Myself").check();
    await page.getByRole("button", { name: "Begin" }).click();
    await page.getByLabel("Given name").fill("Imani");
    await this.look(page);
    await page.getByLabel("Family name").fill("Riverstone");
    await page.getByRole("button", { name: "Save and go on" }).click();
    await page.getByLabel("Organisation").first().waitFor();
    await this.look(page);
    await page.getByRole("button", { name: "Save and go on" }).click();
    await page.getByRole("group", { name: "Category" }).getByRole("radio").first().check();
    await this.look(page);
    await page.getByRole("button", { name: "Save and go on" }).click();
    await page.getByRole("heading", { name: "Is everything right?" }).waitFor();
    await this.look(page);
    await page.getByRole("button", { name: "Send the registration" }).click();
    await page.getByText("Imani Riverstone: registered").waitFor();
    await page.getByText("Registration number").waitFor();
    await this.look(page);
    await picture(page, "first-run-registered");
  }

  async theParticipantFindsTheSessionInTheProgramme() {
    const page = this.mayor;
    await page.getByRole("link", { name: "Programme", exact: true }).click();
    await page.getByRole("link", { name: SESSION }).first().click();
    await page.getByRole("heading", { level: 1, name: SESSION }).waitFor();
    await page.getByText("Harbour Hall").first().waitFor();
    await this.look(page);
  }

  async nothingWasWrongOnTheWay() {
    const complaints = [this.admin, this.mayor].flatMap((page) => page.complaints);
    checkNone([...new Set([...this.findings, ...complaints])], "pages of the first run");
  }

  /** Where it stands, for whoever mends it. */
  async tell() {
    for (const page of [this.admin, this.mayor].filter(Boolean)) {
      const said = await page.locator("main").innerText({ timeout: 1_000 }).catch(() => "(no page)");
      console.log(`        ${page.url()}\n${said.slice(0, 1_500).replace(/^/gm, "        | ")}`);
    }
    console.log([...this.findings, ...(this.admin?.complaints ?? [])].join("\n"));
    console.log(this.site?.log.slice(-2_000) ?? "");
  }

  /** Goes to a part of the desk by its navigation. */
  async desk(part) {
    const page = this.admin;
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Desk", exact: true }).click();
    await page.getByRole("navigation", { name: "The desk" }).getByRole("link", { name: part, exact: true }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
  }
}
