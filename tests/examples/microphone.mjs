/** The page that listens, in Chromium with a fake microphone, which says what is in a WAV file. */
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, openPage } from "./chromium.mjs";
import { serve, watchErrors } from "./page.mjs";
import { clear, wavOf } from "../support/voice.ts";

const screenshots = fileURLToPath(new URL("../../build/screenshots/", import.meta.url));

export async function checkMicrophone(folder, executablePath, check) {
  await mkdir(screenshots, { recursive: true });
  const said = join(folder, "said.wav");
  await writeFile(said, wavOf(clear.eight, 1, 4));
  const server = await serve(folder, []);
  const fake = ["--use-fake-device-for-media-stream", `--use-file-for-fake-audio-capture=${said}`];
  const browser = await launch(executablePath, fake);
  try {
    await checkListening(browser, server, check);
    await checkFiles(browser, server, { folder, check });
    await checkRefusal(browser, server, check);
  } finally {
    await browser.close();
    server.stop();
  }
}

async function checkListening(browser, { url }, check) {
  const context = await browser.newContext({ permissions: ["microphone"], viewport: { width: 1000, height: 1000 } });
  const page = await openPage(context);
  const errors = watchErrors(page);
  await page.goto(url);
  await page.locator("#toggle:not(:disabled)").waitFor();
  await check("hears what is said into the microphone, and stops by itself", async () => {
    await page.locator("#toggle").click();
    const heard = await heardIn(page);
    assert.equal(heard, "eight", await page.locator("#status").textContent());
    return page.locator("#status").textContent();
  });
  await check("shows where it listened", async () => {
    const letters = page.frameLocator("#where").locator(".letter");
    await letters.first().waitFor();
    assert.equal(await letters.count(), 5);
    await page.screenshot({ path: join(screenshots, "microphone.png"), fullPage: true });
  });
  await check("no errors", () => assert.deepEqual(errors, []));
  await context.close();
}

async function checkFiles(browser, { url }, { folder, check }) {
  const options = { viewport: { width: 375, height: 800 }, colorScheme: "dark", deviceScaleFactor: 2 };
  const page = await openPage(browser, options);
  const errors = watchErrors(page);
  await page.goto(url);
  await page.locator("#toggle:not(:disabled)").waitFor();
  await check("hears a WAV file, and says why it does not hear another", async () => {
    await writeFile(join(folder, "three.wav"), wavOf(clear.three));
    await page.locator("#file").setInputFiles(join(folder, "three.wav"));
    assert.equal(await heardIn(page), "three");
    await page.screenshot({ path: join(screenshots, "microphone-375-dark.png"), fullPage: true });
    await writeFile(join(folder, "none.wav"), "none");
    await page.locator("#file").setInputFiles(join(folder, "none.wav"));
    await page.getByText("Cannot listen to none.wav: it is no WAV file").waitFor();
    assert.equal(await page.locator("#heard").textContent(), "?");
    assert.ok(await page.locator("#where").isHidden());
  });
  await check("fits a small screen", async () => {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} pixels too wide`);
    assert.deepEqual(errors, []);
  });
  await page.close();
}

/** A page that may not use it says so. */
async function checkRefusal(browser, { url }, check) {
  const context = await browser.newContext({ permissions: [] });
  const page = await openPage(context);
  await page.goto(url);
  await page.locator("#toggle:not(:disabled)").click();
  await check("says what to do where the microphone is not allowed", () =>
    page.getByText("The page may not use the microphone").waitFor(),
  );
  await context.close();
}

/** What is shown as heard, once something is. */
async function heardIn(page) {
  const done = () => !["–", "…"].includes(document.getElementById("heard").value);
  await page.waitForFunction(done, undefined, { polling: 100 });
  return page.locator("#heard").textContent();
}
