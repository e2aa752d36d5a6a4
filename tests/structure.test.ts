import { readdirSync, readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { models } from "../bindings/models.js";
import { arrowsOf, circlesOf, sourcesIn, type Arrow } from "./support/imports.js";

/** Folders, the lowest first: a file imports its own folder and those above it in this list. docs/architecture.md. */
const ORDER = [
  "assembly",
  "bindings/common",
  "bindings/graph",
  "bindings/graph/ops",
  "bindings/engine",
  "bindings/layers",
  "bindings/runtime",
  "bindings/metrics",
  "bindings/parsing",
  "bindings/search",
  "bindings/games",
  "bindings/metamath",
  "bindings/tasks",
  "bindings/models",
  "bindings/checkpoint",
  "bindings/training",
  "bindings/compiled",
  "bindings/trace",
  "bindings/systems",
  "bindings/learn",
  "bindings/import",
  "bindings", // entry files
  "recipes",
  "runs",
  "cli",
  "reproduce",
];
const SYSTEMS = "bindings/systems";

/** Calls that recur by nature: a loop's body and a fork's branches are instructions, which the interpreter runs. */
const RECURSION = ["assembly/fork.ts", "assembly/interpreter.ts", "assembly/loops.ts"];

/**
 * Rings that only types close, each one idea in several files. In a graph, tensors are in scopes, scopes are of nodes, and
 * nodes are over tensors. */
const RINGS_OF_TYPES = [
  [
    "bindings/graph/elementwise.ts",
    "bindings/graph/graph.ts",
    "bindings/graph/identity.ts",
    "bindings/graph/op.ts",
    "bindings/graph/scan.ts",
    "bindings/graph/streams.ts",
    "bindings/graph/tensor.ts",
    "bindings/graph/tree.ts",
  ],
];

const files = ["assembly", "bindings", "recipes", "runs", "cli", "reproduce"].flatMap(sourcesIn);
const arrows = files.flatMap((file) => arrowsOf(file));

/** The innermost folder of the order that a file is in. */
const folderOf = (file: string): string => {
  const folders = ORDER.filter((folder) => file.startsWith(`${folder}/`));
  return folders.sort((a, b) => b.length - a.length)[0] ?? "nowhere";
};
const rank = (file: string): number => ORDER.indexOf(folderOf(file));
const systemOf = (file: string): string | undefined => /^bindings\/systems\/(\w+)\//.exec(file)?.[1];
const told = ({ from, to }: Arrow): string => `${from} → ${to}`;

const structure = suite("structure");

structure("imports are found, of values and of types, however they are written", () => {
  const text = `
    import { a, type B } from "./engine.js";
    import type { C } from "../graph/graph.js";
    import { type D } from "../common/options.js";
    import script from "./worker.ts?script";
    import "./job.js";
    export * from "./memory.js";
    export type { E } from "./load.js";
    type F = import("./shards.js").Shards;
    const g = import("./threaded.js");
    import binary from "../../build/tapehead.wasm?embed";
    import { h } from "node:fs";
    // import { i } from "./machine.js";
  `;
  const found = arrowsOf("bindings/engine/here.ts", text).map(({ to, isType }) => `${isType ? "type " : ""}${to}`);
  assert.equal(found, [
    "bindings/engine/engine.ts",
    "type bindings/graph/graph.ts",
    "type bindings/common/options.ts",
    "bindings/engine/worker.ts",
    "bindings/engine/job.ts",
    "bindings/engine/memory.ts",
    "type bindings/engine/load.ts",
    "type bindings/engine/shards.ts",
    "bindings/engine/threaded.ts",
  ]);
  assert.ok(arrows.length > 2000, `${arrows.length} imports`);
  assert.ok(arrows.filter(({ isType }) => isType).length > 500);
});

structure("circles are found, also through others, and of a file with itself", () => {
  const arrow = ([from, to]: string): Arrow => ({ from: from!, to: to!, isType: false });
  assert.equal(circlesOf(["ab", "bc", "ca", "cd", "de", "ee", "fa"].map(arrow)), [["e"], ["a", "b", "c"]]);
  assert.equal(circlesOf(["ab", "bc", "ac", "da"].map(arrow)), []);
});

structure("every folder of the library has its place in the order", () => {
  const folders = readdirSync("bindings", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of folders) assert.ok(ORDER.includes(`bindings/${name}`), name);
  for (const folder of ORDER)
    assert.ok(
      arrows.some(({ from }) => folderOf(from) === folder),
      folder,
    );
});

structure("imports point one way: to the folder itself, or to one below", () => {
  assert.equal(arrows.filter(({ from, to }) => rank(to) > rank(from)).map(told), []);
});

structure("what is common to all stands on nothing", () => {
  const out = arrows.filter(({ from, to }) => folderOf(from) === "bindings/common" && folderOf(to) !== folderOf(from));
  assert.equal(out.map(told), []);
});

structure("systems do not import each other", () => {
  const others = arrows.filter(({ from, to }) => {
    const [mine, other] = [systemOf(from), systemOf(to)];
    return mine !== undefined && other !== undefined && mine !== other;
  });
  assert.equal(others.map(told), []);
});

structure("below the systems, no code names one", () => {
  const names = models.map(({ className }) => className);
  assert.ok(names.includes("NeuralTuringMachine"));
  const naming = new RegExp(`\\b(${names.join("|")})\\b`);
  const below = files.filter((file) => rank(file) < ORDER.indexOf(SYSTEMS));
  assert.equal(
    below.filter((file) => naming.test(readFileSync(file, "utf8"))),
    [],
  );
});

structure(
  "the command and reproduce ask no model for its class, and no task for its name but in files of systems",
  () => {
    const names = models.map(({ className }) => className).join("|");
    const asks = new RegExp(`instanceof (${names})\\b|\\btask\\??\\.name [!=]== ["'\`]`);
    const asksConstant = /\btask\??\.name [!=]== [A-Z]/;
    const above = files.filter((file) => /^(cli|reproduce)\//.test(file));
    assert.ok(above.length > 100);
    assert.equal(
      above.filter((file) => {
        const text = readFileSync(file, "utf8");
        return asks.test(text) || (!file.includes("/systems/") && asksConstant.test(text));
      }),
      [],
    );
  },
);

structure("no file imports itself by value, also not through others, but for the interpreter's recursion", () => {
  const circles = circlesOf(arrows.filter(({ isType }) => !isType));
  assert.equal(circles, [RECURSION]);
});

structure("types close no rings but those that are one idea", () => {
  // A system's class makes the runner and the decoder that run it: such a ring stays in the folder of one system.
  const isOfOneSystem = (ring: readonly string[]): boolean =>
    ring[0]!.startsWith(`${SYSTEMS}/`) && new Set(ring.map((file) => file.split("/")[2])).size === 1;
  const rings = circlesOf(arrows).filter((ring) => !isOfOneSystem(ring));
  assert.equal(rings.sort(), [RECURSION, ...RINGS_OF_TYPES].sort());
});

structure.run();
