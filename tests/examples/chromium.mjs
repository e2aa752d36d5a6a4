/** Chromium, and pages in it that wait as long as they may have to on a machine that has much else to do. */
import { PATIENCE } from "../support/soon.js";
import { hostsRequire } from "./hosts.mjs";

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
flags.push("--disable-background-networking", "--disable-component-update", "--disable-sync");

/** @param args flags beside those of every check */
export function launch(executablePath, args = []) {
  const { chromium } = hostsRequire("playwright-core");
  return chromium.launch({ executablePath, args: [...flags, ...args], timeout: PATIENCE });
}

/** @param of a browser, or a context, whose pages take no options */
export async function openPage(of, options) {
  const page = await of.newPage(options);
  page.setDefaultTimeout(PATIENCE);
  return page;
}
