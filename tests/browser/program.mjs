// The program under test, on ports and data folders of its own, and a mail server that keeps what it receives.

import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const START_MS = 300_000;
const LETTER_MS = 30_000;
const running = new Set();
const folders = new Set();

/** A new data folder, removed at the end. */
export function dataFolder() {
  const folder = mkdtempSync(join(tmpdir(), "hemicycle-browser-"));
  folders.add(folder);
  return folder;
}

/** A port nobody listens on. */
export async function freePort() {
  const server = createServer();
  await new Promise((done, fail) => server.once("error", fail).listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Settings come from here alone: a variable of ours that the shell has would stop the start or change it. */
function environment(settings) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("HEMICYCLE_"));
  return { ...Object.fromEntries(inherited), ...settings };
}

/** Runs a command that ends, and answers what it printed. */
export async function command(program, args, settings = {}) {
  const ended = await promisify(execFile)(program, args, { env: environment(settings), timeout: START_MS });
  return ended.stdout;
}

/** Starts a server and waits until it is ready; answers its address. */
export async function serve(program, args, settings = {}) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(program, [...args, "--addr", `127.0.0.1:${port}`], {
    env: environment({ HEMICYCLE_LOG_LEVEL: "warn", ...settings }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const server = { origin, child, log: "" };
  running.add(child);
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (server.log += text));
  child.once("exit", () => running.delete(child));
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`${args[0]} ended with ${child.exitCode}:\n${server.log}`);
    const ready = await fetch(`${origin}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) return server;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${args[0]} is not ready after ${START_MS / 1000} s:\n${server.log}`);
}

/** Ends what was started and removes its data. */
export async function stopAll() {
  const ends = [...running].map((child) => new Promise((done) => {
    const impatient = setTimeout(() => child.kill("SIGKILL"), 5_000);
    child.once("exit", () => (clearTimeout(impatient), done()));
    child.kill("SIGTERM");
  }));
  await Promise.all(ends);
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
}

/** Ends what was started without waiting: for the last moment of this process. */
export function killAll() {
  running.forEach((child) => child.kill("SIGKILL"));
}

/** A mail server on a port of its own that keeps every letter. */
export async function mailbox() {
  const { SMTPServer } = await import("smtp-server");
  const letters = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    onData(stream, session, done) {
      const parts = [];
      stream.on("data", (part) => parts.push(part));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map((recipient) => recipient.address);
        letters.push({ to, text: plainText(Buffer.concat(parts).toString("latin1")) });
        done();
      });
    },
  });
  await new Promise((ready, fail) => {
    server.once("error", fail);
    server.listen(0, "127.0.0.1", ready);
  });
  const { port } = server.server.address();

  /** The first letter to this address, after so many letters, whose text fits. */
  async function letter(to, after, fits) {
    const until = Date.now() + LETTER_MS;
    while (Date.now() < until) {
      const found = letters.slice(after).find((one) => one.to.includes(to) && fits.test(one.text));
      if (found) return found.text;
      await new Promise((done) => setTimeout(done, 100));
    }
    const known = letters.map((one) => `to ${one.to}: ${one.text.slice(0, 200)}`).join("\n");
    throw new Error(`no letter to ${to} within ${LETTER_MS / 1000} s; there are:\n${known}`);
  }
  const CODE = /(?<!\d)(\d{3}) ?(\d{3})(?!\d)/;
  return {
    port,
    letters,
    letter,
    /** The six digits in the first letter to this address after so many letters. */
    code: async (to, after = 0) => CODE.exec(await letter(to, after, CODE)).slice(1).join(""),
    stop: () => new Promise((done) => server.close(done)),
  };
}

/** The plain text of a message, of its first part that is plain text when it has parts. */
function plainText(message) {
  const [head, ...rest] = message.split(/\r?\n\r?\n/);
  const body = rest.join("\n\n");
  const unfolded = head.replace(/\r?\n[ \t]+/g, " ");
  const header = (name) => new RegExp(`^${name}:\\s*(.*)$`, "im").exec(unfolded)?.[1] ?? "";
  const boundary = /boundary="?([^";]+)"?/i.exec(header("content-type"))?.[1];
  if (boundary) {
    const parts = body.split(`--${boundary}`).map((part) => part.replace(/^\r?\n/, ""));
    return parts.filter((part) => /^content-type:\s*(text\/plain|multipart\/)/im.test(part)).map(plainText).join("\n");
  }
  return decoded(body, header("content-transfer-encoding").trim().toLowerCase());
}

function decoded(body, encoding) {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return Buffer.from(body, "latin1").toString("utf8");
  const joined = body.replace(/=\r?\n/g, "");
  const bytes = joined.replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
