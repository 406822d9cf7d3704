// Every page that somebody is led to by the links of pages, one example of each route, in three languages and on a phone.
// Each is opened once in a language: what holds on a phone is looked at in the same visit, made narrow.

import { checkNone, test } from "./harness.mjs";
import { axe, bareKeys, onAPhone, open, route, sideways, walk } from "./pages.mjs";

const OTHER_LANGUAGES = ["fr", "es"];
/** In which a line that does not break is the widest. */
const LONGEST_WORDS = "fr";

/** Addresses of pages; files to take away end in a dot and letters. */
export const isPage = (path) => /^\/en(\/|$)/.test(path) && !/\.[a-z]+$/.test(path);
export const isDesk = (path) => isPage(path) && path.startsWith("/en/desk");
export const inLanguage = (path, language) => path.replace(/^\/en(?=\/|$)/, `/${language}`);

/** Tests all of them, as tests of `part` about this person; answers their addresses. */
export async function sweep(part, who, page, start, belongs) {
  let found = [];
  await test(`${part}: every page ${who} is led to, in English: axe, words, console, a phone`, async () => {
    const wrong = [];
    found = await walk(page, start, belongs, async (path, status) => {
      wrong.push(...(await faults(page, path, status)));
      await onAPhone(page, async () => wrong.push(...(await sideways(page))));
    });
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
        if (language === LONGEST_WORDS) await onAPhone(page, async () => wrong.push(...(await sideways(page))));
      }
      checkNone([...wrong, ...page.complaints.splice(0)], `pages of ${who} in ${language}`);
    });
  }
  return found;
}

/** The same of a page looked at in English before: the desk's differ in their words alone, and axe takes most of the time. */
async function said(page, path, status) {
  if (!path.includes("/desk")) return faults(page, path, status);
  return status === 200 ? bareKeys(page) : [`${path}: ${status}`];
}

/** What is wrong with a page that was opened with this status. */
async function faults(page, path, status) {
  if (status !== 200) return [`${path}: ${status}`];
  return [...(await axe(page)), ...(await bareKeys(page))];
}
