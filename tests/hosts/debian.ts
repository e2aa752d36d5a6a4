/** Browsers that come from Debian, by the names of their packages. */
import { onPath, output } from "./command.js";
import { Missing } from "./host.js";

/** What each package is wanted for; xvfb-run needs xauth. */
const programs: Readonly<Record<string, string>> = {
  chromium: "chromium",
  "firefox-esr": "firefox-esr",
  "webkit2gtk-driver": "WebKitWebDriver",
  xvfb: "xvfb-run",
  xauth: "xauth",
};
const MINUTES = 60_000;
/** Why a program is still not there. */
let reason = "";

/** Installs what is not there, where this user may. */
export async function installBrowsers(say: (line: string) => void): Promise<void> {
  const missing = Object.keys(programs).filter((name) => !onPath(programs[name]!));
  if (!missing.length) return;
  const command = `apt-get install ${missing.join(" ")}`;
  if (!onPath("apt-get")) reason = "there is no apt-get here to install it with";
  else if (process.getuid?.() !== 0) reason = `installing it takes root: sudo ${command}`;
  if (reason) return;
  say(`Installing browsers from Debian: ${missing.join(", ")}`);
  try {
    await output("apt-get", ["update", "-qq"], "/", 5 * MINUTES);
    await output("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing], "/", 15 * MINUTES);
  } catch (error) {
    reason = `${command} failed: ${(error as Error).message}`;
  }
}

/** @throws Missing */
export function browserProgram(name: string): string {
  const file = onPath(name);
  if (!file) throw new Missing(`${name} is not on the PATH${reason && `; ${reason}`}`);
  return file;
}
