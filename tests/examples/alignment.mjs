/** Pages with alignments in Chromium: what is pointed at keeps its lines, with a script and without. */
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch, openPage } from "./chromium.mjs";
import { watchErrors } from "./page.mjs";
import { soon } from "./soon.mjs";

const screenshots = fileURLToPath(new URL("../../build/screenshots/", import.meta.url));

/** Figure 3 of Bahdanau, Cho & Bengio 2015, near enough. */
const ENGLISH = "the agreement on the European Economic Area was signed in August 1992 . <end>".split(" ");
const FRENCH = "L' accord sur la zone économique européenne a été signé en août 1992 . <end>".split(" ");
const FROM = [0, 1, 2, 3, 6, 5, 4, 7, 7, 8, 9, 10, 11, 12, 13];
const sentence = {
  sources: ENGLISH,
  targets: FRENCH,
  weights: FROM.map((from) => {
    const near = ENGLISH.map((_, j) => ({ 0: 0.8, 1: 0.08, 2: 0.02 })[Math.abs(j - from)] ?? 0);
    const sum = near.reduce((a, b) => a + b);
    return near.map((weight) => weight / sum);
  }),
};

const POINTS = [
  [0.1, 0.2],
  [0.9, 0.1],
  [0.5, 0.5],
  [0.8, 0.9],
  [0.2, 0.7],
];
const HULL = [0, 1, 3, 4, 0, -1];
const hull = {
  sources: ["1", "2", "3", "4", "5"],
  targets: [...HULL.slice(0, -1).map((i) => String(i + 1)), "<end>"],
  order: HULL,
  points: POINTS,
  weights: HULL.map((at) => POINTS.map((_, j) => (at < 0 ? 0.2 : j === at ? 0.8 : 0.05))),
};

const characters = [..."abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefgh"];
const many = {
  sources: characters,
  targets: characters.toReversed(),
  weights: characters.map((_, i) => characters.map((_, j) => (i + j === characters.length - 1 ? 0.9 : 0.001))),
};

/**
 * @param folder where the package is installed
 * @param executablePath of Chromium
 * @param check counts a claim and prints its line
 */
export async function checkAlignment(folder, executablePath, check) {
  await mkdir(screenshots, { recursive: true });
  const { alignmentPage } = await import(pathToFileURL(join(folder, "node_modules/tapehead/dist/trace.js")).href);
  const browser = await launch(executablePath);
  try {
    for (const [name, alignment] of Object.entries({ sentence, hull, many })) {
      const file = join(folder, `${name}.html`);
      await writeFile(file, alignmentPage(alignment));
      const url = pathToFileURL(file).href;
      for (const [colorScheme, width, javaScriptEnabled] of [
        ["light", 1440, true],
        ["dark", 1440, false],
        ["light", 375, true],
      ]) {
        const viewport = { width, height: 900 };
        const hasTouch = width < 500;
        const context = await browser.newContext({
          viewport,
          colorScheme,
          javaScriptEnabled,
          hasTouch,
          deviceScaleFactor: 2,
        });
        const page = await openPage(context);
        const how = `${colorScheme}, ${width} wide${javaScriptEnabled ? "" : ", no script"}`;
        await check(`alignment: ${name}, ${how}`, () =>
          checkLook(page, url, alignment, { width, javaScriptEnabled, hasTouch }),
        );
        await page.screenshot({ path: join(screenshots, `${name}-${colorScheme}-${width}.png`), fullPage: true });
        await context.close();
      }
    }
  } finally {
    await browser.close();
  }
}

async function checkLook(page, url, { sources, targets, points }, { width, javaScriptEnabled, hasTouch }) {
  const errors = watchErrors(page);
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url);
  const isSeen = (locator) =>
    locator.evaluateAll((all) => all.map((each) => getComputedStyle(each).visibility !== "hidden"));
  const sees = (locator, expected) => soon(async () => assert.deepEqual(await isSeen(locator), expected));
  const only = (count, index) => Array.from({ length: count }, (_, i) => i === index);
  const [said, read, steps] = ["target", "source", "step"].map((kind) => page.locator(`.${kind} > .links`));
  const away = () => page.mouse.move(1, 1);

  // At first all lines are there, once.
  await sees(
    said,
    targets.map(() => true),
  );
  await sees(
    read,
    sources.map(() => false),
  );

  await page.locator(".target > rect").nth(1).hover();
  await sees(said, only(targets.length, 1));
  await page.locator(".target .links text").first().waitFor({ state: "hidden" });
  await page.locator(".target:nth-child(2) .links text").first().waitFor({ state: "visible" });
  await page.locator(".source > rect").nth(2).hover();
  await sees(
    said,
    targets.map(() => false),
  );
  await sees(read, only(sources.length, 2));
  await away();
  await sees(
    said,
    targets.map(() => true),
  );

  if (hasTouch) {
    await page.locator(".target > rect").nth(3).tap();
    await sees(said, only(targets.length, 3));
    await page.locator(".panel h2").first().tap();
    await sees(
      said,
      targets.map(() => true),
    );
  }

  // The keyboard does the same.
  await page.locator(".target").nth(2).focus();
  await sees(said, only(targets.length, 2));
  if (javaScriptEnabled) {
    await page.keyboard.press("ArrowRight");
    await sees(said, only(targets.length, 3));
    await page.keyboard.press("ArrowDown");
    await sees(read, only(sources.length, 3));
    assert.equal(await page.locator(".source[tabindex='0']").count(), 1);
    await page.keyboard.press("Escape");
    await sees(
      said,
      targets.map(() => true),
    );
  }

  // A cell shows its number, and with a script its symbols everywhere.
  const cell = page.locator(".weights tbody tr").nth(1).locator("td").nth(0);
  const number = cell.locator("span");
  await soon(async () => {
    await cell.hover();
    assert.equal(await number.evaluate((each) => getComputedStyle(each).opacity), "1");
  });
  if (javaScriptEnabled) {
    const now = `“${targets[1]}” reads “${sources[0]}”: ${await number.textContent()}`;
    await soon(async () => assert.equal(await page.locator(".now").textContent(), now));
    await sees(said, only(targets.length, 1));
  }
  await away();

  if (points) {
    await sees(
      steps,
      targets.map(() => false),
    );
    await page.locator(".step > rect").nth(2).hover();
    await sees(steps, only(targets.length, 2));
    await page.locator(".step .hit").nth(3).hover();
    await sees(steps, only(targets.length, 3));
    await away();
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${overflow} pixels too wide at ${width}`);
  assert.deepEqual(requests, [url]);
  assert.deepEqual(errors, []);
}
