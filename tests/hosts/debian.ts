/** Browsers that come from Debian, by the names of their packages. */
import { onPath, output } from "./command.js";
import { Missing } from "./host.js";

/** The packages that bring each program; xvfb-run needs xauth. */
const packages = {
  chromium: ["chromium"],
  "firefox-esr": ["firefox-esr"],
  WebKitWebDriver: ["webkit2gtk-driver"],
  "xvfb-run": ["xvfb", "xauth"],
} as const;

const MINUTES = 60_000;
let updated: Promise<string> | undefined;
/** Why a program could not be brought here; it is tried once. */
const reasons = new Map<string, string>();

/** Where a program is; it is installed if it is not there and this user may. @throws Missing with the reason. */
export async function browserProgram(name: keyof typeof packages): Promise<string> {
  if (!onPath(name) && !reasons.has(name)) reasons.set(name, await install(packages[name]));
  const file = onPath(name);
  if (!file) throw new Missing(`${name} is not on the PATH${reasons.get(name)}`);
  return file;
}

/** Says why it failed, if it did. */
async function install(names: readonly string[]): Promise<string> {
  const command = `apt-get install ${names.join(" ")}`;
  if (!onPath("apt-get")) return ", and there is no apt-get to install it with";
  if (process.getuid?.() !== 0) return `; only root can install it: sudo ${command}`;
  console.log(`Installing ${names.join(" and ")} from Debian`);
  try {
    await (updated ??= output("apt-get", ["update", "-qq"], "/", 5 * MINUTES));
    await output("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...names], "/", 15 * MINUTES);
    return `, though ${command} succeeded`;
  } catch (error) {
    return `, and ${command} failed: ${(error as Error).message}`;
  }
}
