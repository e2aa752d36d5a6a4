/** The page that plays Connect Four, in Chromium: by the keyboard and by clicks, and what it thinks of moves. */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, openPage } from "./chromium.mjs";
import { serve, watchErrors } from "./page.mjs";

const screenshots = fileURLToPath(new URL("../../build/screenshots/", import.meta.url));
const POLL = { polling: 100 };

export async function checkConnectFour(folder, executablePath, check) {
  await mkdir(screenshots, { recursive: true });
  const server = await serve(folder, []);
  const browser = await launch(executablePath);
  try {
    await checkGame(browser, server, check);
    await checkEnds(browser, server, check);
    await checkSmallScreen(browser, server, check);
  } finally {
    await browser.close();
    server.stop();
  }
}

/** A few moves by the keyboard alone. */
async function checkGame(browser, { url }, check) {
  const page = await openPage(browser, { viewport: { width: 1280, height: 900 }, colorScheme: "light" });
  const errors = watchErrors(page);
  await open(page, url);
  await check("answers a move of the keyboard, and says what it expects", async () => {
    await page.keyboard.press("4");
    const said = await status(page, "^It plays [1-7] and expects [+−][01]\\.\\d\\d\\. Your move\\.$");
    assert.equal(await stones(page), 2);
    return said;
  });
  await check("says what it thinks of each move, and marks the one that it played", async () => {
    const rows = await page.locator("#thoughts tr").allTextContents();
    assert.equal(rows.length, 7);
    const shares = rows.map((row) => Number(/^\d(\d+)%/.exec(row)[1]));
    const sum = shares.reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - 100) <= 4, `${sum}% of the search`);
    const best = await page.locator("#thoughts tr.best th").textContent();
    assert.match(await page.locator("#status").textContent(), new RegExp(`^It plays ${best} `));
    assert.equal(await page.locator("#about").textContent(), "What it thinks of its moves");
  });
  await check("goes from column to column by arrows, and drops by Enter", async () => {
    await page.locator(".column").nth(3).focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    const focused = () => document.activeElement.getAttribute("aria-label");
    assert.equal(await page.evaluate(focused), "Column 2: empty");
    await page.keyboard.press("Enter");
    await count(page, 4);
    assert.match(await page.evaluate(focused), /^Column 2: yours/);
  });
  await check("gives a hint for the person's move", async () => {
    await page.keyboard.press("h");
    const said = await status(page, "^It would play [1-7], and expect [+−][01]\\.\\d\\d in your place\\.$");
    assert.equal(await page.locator("#about").textContent(), "What it thinks of your moves");
    assert.equal(await page.locator(".column.best").count(), 1);
    await page.screenshot({ path: join(screenshots, "connect-four.png"), fullPage: true });
    return said;
  });
  await check("takes moves back, and begins anew as the second player", async () => {
    await page.keyboard.press("u");
    await count(page, 2);
    await page.locator("#side").selectOption("second");
    await status(page, "^It plays [1-7] and expects .* Your move\\.$");
    assert.equal(await stones(page), 1);
    await page.keyboard.press("u");
    await status(page, "^There is no move of yours to take back\\.$");
    await page.locator("#simulations").selectOption("1 position");
    await page.locator(".column").first().click();
    await count(page, 3);
  });
  await check("no errors", () => assert.deepEqual(errors, []));
  await page.close();
}

/** Positions in the address: won, lost, full, impossible. */
async function checkEnds(browser, { url }, check) {
  const page = await openPage(browser);
  const errors = watchErrors(page);
  await check("wins where it can at once, and marks the four", async () => {
    await open(page, `${url}?moves=142434`);
    await page.keyboard.press("3");
    await status(page, "^It plays 4 and expects \\+.* It has four in a line, and wins\\.$");
    assert.equal(await page.locator(".square.won").count(), 4);
  });
  await check("says that the person has won, and lets a last move be taken back", async () => {
    await open(page, `${url}?moves=414243`);
    await page.keyboard.press("4");
    await status(page, "^You have four in a line, and win\\.$");
    await page.keyboard.press("5");
    await status(page, "^The game is over");
    await page.locator("#back").click();
    await status(page, "^Your move\\.$");
    assert.equal(await stones(page), 6);
  });
  await check("refuses a full column, and a position that cannot arise, and says why", async () => {
    await open(page, `${url}?moves=444444`);
    await page.keyboard.press("4");
    await status(page, "^4 is no move here: columns with room are 1, 2, 3, 5, 6, 7\\.$");
    await page.keyboard.press("9");
    await status(page, "^9 is no move here");
    await open(page, `${url}?moves=4444444`);
    await status(page, 'The position "4444444" cannot arise: move 7 is "4", but this column is full');
    assert.equal(await stones(page), 0);
  });
  await check("no errors at the ends", () => assert.deepEqual(errors, []));
  await page.close();
}

async function checkSmallScreen(browser, { url }, check) {
  const options = { viewport: { width: 375, height: 800 }, colorScheme: "dark", deviceScaleFactor: 2 };
  const page = await openPage(browser, options);
  await check("fits a small screen", async () => {
    await open(page, `${url}?moves=44343`);
    await status(page, "^It plays ");
    await page.screenshot({ path: join(screenshots, "connect-four-375-dark.png"), fullPage: true });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} pixels too wide`);
  });
  await page.close();
}

async function open(page, url) {
  await page.goto(url);
  await page.locator("#anew:not(:disabled)").waitFor();
}

/** The status, once it is as it should be. */
async function status(page, pattern) {
  await page.waitForFunction(
    (text) => new RegExp(text).test(document.getElementById("status").textContent),
    pattern,
    POLL,
  );
  return page.locator("#status").textContent();
}

const stones = (page) => page.locator(".square.first, .square.second").count();

/** Waits until so many stones are on the board, and it is the person's move. */
async function count(page, wanted) {
  await page.waitForFunction(
    (n) =>
      document.querySelectorAll(".square.first, .square.second").length === n &&
      document.getElementById("status").textContent.includes("Your move."),
    wanted,
    POLL,
  );
}
