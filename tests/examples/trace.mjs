/** The page of `tapehead trace` in Chromium: it draws, follows keys and pointer, and looks as build/screenshots show. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch, openPage } from "./chromium.mjs";
import { watchErrors } from "./page.mjs";
import { soon } from "./soon.mjs";

const screenshots = fileURLToPath(new URL("../../build/screenshots/", import.meta.url));
const TEXT = "Neural Turing Machines";

/**
 * @param folder where the package is installed
 * @param executablePath of Chromium
 * @param check counts a claim and prints its line
 */
export async function checkTrace(folder, executablePath, check) {
  await mkdir(screenshots, { recursive: true });
  const home = join(folder, "node_modules/tapehead");
  const file = join(folder, "trace.html");
  const model = join(home, "checkpoints/copy.safetensors");
  execFileSync(process.execPath, [join(home, "dist/cli.js"), "trace", model, TEXT, "--out", file]);
  const browser = await launch(executablePath);
  try {
    for (const [colorScheme, width] of [
      ["light", 1440],
      ["dark", 1440],
      ["light", 375],
    ]) {
      const page = await openPage(browser, { viewport: { width, height: 900 }, colorScheme, deviceScaleFactor: 2 });
      await check(`trace: ${colorScheme}, ${width} wide`, () => checkLook(page, pathToFileURL(file).href, width));
      await page.screenshot({ path: join(screenshots, `trace-${colorScheme}-${width}.png`), fullPage: true });
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

async function checkLook(page, url, width) {
  const errors = watchErrors(page);
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url);
  const says = (id) => page.locator(id).textContent();

  // It starts where the first answer is due.
  assert.match(await says("#now"), /^24 of 45: out “N”, all right$/);
  await page.keyboard.press("ArrowRight");
  assert.match(await says("#now"), /^25 of 45: out “e”/);
  assert.equal(await says("#memory-step"), "25");
  await page.keyboard.press("Home");
  assert.match(await says("#now"), /^1 of 45: in “N”$/);
  await page.locator("#on").click();
  assert.equal(await page.locator("#step").inputValue(), "1");

  // A pointer chooses the step and reads the value under it: bit 0 of "u" is 1, at step 3.
  const inputs = page.locator("[data-plot='0'] .picture");
  const box = await inputs.boundingBox();
  await soon(async () => {
    await inputs.hover({ position: { x: (2.5 / 45) * box.width, y: (0.5 / 9) * box.height } });
    assert.match(await says("#now"), /^3 of 45: in “u”$/);
    assert.equal(await page.locator("[data-plot='0'] output").textContent(), "channel 0: 1.00");
  });

  // The first bits of the text, from the pixels: "N" is 01001110, lowest bit at the top.
  const column = await page.evaluate(() => {
    const canvas = document.querySelector("[data-plot='0'] canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, 1, 9);
    return Array.from({ length: 9 }, (_, i) => data.slice(4 * i, 4 * i + 3).join());
  });
  const bits = [0, 1, 1, 1, 0, 0, 1, 0, 0];
  const [zero, one] = [column[0], column[1]];
  assert.notEqual(zero, one);
  assert.deepEqual(
    column,
    bits.map((bit) => (bit ? one : zero)),
  );

  // What is on the time axis is under each other.
  const lefts = await page
    .locator(".picture")
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().left));
  assert.ok(lefts.length > 15);
  assert.equal(new Set(lefts.map(Math.round)).size, 1);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${overflow} pixels too wide at ${width}`);
  assert.deepEqual(requests, [url]);
  assert.deepEqual(errors, []);
}
