/** Asks every host for the proof and compares what it shows with what is published. */
import { isDeepStrictEqual, parseArgs } from "node:util";
import { bun } from "./families/bun.js";
import { chromium } from "./families/chromium.js";
import { deno } from "./families/deno.js";
import { edgeRuntimes } from "./families/edgeRuntime.js";
import { firefox } from "./families/firefox.js";
import { nodeHosts } from "./families/node.js";
import { webkit } from "./families/webkit.js";
import { workerd } from "./families/workerd.js";
import { hasSystems, Missing, runsIn, type Host, type OpenHost, type Run } from "./host.js";
import { makeProject, type Project } from "./project.js";
import { texts, type Proof } from "./proof.js";
import { differences, hashesOf, publish, published, type Hashes, type Row } from "./published.js";

const { values: flags } = parseArgs({
  options: {
    node: { type: "string", default: process.execPath },
    only: { type: "string", default: "" },
    write: { type: "boolean", default: false },
  },
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));

const wanted = new RegExp(flags.only, "i");
const hosts = [...nodeHosts(flags.node), deno, bun, workerd, ...edgeRuntimes, ...chromium, ...firefox, webkit].filter(
  ({ name, way }) => wanted.test(`${name}, ${way}`),
);
const counts = { passed: 0, failed: 0, skipped: 0 };
const rows: Row[] = [];
/** What all must show. To be published is what the first host shows, if all others show the same. */
let expected: Hashes | undefined = flags.write ? undefined : published();

const begin = performance.now();
console.log("Packing the library, and installing the tarball in an empty project");
const project = await makeProject();
for (const host of hosts) await testHost(host, project);
console.log(`${((performance.now() - begin) / 1000).toFixed(0)} s in all`);
if (flags.write) await write();
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
// Some driver may leave a handle behind; nothing is left to wait for.
process.exit(counts.failed ? 1 : 0);

async function testHost(host: Host, project: Project): Promise<void> {
  let open: OpenHost | undefined;
  try {
    open = await host.open(project);
    for (const run of runsIn(host)) await testRun(host, open, run);
  } catch (error) {
    if (error instanceof Missing) say("–", "skipped", host, `skipped: ${error.message}`);
    else say("✗", "failed", host, messageOf(error));
  } finally {
    await open?.close().catch((error) => say("✗", "failed", host, `did not close: ${messageOf(error)}`));
  }
}

async function testRun(host: Host, open: OpenHost, run: Run): Promise<void> {
  const begin = performance.now();
  const title = { ...host, version: open.version };
  try {
    const proof = await open.prove(run);
    const hashes = hashesOf(proof);
    const faults = faultsOf(proof, hashes, host.sharesMemory ? run.threads : 1, run);
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    const note = `${run.entry}, ${proof.threads} thread${proof.threads > 1 ? "s" : ""}, ${seconds} s`;
    if (faults.length) say("✗", "failed", title, [note, ...faults].join("\n"));
    else say("✓", "passed", title, note);
    const { name, way } = host;
    rows.push({ host: name, version: open.version, way, entry: run.entry, threads: proof.threads, hashes });
  } catch (error) {
    say("✗", "failed", title, `${run.entry}, ${run.threads} threads: ${messageOf(error)}`);
  }
}

function faultsOf({ threads, copies }: Proof, hashes: Hashes, due: number, run: Run): string[] {
  // Hosts differ in what they can show; the first that shows a thing says what it is to be.
  if (!expected || (!Object.keys(expected.systems).length && hasSystems(run)))
    expected = { ...hashes, ...expected, systems: hashes.systems };
  const faults: string[] = [];
  if (threads !== due) faults.push(`the engine has ${threads} threads, and must have ${due}`);
  if (!isDeepStrictEqual(copies, texts)) faults.push(`${JSON.stringify(texts)} became ${JSON.stringify(copies)}`);
  return [...faults, ...differences(hashes, expected, hasSystems(run))];
}

async function write(): Promise<void> {
  if (counts.failed || counts.skipped || flags.only) {
    console.log("Nothing is published, since not every host was asked and showed the same");
    ++counts.failed;
  } else {
    await publish(expected!, rows);
    console.log("Wrote docs/hashes.json and docs/hashes.md");
  }
}

interface Title extends Pick<Host, "name" | "way"> {
  readonly version?: string;
}

/** A line on a host; more lines are indented below it. */
function say(sign: string, count: keyof typeof counts, { name, version = "", way }: Title, note: string): void {
  ++counts[count];
  const columns = [name.padEnd(19), version.padEnd(14), way.padEnd(20), note.replaceAll("\n", "\n    ")];
  console.log(`${sign} ${columns.join(" ")}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
