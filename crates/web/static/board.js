// The programme board beyond its forms: sessions are dragged, or picked up, moved and dropped by keys; both send what the
// forms send, with the version that was seen. Others' moves are fetched as the same page and put in part by part. What
// is moved stands as a ghost of its own, so that the parts may be replaced under it. Geometry is classes: see grid.css.
//
// Undoing: an act is undone by the opposite act, with the versions it left behind, so that it can never undo what
// somebody else did since. The acts are kept by this tab (sessionStorage): they survive a reload, and do not follow
// their person to another desk, where nobody remembers what the last act was.

const POLL_MS = 4000;
const CHECK_MS = 120;
const DAY_MS = 500;
const UNDO_MOST = 100;
const PRESS_MS = 400;
const LONGEST = 180;
const STEP = 5;

const plus = (local, minutes) => new Date(Date.parse(`${local}Z`) + minutes * 60000).toISOString().slice(0, 16);
const minuteOf = (local) => Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const make = (tag, own) => Object.assign(document.createElement(tag), own);
const quietly = (promise) => promise.catch(() => null);

export function enhance(root) {
  const say = root.dataset;
  const one = (selector) => root.querySelector(selector);
  const list = () => one("ol.slots");
  const box = () => one("[data-part=grid]");
  const of = (id) => one(`[data-session="${id}"]`);
  const api = `/api/v1/editions/${say.slug}`;
  let hold = null;
  let draft = say.draft;
  let asked = 0;

  // ---- words
  const fill = (text, given) => Object.entries(given).reduce((all, [name, value]) => all.replaceAll(`{${name}}`, value), text);
  const status = one("[data-status]");
  const tell = (text) => { status.textContent = text; };
  const titleOf = (item) => item.querySelector(".slot-title").textContent.trim();
  const roomName = (id) => one(`[data-head="${id}"] b`)?.textContent ?? "";
  const clock = (local) => new Date(`${local}Z`).toLocaleString(document.documentElement.lang,
    { weekday: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" });
  const words = (item) => ({ title: titleOf(item), room: roomName(item.dataset.room ?? ""), time: item.dataset.starts ? clock(item.dataset.starts) : "" });

  // ---- asking the server
  async function send(method, address, body, more = {}) {
    const headers = { accept: "application/json", "accept-language": document.documentElement.lang, ...more };
    if (body) headers["content-type"] = "application/json";
    const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
    return { ok: answer.ok, status: answer.status, body: await quietly(answer.json()) ?? {} };
  }
  const move = (item, to) => ({ session: item.dataset.session, version: Number(item.dataset.version), to });
  const place = (room, starts) => ({ room, starts });
  const stood = (item) => (item.dataset.starts ? { ...place(item.dataset.room, item.dataset.starts), length_minutes: Number(item.dataset.minutes) } : null);
  const theirs = (row) => (row.starts ? { ...place(row.room ?? "", row.starts), length_minutes: row.length_minutes } : null);
  const stands = (row) => (row.starts_local ? { ...place(row.room ?? "", row.starts_local), length_minutes: row.length_minutes } : null);

  /** One session is sent as its form sends it; several, or one with a reason, as one act; a reschedule as what it is. */
  async function sent(moves, reason) {
    if (moves.how) {
      const answer = await send("POST", `${api}/reschedules`, { ...moves, reason: reason ?? "" }, { "idempotency-key": crypto.randomUUID() });
      return { ...answer, sessions: answer.body.sessions ?? [] };
    }
    if (moves.length === 1 && !reason) {
      const [{ session, version, to }] = moves;
      const address = `/api/v1/sessions/${session}/placement`;
      const answer = await send(to ? "PUT" : "DELETE", address, to, { "if-match": `"v${version}"` });
      return { ...answer, sessions: [answer.body.session ?? answer.body] };
    }
    const answer = await send("POST", `${api}/arrangements`, { moves, reason: reason ?? "" }, { "idempotency-key": crypto.randomUUID() });
    return { ...answer, sessions: answer.body.sessions ?? [] };
  }

  // ---- what was done here
  const key = `board-${say.slug}`;
  const kept = { done: [], undone: [], versions: {}, ...JSON.parse(sessionStorage.getItem(key) ?? "{}") };
  function keep() {
    kept.done = kept.done.slice(-UNDO_MOST);
    sessionStorage.setItem(key, JSON.stringify(kept));
    for (const [name, acts] of [["undo", kept.done], ["redo", kept.undone]]) one(`[data-do=${name}]`).disabled = acts.length === 0;
  }
  function remember(sessions) {
    for (const { id, version } of sessions) kept.versions[id] = version;
  }

  /**
   * Does moves. What clashes is asked about, what is stale is shown and may be taken over. Answers whether it was done,
   * null when the server could not be asked. `remembered` notes the act once it is done.
   */
  async function act(moves, remembered, reason) {
    const answer = await quietly(sent(moves, reason));
    if (!answer) {
      await ask({ heading: say.refused, sentences: [say.offline], no: say.leave });
      return null;
    } else if (answer.ok) {
      remember(answer.sessions);
      remembered(undefined, answer.sessions);
      keep();
      await refresh(null);
      return true;
    } else if (answer.status === 412) {
      return takenOver(moves, remembered, reason, answer.body.facts?.sessions ?? []);
    } else if (answer.body.code === "would_clash") {
      const why = await ask({ heading: say.clash, sentences: answer.body.facts.conflicts.map((one) => one.sentence), yes: say.letStand, no: say.leave, reason: true });
      if (why) return act(moves, remembered, why);
    } else {
      const more = (answer.body.errors ?? []).map((error) => error.detail);
      await ask({ heading: say.refused, sentences: [...new Set([...more, answer.body.detail])].slice(0, 3), no: say.leave });
    }
    return false;
  }

  /** What became of a session meanwhile: who put it where it is, or, where it stands as before, who changed it. */
  function meanwhile(row) {
    const seen = of(row.session);
    const moved = !seen || (seen.dataset.room ?? "") !== (row.room ?? "") || (seen.dataset.starts ?? "") !== (row.starts ?? "").slice(0, 16);
    const hand = moved ? row.moved : row.changed;
    const name = hand?.me ? say.you : hand?.name || say.somebody;
    const tongue = document.documentElement.lang;
    const told = {
      title: row.title[tongue] ?? Object.values(row.title)[0] ?? row.code,
      room: row.room_name[tongue] ?? Object.values(row.room_name)[0] ?? "",
      time: row.starts ? clock(row.starts) : "",
      at: hand ? clock(hand.at_local) : "?",
      name,
    };
    const words = !moved ? say.theirsChanged : row.starts ? say.theirsMoved : say.theirsUnplaced;
    // The record names nobody: then where it is now is all there is to tell.
    return fill(hand ? words : row.starts ? say.theirs : say.unplaced, told);
  }
  async function takenOver(moves, remembered, reason, rows) {
    const sentences = rows.map(meanwhile);
    await refresh(null);
    if (!await ask({ heading: say.stale, sentences, yes: say.takeOver, no: say.leave })) return false;
    // Undone, it goes back to where they had put it.
    const was = Object.fromEntries(rows.map((row) => [row.session, theirs(row)]));
    const now = Object.fromEntries(rows.map((row) => [row.session, row.version]));
    return act(moves.map((one) => ({ ...one, version: now[one.session] ?? one.version })), () => remembered(was), reason);
  }

  /** Notes an act and its opposite, once it is done. */
  const noted = (back, forth) => (was = {}) => {
    kept.done.push({ back: back.map((one) => ({ ...one, to: one.session in was ? was[one.session] : one.to })), forth });
    kept.undone = [];
  };

  /** Does moves and remembers them with their opposites. */
  function perform(moves, reason) {
    const bare = (session, to) => ({ session, to });
    const back = moves.map(({ session }) => bare(session, stood(of(session))));
    const forth = moves.map(({ session, to }) => bare(session, to));
    return act(moves, noted(back, forth), reason);
  }
  /** Has the server work out where many go, and remembers it as any other act. */
  function reschedule(how, minutes, reason) {
    const items = chosen();
    const back = items.map((item) => ({ session: item.dataset.session, to: stood(item) }));
    const went = (_, sessions) => noted(back, sessions.map((row) => ({ session: row.id, to: stands(row) })))();
    return act({ how, minutes, sessions: back.map((one) => one.session) }, went, reason);
  }
  async function again(from, to, side, said) {
    const last = from.at(-1);
    if (!last || hold) return;
    const moves = last[side].map((one) => ({ ...one, version: kept.versions[one.session] }));
    const done = await act(moves, () => to.push(from.pop()));
    if (done) tell(said);
    // What somebody else's move stands against is not offered again.
    if (done === false) from.pop();
    keep();
  }
  const undo = () => again(kept.done, kept.undone, "back", say.undone);
  const redo = () => again(kept.undone, kept.done, "forth", say.redone);

  // ---- asking the person
  const dialog = one("[data-ask]");
  function ask({ heading, sentences, yes, no, reason }) {
    const [act, leave] = dialog.querySelectorAll("button");
    const why = dialog.querySelector("textarea");
    dialog.querySelector("h2").textContent = heading;
    dialog.querySelector("ul").replaceChildren(...sentences.map((textContent) => make("li", { textContent })));
    act.hidden = !yes;
    Object.assign(act, { textContent: yes ?? "" });
    Object.assign(leave, { textContent: no });
    why.closest(".field").hidden = !reason;
    Object.assign(why, { required: Boolean(reason), value: "" });
    dialog.returnValue = "no";
    dialog.showModal();
    return new Promise((answer) => {
      dialog.onclose = () => answer(dialog.returnValue === "yes" && (reason ? why.value.trim() : true));
    });
  }

  // ---- the same page, fetched anew
  async function refresh(theirs, address = location.href) {
    const number = ++asked;
    const answer = await quietly(fetch(address, { headers: { accept: "text/html" } }));
    if (!answer?.ok || number !== asked) return false;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("board");
    if (!next || number !== asked) return false;
    const items = () => [...root.querySelectorAll("[data-session]")];
    const before = new Map(items().map((item) => [item.dataset.session, `${item.dataset.room} ${item.dataset.starts}`]));
    const day = list().dataset.day;
    const ticked = chosen().map((item) => item.dataset.session);
    const focused = document.activeElement?.closest("[data-session]")?.dataset.session;
    const scrolls = ["grid", "waiting"].map((part) => [part, one(`[data-part=${part}]`)]).map(([part, from]) => [part, from.scrollLeft, from.scrollTop]);
    for (const part of root.querySelectorAll("[data-part]")) {
      const fresh = next.querySelector(`[data-part=${part.dataset.part}]`);
      if (fresh) part.replaceWith(document.adoptNode(fresh));
    }
    for (const [part, left, top] of scrolls) one(`[data-part=${part}]`).scrollTo(left, top);
    for (const id of ticked) of(id)?.querySelector("input")?.click();
    draft = next.dataset.draft;
    ready();
    if (focused && document.activeElement === document.body) of(focused)?.querySelector(".slot-title").focus();
    if (hold) {
      show();
      // What they moved may be in the way now, or no more.
      if (theirs) hold.day = null;
      shade();
    }
    if (theirs && day === list().dataset.day) {
      const moved = items().filter((item) => before.get(item.dataset.session) !== `${item.dataset.room} ${item.dataset.starts}`);
      for (const item of moved) item.classList.add("fresh");
      const told = moved.filter((item) => item.dataset.starts).slice(0, 3).map((item) => fill(say.theirs, words(item)));
      if (told.length) tell(told.join(" "));
    }
    return true;
  }
  async function follow() {
    if (document.hidden || dialog.open) return;
    const answer = await quietly(send("GET", api));
    if (answer?.ok && String(answer.body.draft) !== draft) await refresh(true);
  }

  // ---- what is held
  const rooms = () => list().dataset.rooms.split(",");
  const edges = () => [Number(list().dataset.first), Number(list().dataset.last)];
  const snap = Number(say.snap);
  const target = () => (hold.away ? hold.was : hold.out ? null : place(hold.room, plus(`${list().dataset.day}T00:00`, hold.minute)));

  function pick(item, by) {
    const { session, version, room, starts, minutes } = item.dataset;
    const [first, last] = edges();
    hold = {
      session, by, version: Number(version), length: Number(minutes), was: stood(item), title: titleOf(item), hue: item.classList[item.matches(".slot") ? 1 : 0],
      room: room || rooms()[0], minute: starts ? minuteOf(starts) : Math.min(Math.max(first, 9 * 60), last),
      out: false, away: by === "pointer", fresh: true, seen: null,
    };
    root.classList.toggle("is-moving", by === "pointer");
    show();
    shade();
    if (by === "keys") tell(fill(say.held, { title: hold.title, snap }));
  }
  /** Draws the ghost where it is held now. */
  function show() {
    root.querySelectorAll(".ghost").forEach((ghost) => ghost.remove());
    of(hold.session)?.classList.add("held");
    one("[data-part=waiting]").classList.toggle("onto", hold.out);
    const [first] = edges();
    const column = rooms().indexOf(hold.room) + 1;
    hold.ghost = null;
    if (!hold.out && !hold.away && column > 0) {
      const length = Math.max(1, Math.ceil(hold.length / STEP));
      const ghost = make("li", { className: `slot ghost ${hold.hue} b-${Math.max(0, Math.floor((hold.minute - first) / STEP))} l-${length} c-${column} ${hold.seen?.look ?? ""}` });
      ghost.setAttribute("aria-hidden", "true");
      ghost.append(make("p", { className: "slot-title", textContent: hold.title }));
      list().append(ghost);
      hold.ghost = ghost;
      if (hold.by === "keys") ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    note();
  }
  // ---- where it cannot go
  const minuteOn = (local) => (Date.parse(`${local}Z`) - Date.parse(`${list().dataset.day}T00:00Z`)) / 60000;
  /** Greys what the server says is not available on the day shown: asked once per day, drawn under what stands there. */
  async function shade() {
    const held = hold;
    const { day } = list().dataset;
    if (held.day !== day) {
      Object.assign(held, { day, busy: [] });
      const answer = await quietly(send("GET", `/api/v1/sessions/${held.session}/availability?day=${day}`));
      if (hold !== held || held.day !== day) return;
      const { everywhere = [], rooms = [] } = answer?.ok ? answer.body : {};
      held.busy = [...everywhere, ...rooms.flatMap(({ room, windows }) => windows.map((window) => ({ ...window, room })))];
    }
    root.querySelectorAll(".busy").forEach((item) => item.remove());
    const [first, last] = edges();
    const drawn = document.createDocumentFragment();
    for (const { from, until, room, severity } of held.busy) {
      const column = room ? rooms().indexOf(room) + 1 : "all";
      const end = (Math.min(minuteOn(until), last) - first) / STEP;
      for (let begin = Math.max(0, Math.floor((minuteOn(from) - first) / STEP)); column && begin < end; begin += LONGEST) {
        const item = make("li", { className: `busy ${severity} b-${begin} l-${Math.min(LONGEST, Math.ceil(end - begin))} c-${column}` });
        item.setAttribute("aria-hidden", "true");
        drawn.append(item);
      }
    }
    list().prepend(drawn);
    note();
  }
  const meets = ({ from, until, room }) => (!room || room === hold.room) && minuteOn(from) < hold.minute + hold.length && minuteOn(until) > hold.minute;
  const unavailable = () => !hold.out && !hold.away && (hold.busy ?? []).some(meets);

  function note() {
    const bar = one("[data-held]");
    bar.hidden = false;
    bar.classList.toggle("bad", hold.seen?.look === "bad");
    const keys = hold.by === "keys" && hold.fresh;
    const more = hold.seen ? hold.seen.sentences.join(" ") : unavailable() ? say.unavailable : "";
    bar.textContent = keys ? fill(say.held, { title: hold.title, snap }) : `${hold.title}: ${where()}. ${more}`;
  }
  const where = () => (target() ? `${roomName(target().room)}, ${clock(target().starts)}` : say.nowhere);
  function aim(change) {
    const at = () => `${hold.room} ${hold.minute} ${hold.out} ${hold.away}`;
    const before = at();
    Object.assign(hold, { out: false, away: false, ...change });
    if (before === at()) return;
    Object.assign(hold, { seen: null, fresh: false });
    show();
    clearTimeout(hold.wait);
    hold.wait = setTimeout(() => look(), CHECK_MS);
    if (hold.by === "keys") tell(unavailable() ? `${where()}. ${say.unavailable}` : where());
  }
  /** What would become of it where it is held: asked at most once per place. */
  async function look() {
    const held = hold;
    if (held.seen) return held.seen;
    const to = target();
    if (!to || held.away) return (held.seen = { look: "", sentences: [], refusing: [] });
    const at = JSON.stringify(to);
    const answer = await quietly(send("POST", `${api}/checks`, { moves: [{ session: held.session, version: held.version, to }] }));
    if (!answer?.ok) return null;
    const { refusal, conflicts, refusing, may_waive } = answer.body;
    const sentences = refusal ? [refusal.sentence] : conflicts.map((one) => one.sentence);
    const seen = { refusal, refusing, conflicts, may_waive, sentences, look: refusal || refusing.length ? "bad" : conflicts.length ? "warn" : "" };
    if (hold !== held || !target() || JSON.stringify(target()) !== at) return seen;
    held.seen = seen;
    held.ghost?.classList.remove("bad", "warn");
    if (seen.look) held.ghost?.classList.add(seen.look);
    note();
    if (held.by === "keys") tell(sentences.length ? sentences.join(" ") : say.free);
    return seen;
  }
  function release() {
    if (!hold) return;
    clearTimeout(hold.wait);
    root.querySelectorAll(".ghost, .busy").forEach((drawn) => drawn.remove());
    root.querySelectorAll(".held").forEach((item) => item.classList.remove("held"));
    one("[data-part=waiting]").classList.remove("onto");
    one("[data-held]").hidden = true;
    root.classList.remove("is-moving");
    hold = null;
  }
  async function drop() {
    const held = hold;
    const to = target();
    if (to?.room === held.was?.room && to?.starts === held.was?.starts) return giveUp();
    clearTimeout(held.wait);
    const seen = await look();
    if (hold !== held) return;
    const stale = seen?.refusal?.code === "stale";
    if (seen?.refusal && !stale) {
      await ask({ heading: say.refused, sentences: seen.sentences, no: say.leave });
      if (held.by === "pointer") giveUp();
      return;
    }
    let reason;
    if (seen?.refusing.length) {
      const sentences = seen.conflicts.filter((one) => seen.refusing.includes(one.key)).map((one) => one.sentence);
      reason = await ask({ heading: say.clash, sentences, yes: seen.may_waive && say.letStand, no: say.leave, reason: seen.may_waive });
      if (!reason) {
        if (held.by === "pointer") giveUp();
        return;
      }
    }
    const back = { session: held.session, to: held.was };
    const moves = [{ session: held.session, version: held.version, to }];
    release();
    const done = await act(moves, noted([back], [{ session: held.session, to }]), reason);
    const item = of(held.session);
    if (done) tell(to ? fill(say.dropped, { title: held.title, room: roomName(to.room), time: clock(to.starts) }) : fill(say.unplaced, held));
    else tell(fill(say.stays, held));
    if (held.by === "keys") item?.querySelector(".slot-title").focus();
  }
  function giveUp() {
    const held = hold;
    release();
    tell(fill(say.stays, held));
    if (held.by === "keys") of(held.session)?.querySelector(".slot-title").focus();
  }
  async function otherDay(step) {
    const days = [...root.querySelectorAll(".days a")];
    const next = days[days.findIndex((day) => day.hasAttribute("aria-current")) + step];
    if (next) await go(next.href);
  }
  async function go(address) {
    if (!await refresh(null, address)) return;
    history.replaceState(null, "", address);
    if (hold) {
      hold.seen = null;
      show();
      shade();
      look();
    }
  }

  // ---- keys
  const within = (minute) => Math.min(Math.max(minute, edges()[0]), edges()[1] - STEP);
  const keys = {
    ArrowUp: () => aim({ minute: within(Math.ceil(hold.minute / snap) * snap - snap) }),
    ArrowDown: () => aim({ minute: within(Math.floor(hold.minute / snap) * snap + snap) }),
    ArrowLeft: () => aim({ room: rooms()[Math.max(0, rooms().indexOf(hold.room) - 1)] }),
    ArrowRight: () => aim({ room: rooms()[Math.min(rooms().length - 1, rooms().indexOf(hold.room) + 1)] }),
    PageUp: () => otherDay(-1),
    PageDown: () => otherDay(1),
    Delete: () => aim({ out: true }),
    Enter: () => drop(),
    " ": () => drop(),
    Escape: () => giveUp(),
  };
  addEventListener("keydown", (event) => {
    if (dialog.open || event.altKey) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if ((event.ctrlKey || event.metaKey) && !typing && /^[zy]$/i.test(event.key)) {
      event.preventDefault();
      if (event.shiftKey || event.key.toLowerCase() === "y") redo();
      else undo();
    } else if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    } else if (hold && keys[event.key] && !typing) {
      event.preventDefault();
      keys[event.key]();
    } else if (!hold && (event.key === "Enter" || event.key === " ") && event.target.matches("[data-session] .slot-title")) {
      event.preventDefault();
      pick(event.target.closest("[data-session]"), "keys");
    }
  });

  // ---- the pointer
  let press = null;
  root.addEventListener("dragstart", (event) => event.preventDefault());
  root.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[data-session]");
    if (!item || event.button !== 0 || event.target.closest(".choose, .corner") || hold) return;
    const touch = event.pointerType === "touch";
    if (touch && !isDrawn()) return;
    press = { item: item.dataset.session, x: event.clientX, y: event.clientY, into: event.clientY - item.getBoundingClientRect().top, slot: item.matches(".slot"), touch };
    if (touch) press.long = setTimeout(() => { if (press && !hold) lift(); }, PRESS_MS);
  });
  /** A board is drawn as a grid where there is width for it; else it is a list, and moved by its forms. */
  const isDrawn = () => getComputedStyle(list()).display === "grid";
  function lift() {
    if (!of(press.item)) return;
    pick(of(press.item), "pointer");
    if (!press.slot) press.into = 10;
  }
  // A finger that rests picks up, one that moves at once scrolls: what is held is not scrolled away under it.
  root.addEventListener("touchmove", (event) => { if (hold?.by === "pointer") event.preventDefault(); }, { passive: false });
  root.addEventListener("contextmenu", (event) => { if (press?.touch) event.preventDefault(); });
  addEventListener("pointermove", (event) => {
    if (!press) return;
    if (!hold) {
      if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < 5) return;
      if (press.touch) return void forget();
      lift();
    }
    if (hold?.by === "pointer") point(event);
  });
  function point({ clientX: x, clientY: y }) {
    const under = document.elementFromPoint(x, y);
    const tab = under?.closest(".days a:not([aria-current])");
    if (tab?.href !== press.tab) {
      clearTimeout(press.wait);
      press.tab = tab?.href;
      if (tab) press.wait = setTimeout(() => hold && go(tab.href), DAY_MS);
    }
    if (under?.closest("[data-out]")) return aim({ out: true });
    const grid = list().getBoundingClientRect();
    const step = parseFloat(getComputedStyle(list()).gridAutoRows);
    const heads = [...root.querySelectorAll("[data-head]:not([data-head=''])")];
    const head = heads.find((head) => { const { left, right } = head.getBoundingClientRect(); return x >= left && x <= right + 4; });
    const frame = box().getBoundingClientRect();
    // Near its edges the board goes on; not on the way in from the list beside it.
    press.deep ||= x > frame.left + 160;
    if (box().matches(".many") && press.deep) box().scrollBy(x > frame.right - 30 ? 14 : x < frame.left + 90 ? -14 : 0, y > frame.bottom - 30 ? 14 : y < frame.top + 60 ? -14 : 0);
    if (y > innerHeight - 30 || y < 30) scrollBy(0, y < 30 ? -14 : 14);
    if (!head || !under?.closest("[data-part=grid]") || !(step > 0)) return aim({ away: true });
    const minute = edges()[0] + ((y - press.into - grid.top) / step) * STEP;
    aim({ room: head.dataset.head, minute: within(Math.round(minute / snap) * snap) });
  }
  function forget() {
    const was = press;
    clearTimeout(was?.wait);
    clearTimeout(was?.long);
    press = null;
    return was;
  }
  const up = (event) => {
    const was = forget();
    if (!was || hold?.by !== "pointer") return;
    // What was dragged is not clicked.
    const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
    addEventListener("click", swallow, true);
    setTimeout(() => removeEventListener("click", swallow, true), 0);
    if (event.type === "pointerup") drop();
    else giveUp();
  };
  addEventListener("pointerup", up);
  addEventListener("pointercancel", up);

  // ---- several at once
  const chosen = () => [...root.querySelectorAll(".choose input:checked")].map((box) => box.closest("[data-session]"));
  one("[data-bulk]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const items = chosen();
    const swaps = event.submitter?.hasAttribute("data-swap");
    if (swaps ? items.length !== 2 : items.length === 0) {
      await ask({ heading: say.refused, sentences: [swaps ? say.pickTwo : say.pickSome], no: say.leave });
      return;
    }
    const form = event.target.elements;
    const reason = form.reason.value.trim() || undefined;
    if (swaps) await perform(items.map((item, at) => move(item, place(items[1 - at].dataset.room, items[1 - at].dataset.starts))), reason);
    else await reschedule(event.submitter?.value || "later", Number(form.minutes.value) || 0, reason);
  });

  // ---- searching as one types
  one("[data-search]").addEventListener("input", filter);
  function filter() {
    const wanted = fold(one("[data-search]").value.trim());
    for (const item of root.querySelectorAll("[data-folded]")) item.classList.toggle("missed", !item.dataset.folded.includes(wanted));
  }

  // ---- what every fetched part is given
  function ready() {
    for (const link of root.querySelectorAll("[data-session] .slot-title")) {
      link.setAttribute("role", "button");
      link.setAttribute("aria-describedby", "board-help");
      link.draggable = false;
    }
    filter();
  }
  one("[data-undo]").hidden = false;
  one("[data-do=undo]").onclick = undo;
  one("[data-do=redo]").onclick = redo;
  ready();
  keep();
  setInterval(follow, POLL_MS);
}
