/** Checks, one after the other, a line each; and how many there were of each kind. */
const counts = { passed: 0, failed: 0, skipped: 0 };

/** Runs a check. What it returns is a remark for its line. */
export async function check(name, test) {
  const begin = performance.now();
  const line = (mark, remark) => {
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    console.log(`${mark} ${name}${remark ? `: ${remark}` : ""} (${seconds} s)`);
  };
  try {
    line("✓", await test());
    ++counts.passed;
  } catch (error) {
    line("✗");
    console.log(String(error?.stack ?? error).replace(/^/gm, "    "));
    ++counts.failed;
  }
}

/** Counts a check that cannot be made here. */
export function skip(name, reason) {
  ++counts.skipped;
  console.log(`- ${name}: skipped, ${reason}`);
}

/** Writes the last line, and says whether all is well. */
export function report() {
  const { passed, failed, skipped } = counts;
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
  return failed === 0 && passed > 0;
}
