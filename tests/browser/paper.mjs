// What leaves by the printer: programme, session and agenda as a browser prints them, without what one clicks on.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { check, checkNone, test } from "./harness.mjs";
import { open, visitor } from "./pages.mjs";
import { dataFolder, serve } from "./program.mjs";

const EDITION = "durban-2019";

export async function paperTests(browser, program) {
  let site;
  const started = await test("paper: the demonstration starts", async () => {
    site = await serve(program, ["demo", "--data", dataFolder()]);
  });
  if (!started) return;

  await test("paper: programme, session and agenda print without navigation, forms and buttons", async () => {
    const page = await visitor(browser, site.origin);
    await open(page, "/en/demo");
    await open(page, `/en/${EDITION}/programme`);
    const session = await page.locator(".slot a[href*='/sessions/']").first().getAttribute("href");
    const wrong = [];
    for (const path of [`/en/${EDITION}/programme`, session, `/en/${EDITION}/statutory`]) {
      check((await open(page, path)) === 200, `${path} does not open`);
      await page.emulateMedia({ media: "print" });
      const shown = await page.evaluate(() =>
        [...document.querySelectorAll("nav, button, .filters, .demo")]
          .filter((part) => part.getClientRects().length > 0)
          .map((part) => part.outerHTML.slice(0, 80)),
      );
      wrong.push(...shown.map((part) => `${path} prints ${part}`));
      const heading = await page.locator("h1").first().innerText();
      const text = textOf(await page.pdf({ format: "A4" }));
      if (text !== undefined && !text.includes(heading.split("\n")[0].slice(0, 20))) {
        wrong.push(`${path} prints no heading ${heading}`);
      }
      await page.emulateMedia({ media: "screen" });
    }
    checkNone(wrong, "on paper");
    await page.context().close();
  });
}

/** The text of a PDF; nothing where `pdftotext` is not installed, which is said. */
function textOf(pdf) {
  const file = join(mkdtempSync(join(tmpdir(), "paper-")), "page.pdf");
  writeFileSync(file, pdf);
  try {
    return execFileSync("pdftotext", ["-enc", "UTF-8", file, "-"]).toString();
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    console.log("        pdftotext is not installed: what is printed is not read");
    return undefined;
  }
}
