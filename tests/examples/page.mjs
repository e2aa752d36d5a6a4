/** The page in Chromium: it learns, stays responsive, and looks as the screenshots in build/screenshots show. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { launch, openPage } from "./chromium.mjs";

const screenshots = fileURLToPath(new URL("../../build/screenshots/", import.meta.url));

/** Wrong bits a sequence that the page must get under, and the sequences that it may take; it is far faster than that. */
const LEARNED = 0.1;
const PATIENCE = 64_000;

/**
 * @param executablePath of Chromium
 * @param check counts a claim and prints its line
 */
export async function checkPage(folder, executablePath, check) {
  await mkdir(screenshots, { recursive: true });
  const browser = await launch(executablePath);
  try {
    for (const isolated of [true, false]) {
      const server = await serve(folder, isolated ? [] : ["--plain"]);
      try {
        await checkLearning(browser, server, { isolated, folder, check });
        if (isolated) await checkLooks(browser, server, check);
      } finally {
        server.stop();
      }
    }
  } finally {
    await browser.close();
  }
}

async function checkLearning(browser, { url }, { isolated, folder, check }) {
  const where = isolated ? "with COOP and COEP" : "without COOP and COEP";
  const page = await openPage(browser, { viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  const errors = watchErrors(page);
  let idle;
  await page.goto(url);
  await page.locator("#toggle:not(:disabled)").waitFor();

  await check(`${where}: starts`, async () => {
    assert.equal(await page.evaluate(() => crossOriginIsolated), isolated);
    const threads = Number(await page.locator("#threads").textContent());
    assert.ok(threads >= 1);
    return `${threads} ${threads === 1 ? "thread" : "threads"}`;
  });
  await check(`${where}: learns`, async () => {
    await page.evaluate(watchFrames);
    await page.waitForTimeout(3000);
    idle = await page.evaluate(() => window.frameStatistics());
    await page.locator("#toggle").click();
    const learned = await page.waitForFunction(
      ({ LEARNED, PATIENCE }) => {
        const number = (id) => Number(document.getElementById(id).value.replaceAll(",", ""));
        const [wrong, seen] = [number("wrong"), number("seen")];
        return (wrong < LEARNED && { wrong, seen }) || (seen > PATIENCE && { wrong, seen });
      },
      { LEARNED, PATIENCE },
      { polling: 100 },
    );
    const { wrong, seen } = await learned.jsonValue();
    assert.ok(wrong < LEARNED, `${wrong} wrong bits after ${seen} sequences`);
    return `${wrong} wrong bits a sequence after ${seen} sequences`;
  });
  await check(`${where}: stays responsive`, async () => {
    const busy = await page.evaluate(() => window.frameStatistics());
    assert.ok(busy.frames > 20, `${busy.frames} frames`);
    return `${describe(busy)} (in 3 s before training: ${describe(idle)})`;
  });
  await check(`${where}: copies a sequence that it has not seen`, async () => {
    await page.locator("#toggle").click();
    await page.locator("#another").click();
    assert.match(await page.locator("#verdict").textContent(), /^(All 160 bits are right|\d of 160 bits are wrong)$/);
  });
  await check(`${where}: saves a model that the command line runs`, async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save").click()]);
    const file = join(folder, download.suggestedFilename());
    await download.saveAs(file);
    const cli = join(folder, "node_modules/tapehead/dist/cli.js");
    const output = execFileSync(process.execPath, [cli, "run", file, "--piece", "10", "--json", "from a page"]);
    const { wrongBits } = JSON.parse(output);
    assert.ok(wrongBits <= 4, `${wrongBits} wrong bits`);
    return `${(await readFile(file)).length} bytes`;
  });
  await check(`${where}: starts anew with a seed`, async () => {
    await page.locator("#seed").fill("5");
    await page.locator("#reset").click();
    await page.getByText("it has learned nothing yet").waitFor();
    assert.equal(await page.locator("#seen").textContent(), "0");
    await page.locator("h1").click();
    await page.keyboard.press("Space");
    await page.waitForFunction(() => document.getElementById("seen").value !== "0");
    await page.keyboard.press("Space");
    assert.ok(await standsStill(page.locator("#seen")), "it trains on in a pause");
    await page.locator("#seed").fill("-1");
    await page.locator("#reset").click();
    assert.match(await page.locator("#status").textContent(), /whole number/);
  });
  await check(`${where}: no errors`, () => assert.deepEqual(errors, []));
  await page.close();
}

/** Screenshots to look at, and what a machine can say of looks. */
async function checkLooks(browser, { url }, check) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 375]) {
      await check(`looks right: ${colorScheme}, ${width} wide`, async () => {
        const options = {
          viewport: { width, height: 900 },
          colorScheme,
          reducedMotion: "reduce",
          deviceScaleFactor: 2,
        };
        const page = await openPage(browser, options);
        const errors = watchErrors(page);
        await page.goto(url);
        await page.locator("#toggle:not(:disabled)").click();
        for (const [name, sequences] of [
          ["learning", 3_000],
          ["learned", 30_000],
        ]) {
          await page.waitForFunction(
            (least) => Number(document.getElementById("seen").value.replaceAll(",", "")) > least,
            sequences,
            { polling: 100 },
          );
          if (name === "learning" && width < 1280) continue;
          await page.screenshot({ path: join(screenshots, `${colorScheme}-${width}-${name}.png`), fullPage: true });
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${overflow} pixels too wide`);
        assert.deepEqual(errors, []);
        await page.close();
      });
    }
  }
}

/** Whether a text stops changing: the step that was on its way when the pause came is still shown. */
async function standsStill(locator) {
  let last;
  for (let i = 0; i < 10; ++i) {
    const text = await locator.textContent();
    if (text === last) return true;
    last = text;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return false;
}

/** In the page: the time between frames, and tasks that took more than 50 ms. */
function watchFrames() {
  const gaps = [];
  const tasks = [];
  let last = performance.now();
  const frame = (now) => {
    gaps.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: "longtask",
  });
  /** Since it was last asked. */
  window.frameStatistics = () => {
    const sorted = gaps.splice(0).sort((a, b) => a - b);
    const quantile = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    const longTasks = tasks.splice(0).sort((a, b) => a - b);
    return { frames: sorted.length, median: quantile(0.5), most: quantile(0.95), longest: quantile(1), longTasks };
  };
}

function describe({ frames, median, most, longest, longTasks }) {
  const ms = (value) => `${value.toFixed(0)} ms`;
  const tasks = longTasks.length
    ? `${longTasks.length} tasks over 50 ms, up to ${ms(longTasks.at(-1))}`
    : "no long task";
  return `${frames} frames ${ms(median)} apart, 95 % at most ${ms(most)}, all ${ms(longest)}, ${tasks}`;
}

export function watchErrors(page) {
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  return errors;
}

export async function serve(folder, args) {
  const child = spawn(process.execPath, ["serve.js", ...args], {
    cwd: folder,
    env: { ...process.env, PORT: "0" }, // one that is free, which it says
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`serve.js ended with ${code}`)));
  });
  return { url, stop: () => child.kill() };
}
