/** Opens a built page in a browser, served with the headers that are asked for, and waits for its outcome. */
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { hosts } from "./hosts.mjs";

/** Milliseconds that a browser may take to start, and to load a page, on a machine that has much else to do. */
const PATIENCE = 120_000;

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/** The first of these commands that is installed. */
function find(...commands) {
  const { stdout } = spawnSync("sh", ["-c", commands.map((command) => `command -v ${command}`).join(" || ")]);
  return stdout.toString().trim();
}

const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"];

export const browsers = {
  Chromium: {
    executablePath: find("chromium", "chromium-browser", "google-chrome"),
    launch: (executablePath) =>
      hosts("playwright-core").chromium.launch({
        executablePath,
        args: ["--no-sandbox", "--disable-gpu", "--disable-sync", ...quiet],
        timeout: PATIENCE,
      }),
  },
  Firefox: {
    executablePath: find("firefox-esr", "firefox"),
    launch: (executablePath) =>
      hosts("puppeteer-core").launch({ browser: "firefox", executablePath, headless: true, timeout: PATIENCE }),
  },
};

/** What `outcome` of the page in a folder comes to. `before` is run in the page before its own code. */
export async function outcomeIn(browser, folder, { headers = {}, before } = {}) {
  const server = createServer(async ({ url }, response) => {
    const path = url === "/" ? "/index.html" : url;
    const contents = await readFile(join(folder, "dist", path)).catch(() => undefined);
    response.writeHead(contents ? 200 : 404, { "content-type": TYPES[extname(path)] ?? "text/plain", ...headers });
    response.end(contents);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const page = await browser.newPage();
  try {
    if (before) await (page.addInitScript ?? page.evaluateOnNewDocument).call(page, before);
    await page.goto(`http://127.0.0.1:${server.address().port}/`, { timeout: PATIENCE });
    return await page.evaluate(() => globalThis.outcome);
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
}
