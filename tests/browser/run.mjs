// The browser tests: `node tests/browser/run.mjs`, with the program in HEMICYCLE_TEST_PROGRAM and Chromium in CHROMIUM.
// `cargo xtask test` sets both. A word behind it runs only the parts whose name contains it: `run.mjs first-run`; `run.mjs pictures`
// makes pictures of the demonstration's pages in screenshots/, which no test needs.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { close, skipAll, test } from "./harness.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const chromium = process.env.CHROMIUM || "/usr/bin/chromium";
const program = process.env.HEMICYCLE_TEST_PROGRAM || join(here, "../../target/debug/hemicycle");
const only = process.argv[2] ?? "";

const missing = [
  [chromium, "Chromium"],
  [join(here, "node_modules/playwright-core"), "node_modules; `cargo xtask setup` installs them"],
].find(([path]) => !existsSync(path));

if (missing) {
  skipAll(`${missing[0]} is not here (${missing[1]})`);
} else if (!existsSync(program)) {
  console.log(`${program} is not here: build it, or name another in HEMICYCLE_TEST_PROGRAM`);
  process.exitCode = 2;
} else {
  const { launch } = await import("./pages.mjs");
  const { killAll, stopAll } = await import("./program.mjs");
  process.on("exit", killAll);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
  const browser = await launch(chromium);
  try {
    if ("first-run".includes(only)) await firstRun(browser);
    if ("second-factor".includes(only)) await secondFactor(browser);
    if ("oidc".includes(only)) await oidc(browser);
    if ("leads-and-delegations".includes(only)) await leadsAndDelegations(browser);
    if ("demo".includes(only)) await demo(browser);
    if ("board".includes(only)) await board(browser);
    if ("floor".includes(only)) await floor(browser);
    if ("participants".includes(only)) await participants(browser);
    if ("paper".includes(only)) await paper(browser);
    if ("deliberation".includes(only)) await deliberation(browser);
    if ("privacy".includes(only)) await privacy(browser);
    if (only === "pictures") await pictures(browser);
  } finally {
    await browser.close();
    await stopAll();
    process.exitCode = close();
  }
}

async function firstRun(browser) {
  const { Journey } = await import("./first_run.mjs");
  const { isDesk, isPage, sweep } = await import("./sweep.mjs");
  const journey = new Journey(browser, program);
  const steps = [
    ["setUp", "an empty database is set up and served"],
    ["initPrintsAnAddressAndAOneTimeCode", "init prints where to sign in, with a code, and writes a letter"],
    ["theAdministratorSignsInByTheCodeOfALetter", "the administrator signs in by the keyboard with a letter's code"],
    ["anEditionIsMadeFromAnEmptyDesk", "an edition is made from an empty desk"],
    ["aVenueAndARoomAreAdded", "a venue and a room are added"],
    ["aMistakeStandsBesideItsFieldAndNothingTypedIsLost", "a mistake stands beside its field and nothing typed is lost"],
    ["aSessionIsWrittenAndPlaced", "a session is written and placed"],
    ["theEditionIsAnnouncedAndRegistrationOpened", "the edition is announced and registration opened"],
    ["theProgrammeIsReleased", "the programme is released"],
    ["aParticipantRegistersAndGetsANumber", "a participant registers with a letter's code and gets a number"],
    ["theParticipantFindsTheSessionInTheProgramme", "the participant finds the session in the programme"],
    ["nothingWasWrongOnTheWay", "axe, consoles and words: nothing was wrong on the way"],
  ];
  try {
    for (const [step, name] of steps) {
      // Each stands on the one before.
      if (await test(`first run: ${name}`, () => journey[step]())) continue;
      await journey.tell();
      return;
    }
    await sweep("first run", "the administrator", journey.admin, "/en/desk", isDesk);
    await sweep("first run", "the participant", journey.mayor, "/en", isPage);
  } finally {
    await journey.tearDown();
  }
}

async function secondFactor(browser) {
  const { secondFactorTests } = await import("./second_factor.mjs");
  await secondFactorTests(browser, program);
}

async function oidc(browser) {
  const { oidcTests } = await import("./oidc.mjs");
  await oidcTests(browser, program);
}

async function participants(browser) {
  const { participantTests } = await import("./participants.mjs");
  await participantTests(browser, program);
}

async function floor(browser) {
  const { floorTests } = await import("./floor.mjs");
  await floorTests(browser, program);
}

async function paper(browser) {
  const { paperTests } = await import("./paper.mjs");
  await paperTests(browser, program);
}

async function deliberation(browser) {
  const { deliberationTests } = await import("./deliberation.mjs");
  await deliberationTests(browser, program);
}

async function privacy(browser) {
  const { privacyTests } = await import("./privacy.mjs");
  await privacyTests(browser, program);
}

async function leadsAndDelegations(browser) {
  const { leadsAndDelegationsTests } = await import("./leads_and_delegations.mjs");
  await leadsAndDelegationsTests(browser, program);
}

async function pictures(browser) {
  const { demoPictures } = await import("./demo.mjs");
  await demoPictures(browser, program);
}

async function demo(browser) {
  const { demoTests } = await import("./demo.mjs");
  await demoTests(browser, program);
}

async function board(browser) {
  const { boardTests } = await import("./board.mjs");
  await boardTests(browser, program);
}
