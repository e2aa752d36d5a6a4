/**
 * The same in workerd, through miniflare: fresh instances of a worker that answers with a first step's logits, of one
 * that pronounces a word, and of one that answers at once, alternating. What Tapehead takes is the difference. Needs Node
 * 22 or later, and Linux, which says what CPU a process has had. argv: rounds, a checkpoint, a compiled model, the folder
 * of a worker that pronounces. Prints JSON.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { bundleWorker, startWorker } from "../../tests/examples/workerd.mjs";

const [rounds, saved, compiled, pronouncing] = process.argv.slice(2);

/** In the project, so that "tapehead" is this package. */
const folder = fileURLToPath(new URL("../../build/coldStart/worker/", import.meta.url));
mkdirSync(folder, { recursive: true });
const ofWorker = ["worker.js", "answers.js", "model.tape"].map((name) => join(pronouncing, name)); // without package.json
for (const file of [saved, compiled, ...ofWorker]) writeFileSync(join(folder, basename(file)), readFileSync(file));
const answering = (library, load, file) => `import { Engine, ${load} } from "${library}";
  import bytes from "./${basename(file)}";
  export default {
    async fetch() {
      const session = ${load}(new Uint8Array(bytes)).session(await Engine.create());
      return Response.json(Array.from(session.step(new Float32Array(9))));
    },
  };`;
const written = (name, source) => {
  const entry = join(folder, `${name}.js`);
  writeFileSync(entry, source);
  return entry;
};
const isStep = (answer) => answer.length === 8;
/** By name: the worker, the request, and whether an answer to it is right. */
const workers = {
  bare: {
    entry: written("bare", "export default { fetch: () => Response.json([]) };"),
    isRight: (answer) => !answer.length,
  },
  tapehead: { entry: written("saved", answering("tapehead", "load", saved)), isRight: isStep },
  "tapehead/run": { entry: written("compiled", answering("tapehead/run", "loadCompiled", compiled)), isRight: isStep },
  pronouncing: {
    entry: join(folder, "worker.js"),
    query: "?text=hello",
    isRight: ({ answer }) => answer === "HH EH L OW",
  },
};
const names = Object.keys(workers);
const modules = {};
for (const name of names) modules[name] = await bundleWorker(workers[name].entry);

const times = Object.fromEntries(names.map((name) => [name, []]));
for (let round = -1; round < Number(rounds); ++round) {
  for (const name of round % 2 ? names : names.toReversed()) {
    const { query = "", isRight } = workers[name];
    const miniflare = startWorker(modules[name]);
    try {
      // No port, so that nothing reaches the worker before the clock runs; all of a worker's start but this is in both.
      const url = await miniflare.ready;
      const begin = performance.now();
      const response = await fetch(`${url}${query}`);
      const answer = await response.json();
      const wall = performance.now() - begin;
      if (!isRight(answer)) throw new Error(`The worker ${name} answered ${JSON.stringify(answer)}`);
      if (round >= 0) times[name].push({ cpu: cpuOfWorkerd(), wall });
    } finally {
      await miniflare.dispose();
    }
  }
}
const bytes = modules.pronouncing.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
console.log(JSON.stringify({ times, bytes }));

/** Milliseconds of CPU in all threads of the one workerd that this process runs, since it began. */
function cpuOfWorkerd() {
  const threads = (pid) => readdirSync(`/proc/${pid}/task`);
  const children = threads("self").flatMap((thread) =>
    readFileSync(`/proc/self/task/${thread}/children`, "utf8").split(" ").filter(Boolean),
  );
  const [pid, ...others] = children.filter((child) => readFileSync(`/proc/${child}/comm`, "utf8").includes("workerd"));
  if (!pid || others.length) throw new Error("There is not one workerd");
  const nanoseconds = (thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
  return threads(pid).reduce((sum, thread) => sum + nanoseconds(thread) / 1e6, 0);
}
