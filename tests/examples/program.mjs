/** Pages with programs over tables in Chromium: a step that is pointed at is lit, and nothing of it needs a script. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch, openPage } from "./chromium.mjs";
import { watchErrors } from "./page.mjs";
import { soon } from "./soon.mjs";

const screenshots = fileURLToPath(new URL("../../build/screenshots/", import.meta.url));

const COLUMNS = ["City", "Country", "Population", "Area", "Rivers", "Founded", "Mayor", "Twin"];
const CITIES = Array.from({ length: 40 }, (_, i) =>
  ["Bern", "Oslo", "São Paulo", "Rome"]
    .map((name) => `${name} ${i + 1}`)
    .concat([i * 250_000 + 1, i % 7, i % 3, 1200 + i].map(String)),
).map(([city, country, mayor, twin, population, area, rivers, founded]) => [
  city,
  country,
  population,
  area,
  rivers,
  founded,
  mayor,
  twin,
]);

/** What nobody has trained, so that every kind of cell is there: 15 operations, 12 columns, and a step that does not matter. */
const wide = {
  question: [
    { text: "which" },
    { text: "splendid", role: "ignored" },
    { text: "City", role: "column" },
    { text: "was" },
    { text: "founded" },
    { text: "after" },
    { text: "1205", role: "number" },
    { text: "and" },
    { text: "before" },
    { text: "1210", role: "number" },
    { text: "in", role: "ignored" },
    { text: "Rome?", role: "entry" },
  ],
  operations: [
    "count",
    "print",
    "previous",
    "next",
    "reset",
    "first",
    "last",
    "max",
    "min",
    "mostFrequent",
    "greater",
    "lesser",
    "atLeast",
    "atMost",
    "select",
  ],
  pivots: [1205, 1210],
  table: { header: COLUMNS, rows: CITIES },
  steps: [4, 10, 11, 1].map((operation, t) => ({
    operations: Array.from({ length: 15 }, (_, i) => (i === operation ? 0.72 : 0.02)),
    columns: COLUMNS.map((_, i) => (i === (t === 3 ? 0 : 5) ? 0.65 : 0.05)),
    ...((t === 1 || t === 2) && { pivots: t === 1 ? [0.9, 0.1] : [0.2, 0.8] }),
    ...(t < 3 && {
      selected: CITIES.map((_, row) => (t === 0 ? 1 : t === 1 ? Number(row > 5) : row > 5 && row < 10 ? 0.8 : 0.1)),
    }),
    hasColumn: t > 0,
    isUsed: t > 0,
  })),
  answer: { items: ["Bern 7", "Bern 8"], printed: { column: 0, rows: [6, 7, 35] } },
  probability: 0.41,
};

/**
 * @param folder where the package is installed
 * @param executablePath of Chromium
 * @param check counts a claim and prints its line
 */
export async function checkProgram(folder, executablePath, check) {
  await mkdir(screenshots, { recursive: true });
  const home = join(folder, "node_modules/tapehead");
  const { programPage } = await import(pathToFileURL(join(home, "dist/trace.js")).href);
  await writeFile(join(folder, "program.html"), programPage(wide));
  await writeFile(join(folder, "cities.csv"), "City,Population\nBerlin,3645000\nVienna,1897000\nBasel,n/a\n");
  const ask = ["ask", "cities.csv", "how many cities have a population above 1,000,000?", "--trace", "asked.html"];
  execFileSync(process.execPath, [join(home, "dist/cli.js"), ...ask], { cwd: folder });
  const browser = await launch(executablePath);
  try {
    for (const [name, steps] of [
      ["program", 4],
      ["asked", 6],
    ]) {
      for (const [colorScheme, width] of [
        ["light", 1440],
        ["dark", 1440],
        ["light", 375],
        ["dark", 375],
      ]) {
        const viewport = { width, height: 900 };
        const hasTouch = width < 500;
        const context = await browser.newContext({
          viewport,
          colorScheme,
          javaScriptEnabled: false,
          hasTouch,
          deviceScaleFactor: 2,
        });
        const page = await openPage(context);
        const url = pathToFileURL(join(folder, `${name}.html`)).href;
        await check(`program: ${name}, ${colorScheme}, ${width} wide`, () =>
          checkLook(page, url, { width, hasTouch, steps }),
        );
        await page.screenshot({ path: join(screenshots, `${name}-${colorScheme}-${width}.png`), fullPage: true });
        await context.close();
      }
    }
  } finally {
    await browser.close();
  }
}

async function checkLook(page, url, { width, hasTouch, steps }) {
  const errors = watchErrors(page);
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url);
  assert.equal(await page.locator(".lines li").count(), steps);
  const rows = page.locator(".choices tr:not(.group):has(td)");
  const isChosen = await rows.locator("td").evaluateAll((all) => all.map((each) => each.classList.contains("best")));
  /** Steps whose numbers are all to be seen, or only those that were chosen. */
  const shows = (step) =>
    soon(async () => {
      const seen = await rows
        .locator("td")
        .evaluateAll((all) =>
          all.map((each) => each.firstElementChild && getComputedStyle(each.firstElementChild).opacity === "1"),
        );
      seen.forEach((is, i) => {
        if (is !== null) assert.equal(is, isChosen[i] || i % steps === step - 1, `cell ${i}`);
      });
    });
  const lit = (locator) => locator.evaluate((each) => getComputedStyle(each).backgroundImage !== "none");
  const away = () => page.mouse.move(1, 1);

  await shows(0);
  await soon(async () => {
    await page.locator(".lines .s2").hover();
    assert.ok(await lit(page.locator(".choices th.s2")));
    assert.ok(await lit(page.locator(".rows th.s2")));
    assert.ok(!(await lit(page.locator(".rows th.s1"))));
  });
  await shows(2);
  await away();
  await shows(0);
  // The keyboard and a finger do the same with the numbers of steps.
  await page.locator(".choices th.s3").focus();
  await shows(3);
  if (hasTouch) {
    await page.locator(".choices th.s4").tap();
    await shows(4);
  }
  await page.locator(".choices th.s4").evaluate((each) => each.blur());
  await away();

  // A cell shows its own number, and everything that belongs to its step is lit.
  const cell = rows.nth(1).locator("td").nth(1);
  await soon(async () => {
    await cell.hover();
    assert.equal(await cell.locator("span").evaluate((each) => getComputedStyle(each).opacity), "1");
    assert.ok(await lit(page.locator(".lines .s2")));
  });
  await away();

  // Strips stay where they are when the table is moved beneath them.
  const strip = page.locator(".rows td.s2").first();
  const { x } = await strip.boundingBox();
  await page.locator(".scroll:has(.rows)").evaluate((each) => (each.scrollLeft = 60));
  await soon(async () => assert.equal((await strip.boundingBox()).x, x));
  await page.locator(".scroll:has(.rows)").evaluate((each) => (each.scrollLeft = 0));

  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${overflow} pixels too wide at ${width}`);
  assert.deepEqual(requests, [url]);
  assert.deepEqual(errors, []);
}
