// Runs tests one after the other, tells how each went, and closes with one line that counts them.

const results = { passed: 0, failed: 0 };

/** Runs one test; a failure is told and counted, and the next test still runs. Answers whether it passed. */
export async function test(name, run) {
  const begun = performance.now();
  const took = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  try {
    await run();
    results.passed += 1;
    console.log(`ok      ${name} (${took()})`);
    return true;
  } catch (error) {
    results.failed += 1;
    console.log(`FAILED  ${name} (${took()})`);
    console.log(String(error?.stack ?? error).replace(/^/gm, "        "));
    return false;
  }
}

/** Says why nothing was run; that is no failure. */
export function skipAll(why) {
  console.log(`skipped the browser tests: ${why}`);
  console.log("0 passed, 0 failed");
}

/** Prints the closing line and answers the exit code. */
export function close() {
  console.log(`${results.passed} passed, ${results.failed} failed`);
  return results.failed === 0 ? 0 : 1;
}

/** Fails with this sentence unless it holds. */
export function check(holds, sentence) {
  if (!holds) throw new Error(sentence);
}

/** Fails with all of these sentences unless there are none. */
export function checkNone(sentences, about) {
  const most = 25;
  if (sentences.length === 0) return;
  const shown = sentences.slice(0, most).join("\n  ");
  const rest = sentences.length > most ? `\n  and ${sentences.length - most} more` : "";
  throw new Error(`${about}:\n  ${shown}${rest}`);
}
