import { PATIENCE } from "../command.js";
import { browserProgram } from "../debian.js";
import { Missing } from "../host.js";
import { packaged } from "../packages.js";
import { pageHost, type Browser } from "./page.js";

interface Puppeteer {
  launch(options: object): Promise<{
    version(): Promise<string>;
    newPage(): Promise<{
      goto(url: string, options: object): Promise<unknown>;
      evaluate(expression: string): Promise<unknown>;
      close(): Promise<void>;
    }>;
    close(): Promise<void>;
  }>;
}

async function launch(): Promise<Browser> {
  const executablePath = await browserProgram("firefox-esr");
  if (Number(process.versions.node.split(".")[0]) < 22) throw new Missing("puppeteer-core needs Node 22 or later");
  const { launch } = await packaged<Puppeteer>("puppeteer-core");
  const browser = await launch({ browser: "firefox", executablePath, headless: true, timeout: PATIENCE });
  return {
    version: (await browser.version()).replace(/^\D+/, ""),
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

export const firefox = [false, true].map((isolated) => pageHost("Firefox", launch, { isolated }));
