// The programme board: a day built by drag, the same by keys alone and by touch, what is greyed meanwhile, two organisers at
// once, undoing, several at once; and how many frames are drawn of a drag, which is told and not asserted.

import { frames } from "./frames.mjs";
import { check, checkNone, test } from "./harness.mjs";
import { axe, bareKeys, open, PHONE, picture, sideways, visitor } from "./pages.mjs";
import { dataFolder, serve } from "./program.mjs";

const SLUG = "board-2027";
const DAY = "2027-06-08";
const BOARD = `/en/desk/${SLUG}/board?day=${DAY}&snap=15`;
const WIDE = { width: 1600, height: 2000 };

export async function boardTests(browser, program) {
  let site;
  let desk;
  const ids = {};
  const started = await test("board: an edition of three rooms and its sessions", async () => {
    site = await serve(program, ["demo", "--data", dataFolder()]);
    desk = await organiser(browser, site.origin);
    await furnish(desk, ids);
    await openBoard(desk);
    check((await desk.locator("[data-part=waiting] [data-session]").count()) === 8, "eight sessions wait");
  });
  if (!started) return;

  await test("board: a day is built by drag", async () => {
    await drag(desk, ids.First, "Hall A", 9 * 60);
    await stands(desk, ids.First, "Hall A", "09:00");
    await drag(desk, ids.Second, "Hall B", 9 * 60 + 30);
    await stands(desk, ids.Second, "Hall B", "09:30");
    await drag(desk, ids.First, "Hall C", 11 * 60 + 15);
    await stands(desk, ids.First, "Hall C", "11:15");
    await picture(desk, "board-desktop");
  });
  await test("board: what is dragged onto a session that holds the room is refused with the sentence", async () => {
    await drag(desk, ids.Third, "Hall B", 10 * 60);
    await dialog(desk, "This cannot be done", /Choose another room or time/);
    await desk.getByRole("button", { name: "Leave it" }).click();
    check((await desk.locator(`[data-part=waiting] [data-session="${ids.Third}"]`).count()) === 1, "it waits as before");
  });
  await test("board: what was done is undone, after a reload as well, and done again", async () => {
    await desk.reload();
    await desk.locator("[data-do=undo]").waitFor();
    await desk.locator("[data-do=undo]").click();
    await stands(desk, ids.First, "Hall A", "09:00");
    await desk.locator("[data-do=undo]").click();
    await desk.locator(`[data-part=waiting] [data-session="${ids.Second}"]`).waitFor();
    await desk.keyboard.press("Control+Shift+Z");
    await stands(desk, ids.Second, "Hall B", "09:30");
    await desk.locator("[data-do=redo]").click();
    await stands(desk, ids.First, "Hall C", "11:15");
  });
  await test("board: the same day is built by keys alone", async () => {
    const day = "2027-06-10";
    await openBoard(desk, BOARD.replace(DAY, day));
    await keys(desk, ids.Fourth, ["Enter", "Enter"]);
    await stands(desk, ids.Fourth, "Hall A", "09:00", day);
    await keys(desk, ids.Fifth, ["Enter", "ArrowRight", "ArrowDown", "ArrowDown", "Enter"]);
    await stands(desk, ids.Fifth, "Hall B", "09:30", day);
    await keys(desk, ids.Fourth, ["Enter", "ArrowRight", "ArrowRight", ...Array(9).fill("ArrowDown"), "Enter"]);
    await stands(desk, ids.Fourth, "Hall C", "11:15", day);
    await openBoard(desk);
  });
  await test("board: a finger that rests picks up, one that moves at once scrolls", async () => {
    const tablet = await organiser(browser, site.origin, { hasTouch: true });
    await openBoard(tablet);
    const cdp = await tablet.context().newCDPSession(tablet);
    const touch = (type, point) => cdp.send("Input.dispatchTouchEvent", { type, touchPoints: point ? [point] : [] });
    const { from, to } = await way(tablet, ids.Sixth, "Hall A", 12 * 60);
    await touch("touchStart", from);
    await touch("touchMove", { x: from.x, y: from.y + 40 });
    await touch("touchEnd");
    check((await tablet.locator(".is-moving").count()) === 0, "a swipe picks nothing up");
    await touch("touchStart", from);
    await tablet.locator(".is-moving").waitFor({ state: "attached" });
    for (const part of [0.3, 0.6, 1]) await touch("touchMove", { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part });
    await tablet.locator(".ghost").waitFor();
    await touch("touchEnd");
    await stands(tablet, ids.Sixth, "Hall A", "12:00");
    checkNone(tablet.complaints.splice(0), "the board under a finger");
    await tablet.context().close();
  });
  await test("board: a day is built by keys alone, and said", async () => {
    const said = desk.locator("[data-status]");
    // What was moved under the finger has come here, so that nothing else is said meanwhile.
    await stands(desk, ids.Sixth, "Hall A", "12:00");
    await title(desk, ids.Third).focus();
    await desk.keyboard.press("Enter");
    await desk.waitForFunction(() => document.querySelector("[data-status]").textContent.includes("You hold Third talk"));
    await desk.keyboard.press("ArrowRight");
    await desk.keyboard.press("ArrowRight");
    await desk.keyboard.press("ArrowDown");
    check(/Hall C, .*09:15/.test(await said.textContent()), `said: ${await said.textContent()}`);
    await desk.getByText("Nothing stands against it.").waitFor({ state: "attached" });
    await desk.keyboard.press("Enter");
    await stands(desk, ids.Third, "Hall C", "09:15");
    await desk.waitForFunction((id) => document.activeElement.closest("[data-session]")?.dataset.session === id, ids.Third);
    await desk.keyboard.press(" ");
    await desk.keyboard.press("ArrowLeft");
    await desk.keyboard.press("Escape");
    await stands(desk, ids.Third, "Hall C", "09:15");
    check((await desk.locator(".ghost").count()) === 0, "nothing is held any more");
    await desk.keyboard.press("Enter");
    await desk.keyboard.press("PageDown");
    await desk.locator("ol.slots[data-day='2027-06-09'] .ghost").waitFor();
    await desk.keyboard.press("Enter");
    await desk.locator(`[data-session="${ids.Third}"][data-starts="2027-06-09T09:15"]`).waitFor();
    await desk.locator("[data-do=undo]").click();
    await openBoard(desk);
    await stands(desk, ids.Third, "Hall C", "09:15");
  });
  await test("board: an error is let stand with a reason, or the session stays", async () => {
    await drag(desk, ids.Chaired, "Hall A", 14 * 60);
    await stands(desk, ids.Chaired, "Hall A", "14:00");
    await api(desk, "PUT", `/editions/${SLUG}/conflict-checks`, { severities: { person_conflict: "block_move" } });
    await drag(desk, ids.Again, "Hall B", 14 * 60);
    await dialog(desk, "This makes a conflict that the congress does not allow", /has a part in both at the same time/);
    await desk.getByRole("button", { name: "Leave it" }).click();
    check((await desk.locator(`[data-part=waiting] [data-session="${ids.Again}"]`).count()) === 1, "it waits as before");
    await drag(desk, ids.Again, "Hall B", 14 * 60);
    await dialog(desk, "This makes a conflict that the congress does not allow", /has a part in both/);
    await desk.locator("dialog textarea").fill("She opens the one and then walks over.");
    await desk.getByRole("button", { name: "Let it stand and move" }).click();
    await stands(desk, ids.Again, "Hall B", "14:00");
    await desk.locator("[data-part=issues]").getByText("She opens the one and then walks over.").waitFor();
  });
  await test("board: hours at which a room or a chair is taken are greyed while a session is held, and said", async () => {
    const said = desk.locator("[data-status]");
    await title(desk, ids.Again).focus();
    await desk.keyboard.press("Enter");
    // Whoever chairs it chairs another at two, in whatever room; Hall B is another's at half past nine.
    await desk.locator(".busy.block_move.c-all").waitFor({ state: "attached" });
    await desk.locator(".busy.c-2").first().waitFor({ state: "attached" });
    await picture(desk, "board-greyed");
    await desk.keyboard.press("ArrowDown");
    check(/14:15\. Not available then\./.test(await said.textContent()), `said: ${await said.textContent()}`);
    for (let step = 0; step < 3; step += 1) await desk.keyboard.press("ArrowDown");
    check(/15:00$/.test(await said.textContent()), `said: ${await said.textContent()}`);
    await desk.keyboard.press("Escape");
    check((await desk.locator(".busy").count()) === 0, "nothing is grey any more");
  });
  await test("board: ticked sessions are put later together, and two change places", async () => {
    for (const id of [ids.First, ids.Second]) await desk.locator(`[data-session="${id}"] input[type=checkbox]`).check();
    await desk.locator("#board-minutes").fill("30");
    await desk.getByRole("button", { name: "Put later" }).click();
    await stands(desk, ids.First, "Hall C", "11:45");
    await stands(desk, ids.Second, "Hall B", "10:00");
    await desk.getByRole("button", { name: "Let two change places" }).click();
    await stands(desk, ids.First, "Hall B", "10:00");
    await stands(desk, ids.Second, "Hall C", "11:45");
    await desk.locator("[data-do=undo]").click();
    await stands(desk, ids.First, "Hall C", "11:45");
  });
  await test("board: two organisers at once: moves appear under what is held; a stale one is refused, and taken over", async () => {
    const other = await organiser(browser, site.origin, {}, "local4action");
    await openBoard(other);
    await title(desk, ids.Third).focus();
    await desk.keyboard.press("Enter");
    await drag(other, ids.First, "Hall A", 16 * 60);
    await stands(other, ids.First, "Hall A", "16:00");
    await stands(desk, ids.First, "Hall A", "16:00");
    check((await desk.locator(".ghost").count()) === 1, "what is held stays held");
    await desk.keyboard.press("Escape");

    // One who hears nothing of the other.
    await desk.route(`**/api/v1/editions/${SLUG}`, (route) => route.abort());
    await drag(other, ids.First, "Hall B", 17 * 60);
    await stands(other, ids.First, "Hall B", "17:00");
    await drag(desk, ids.First, "Hall C", 16 * 60);
    await dialog(desk, "Somebody else was there meanwhile", /Derya Köprüdeniz-Işık moved First talk .* in Hall B, .*17:00/);
    await desk.getByRole("button", { name: "Leave it" }).click();
    await stands(desk, ids.First, "Hall B", "17:00");
    await drag(other, ids.First, "Hall A", 17 * 60);
    await stands(other, ids.First, "Hall A", "17:00");
    await drag(desk, ids.First, "Hall C", 16 * 60);
    await dialog(desk, "Somebody else was there meanwhile", /Derya Köprüdeniz-Işık moved First talk .* in Hall A, .*17:00/);
    await picture(desk, "board-stale");
    await desk.getByRole("button", { name: "Take over" }).click();
    await stands(desk, ids.First, "Hall C", "16:00");
    await stands(other, ids.First, "Hall C", "16:00");
    await desk.unroute(`**/api/v1/editions/${SLUG}`);
    checkNone(other.complaints.splice(0), "the other organiser's board");
    await other.context().close();
  });
  await test("board: without script a break is copied into the rooms that are ticked", async () => {
    const coffee = await api(desk, "POST", `/editions/${SLUG}/sessions`, { kind: "break", title: { en: "Coffee" }, length_minutes: 30 });
    const hall = await desk.locator("[data-head]").first().getAttribute("data-head");
    const place = { room: hall, starts: `${DAY}T18:00` };
    await api(desk, "PUT", `/sessions/${coffee.id}/placement`, place, { "if-match": `"v${coffee.version}"` });
    const plain = await organiser(browser, site.origin, { javaScriptEnabled: false });
    await open(plain, BOARD);
    await plain.getByRole("link", { name: "Copy a break" }).click();
    await plain.getByRole("link", { name: /Coffee/ }).click();
    check((await plain.getByRole("checkbox").count()) === 2, "its own room is not asked for");
    await plain.getByRole("checkbox", { name: "Hall B" }).check();
    await plain.getByRole("checkbox", { name: "Hall C" }).check();
    await plain.getByRole("button", { name: "Copy it" }).click();
    await plain.getByText("The break is copied.").waitFor();
    check((await plain.locator(".slots .slot-title", { hasText: "Coffee" }).count()) === 3, "coffee is served in three rooms");
    await plain.context().close();

    const wrong = [];
    for (const language of ["en", "fr", "es"]) {
      await open(desk, `/${language}/desk/${SLUG}/board/copy?session=${coffee.id}`);
      wrong.push(...(await axe(desk)), ...(await bareKeys(desk)));
      await desk.setViewportSize(PHONE);
      wrong.push(...(await sideways(desk)));
      await desk.setViewportSize(WIDE);
    }
    checkNone(wrong, "the form that copies");
  });
  await test("board: frames of a drag", async () => {
    await openBoard(desk);
    console.log(`        ${JSON.stringify(await frames(browser, desk, ids.Third))}`);
    await stands(desk, ids.Third, "Hall C", "09:15");
  });
  await test("board: axe, words, dark, French, and a list on a phone", async () => {
    const wrong = [];
    for (const [language, options] of [["en", { colorScheme: "dark" }], ["fr", {}], ["es", {}]]) {
      const page = await organiser(browser, site.origin, options);
      await openBoard(page, BOARD.replace("/en/", `/${language}/`));
      wrong.push(...(await axe(page)), ...(await bareKeys(page)));
      await picture(page, `board-${language}`);
      await page.setViewportSize(PHONE);
      wrong.push(...(await sideways(page)));
      await picture(page, `board-phone-${language}`);
      wrong.push(...page.complaints);
      await page.context().close();
    }
    checkNone(wrong, "the board");
  });
}

async function organiser(browser, origin, options = {}, persona = "organiser") {
  const page = await visitor(browser, origin, { viewport: WIDE, ...options });
  await open(page, "/en/demo");
  await page.locator(`button[name=persona][value=${persona}]`).click();
  await page.waitForURL((url) => url.pathname !== "/en/demo");
  return page;
}

/** Asks the API as whoever has the page. */
async function api(page, method, path, body, more = {}) {
  const answer = await page.evaluate(async ([method, path, body, more]) => {
    const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID(), ...more };
    const answer = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    return { status: answer.status, body: await answer.json().catch(() => ({})) };
  }, [method, path, body, more]);
  check(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function furnish(page, ids) {
  const edition = await api(page, "POST", "/editions", {
    slug: SLUG, title: { en: "Board 2027" }, city: "Durban", country: "ZA", zone: "Africa/Johannesburg",
    starts_on: DAY, ends_on: "2027-06-10", standard: true,
  });
  await api(page, "POST", `/editions/${SLUG}/state`, { to: "announced" }, { "if-match": `"v${edition.version}"` });
  for (const name of ["Hall A", "Hall B", "Hall C"]) await api(page, "POST", `/editions/${SLUG}/rooms`, { name: { en: name } });
  const me = await api(page, "GET", "/me");
  const person = me.person?.id ?? me.person ?? me.id;
  for (const name of ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Chaired", "Again"]) {
    const speakers = ["Chaired", "Again"].includes(name) ? [{ person, role: "chair" }] : [];
    const made = await api(page, "POST", `/editions/${SLUG}/sessions`, {
      kind: "special", track: "local4action", title: { en: `${name} talk` }, length_minutes: 60, speakers,
    });
    ids[name] = made.id;
  }
}

/** Opens a board and waits for its script. */
async function openBoard(page, path = BOARD) {
  await open(page, path);
  await page.locator("[data-do=undo]").waitFor();
}

const title = (page, id) => page.locator(`[data-session="${id}"] .slot-title`);

/** Presses keys, the first of them on a session. */
async function keys(page, id, pressed) {
  await title(page, id).focus();
  for (const key of pressed) await page.keyboard.press(key);
}

/** Where a session is taken hold of, and where it is let go so that it begins at this minute in this room. */
async function way(page, id, room, minute) {
  const item = page.locator(`[data-session="${id}"]`);
  await item.scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollTo(0, 0));
  const from = await item.boundingBox();
  const isPlaced = (await item.getAttribute("data-starts")) !== null;
  const into = isPlaced ? Math.min(12, from.height / 2) : 10;
  const to = await page.evaluate(([room, minute]) => {
    const list = document.querySelector("ol.slots");
    const head = [...document.querySelectorAll("[data-head]")].find((head) => head.querySelector("b").textContent === room);
    const { left, width } = head.getBoundingClientRect();
    const step = parseFloat(getComputedStyle(list).gridAutoRows);
    return { x: left + width / 2, y: list.getBoundingClientRect().top + ((minute - Number(list.dataset.first)) / 5) * step };
  }, [room, minute]);
  return { from: { x: from.x + 30, y: from.y + into }, to: { x: to.x, y: to.y + into + 1 } };
}

/** Drags a session with the mouse so that it begins at this minute in this room. */
async function drag(page, id, room, minute) {
  const { from, to } = await way(page, id, room, minute);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, from.y + 8, { steps: 2 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
}

/** Waits until a session stands there. */
async function stands(page, id, room, clock, day = DAY) {
  const head = await page.evaluate((room) => {
    const heads = [...document.querySelectorAll("[data-head]")];
    return heads.find((head) => head.querySelector("b").textContent === room)?.dataset.head;
  }, room);
  await page.locator(`.slots [data-session="${id}"][data-room="${head}"][data-starts="${day}T${clock}"]`).waitFor();
}

async function dialog(page, heading, sentence) {
  await page.getByRole("heading", { name: heading }).waitFor();
  const told = await page.locator("dialog").innerText();
  check(sentence.test(told), `told: ${told}`);
}
