import { PATIENCE } from "../command.js";
import { browserProgram } from "../debian.js";
import { packaged } from "../packages.js";
import { pageHost, type Browser } from "./page.js";

interface Playwright {
  chromium: {
    launch(options: object): Promise<{
      version(): string;
      newPage(): Promise<{
        goto(url: string, options: object): Promise<unknown>;
        evaluate(expression: string): Promise<unknown>;
        close(): Promise<void>;
      }>;
      close(): Promise<void>;
    }>;
  };
}

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function launch(): Promise<Browser> {
  const executablePath = await browserProgram("chromium");
  const { chromium } = await packaged<Playwright>("playwright-core");
  const browser = await chromium.launch({ executablePath, args, timeout: PATIENCE });
  return {
    version: browser.version(),
    async resultOf(url) {
      const page = await browser.newPage();
      try {
        await page.goto(url, { timeout: PATIENCE });
        return await page.evaluate("globalThis.result");
      } finally {
        await page.close();
      }
    },
    close: () => browser.close(),
  };
}

export const chromium = [false, true].map((isolated) => pageHost("Chromium", launch, { isolated }));
