import { spawn } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { soon } from "../../support/soon.js";
import { onPath, output, PATIENCE } from "../command.js";
import { browserProgram } from "../debian.js";
import { Missing } from "../host.js";
import { pageHost, type Browser } from "./page.js";

/** WebKitGTK's small browser, through its driver, on a screen that nobody sees. */
async function launch(): Promise<Browser> {
  const [driver, screen] = [await browserProgram("WebKitWebDriver"), await browserProgram("xvfb-run")];
  const binary = await miniBrowser();
  const port = await freePort();
  const child = spawn(screen, ["--auto-servernum", driver, `--port=${port}`], {
    stdio: "ignore",
    detached: true, // a group of its own, so that all of it ends together
    // Its sandbox does not start for root.
    env: { ...process.env, ...(process.getuid?.() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" }) },
  });
  const running = new Promise((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`xvfb-run WebKitWebDriver ended with code ${code}`)));
  });
  running.catch(() => undefined); // somebody hears of it who waits for it, or nobody has to
  const kill = (): void => {
    if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGTERM");
  };
  process.on("exit", kill);
  const stop = async (): Promise<void> => {
    kill();
    await running.catch(() => undefined);
    process.off("exit", kill);
  };
  const ask = (method: string, path: string, body?: object): Promise<unknown> =>
    command(`http://127.0.0.1:${port}${path}`, method, body);

  try {
    const answers = (): Promise<boolean> =>
      ask("GET", "/status").then(
        () => true,
        () => false,
      );
    await Promise.race([soon("WebKitWebDriver answers", answers), running]);
    const always = { "webkitgtk:browserOptions": { binary, args: ["--automation"] } };
    const { sessionId, capabilities } = (await ask("POST", "/session", { capabilities: { alwaysMatch: always } })) as {
      sessionId: string;
      capabilities: { browserVersion: string };
    };
    const session = `/session/${sessionId}`;
    await ask("POST", `${session}/timeouts`, { script: PATIENCE, pageLoad: PATIENCE });
    return {
      version: capabilities.browserVersion,
      async resultOf(url) {
        await ask("POST", `${session}/url`, { url });
        const script = "const done = arguments[arguments.length - 1]; globalThis.result.then(done);";
        return ask("POST", `${session}/execute/async`, { script, args: [] });
      },
      async close() {
        await ask("DELETE", session).finally(stop);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One command of W3C WebDriver. */
async function command(url: string, method: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
  if (!response.ok) throw new Error(`WebDriver: ${value?.error}: ${value?.message}`);
  return value;
}

/** It is on no PATH; its package knows where it is. */
async function miniBrowser(): Promise<string> {
  const listed = onPath("dpkg") && (await output("dpkg", ["-S", "*/MiniBrowser"]).catch(() => ""));
  const file = listed && /^libwebkit2gtk\S*: (\/.*)$/m.exec(listed)?.[1];
  if (!file) throw new Missing("no Debian package of WebKitGTK that brings MiniBrowser is installed");
  return file;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

export const webkit = pageHost("WebKitGTK", launch, { isolated: false });
