// Every page that somebody is led to by the links of pages, one example of each route, in three languages and on a phone.

import { checkNone, test } from "./harness.mjs";
import { axe, bareKeys, DESKTOP, open, PHONE, route, sideways, walk } from "./pages.mjs";

const OTHER_LANGUAGES = ["fr", "es"];

/** Addresses of pages; files to take away end in a dot and letters. */
export const isPage = (path) => /^\/en(\/|$)/.test(path) && !/\.[a-z]+$/.test(path);
export const isDesk = (path) => isPage(path) && path.startsWith("/en/desk");
export const inLanguage = (path, language) => path.replace(/^\/en(?=\/|$)/, `/${language}`);

/** Tests all of them, as tests of `part` about this person; answers their addresses. */
export async function sweep(part, who, page, start, belongs) {
  let found = [];
  await test(`${part}: every page ${who} is led to, in English: axe, words, console`, async () => {
    const wrong = [];
    found = await walk(page, start, belongs, async (path, status) => wrong.push(...(await faults(page, path, status))));
    console.log(`        ${found.length} pages: ${found.map(route).join(" ")}`);
    checkNone([...wrong, ...page.complaints.splice(0)], `pages of ${who}`);
  });
  for (const language of OTHER_LANGUAGES) {
    await test(`${part}: the same pages of ${who} in ${language}`, async () => {
      const wrong = [];
      for (const path of found.map((path) => inLanguage(path, language))) {
        wrong.push(...(await said(page, path, await open(page, path))));
        const lang = await page.getAttribute("html", "lang");
        if (lang !== language) wrong.push(`${path}: says it is in ${lang}`);
      }
      checkNone([...wrong, ...page.complaints.splice(0)], `pages of ${who} in ${language}`);
    });
  }
  await test(`${part}: no page of ${who} scrolls sideways on a phone`, async () => {
    const wrong = [];
    await page.setViewportSize(PHONE);
    for (const path of found) {
      await open(page, path);
      wrong.push(...(await sideways(page)));
    }
    await page.setViewportSize(DESKTOP);
    checkNone(wrong, `pages of ${who} at 360 pixels`);
  });
  return found;
}

/** The same of a page looked at in English before: the desk's differ in their words alone, and axe takes most of the time. */
export async function said(page, path, status) {
  if (!path.includes("/desk") && !path.startsWith("/api/docs")) return faults(page, path, status);
  return status === 200 ? bareKeys(page) : [`${path}: ${status}`];
}

/** What is wrong with a page that was opened with this status. */
export async function faults(page, path, status) {
  if (status !== 200) return [`${path}: ${status}`];
  return [...(await axe(page)), ...(await bareKeys(page))];
}
