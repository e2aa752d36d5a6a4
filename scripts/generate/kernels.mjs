/**
 * The opcodes, the dispatch of each tier and the verifier's table, from the signatures of the kernels and from
 * assembly/kernels.table.ts.
 */
import { readFile, readdir } from "node:fs/promises";
import { transform } from "esbuild";

const KERNELS = "assembly/kernels";
/** Operands that an arm finds decoded; see dispatch(). */
const DECODED = 4;

export default async function kernels() {
  const table = await importTable("assembly/kernels.table.ts");
  const signatures = await readSignatures();
  const rows = Object.entries(table.kernels).map(([name, row]) => {
    const signature = signatures.get(name);
    if (!signature) throw new Error(`kernels.table.ts has a row ${name}, and ${KERNELS} exports no such function`);
    return { name, ...row, ...signature, ...readTouches(name, row.touches, signature) };
  });
  // Opcodes of a tier are beside each other, so that the dispatch of a binary has no holes where the others' are.
  const ofTier = (name) => TIERS.findIndex(({ tier }) => tier === name);
  rows.sort((a, b) => ofTier(a.tier) - ofTier(b.tier));
  return {
    "assembly/generated/opcodes.ts": opcodes(table.control, rows),
    ...Object.fromEntries(TIERS.map((tier) => [`assembly/generated/${tier.dispatch}.ts`, dispatch(tier, rows)])),
    "bindings/compiled/generated/signatures.ts": verifier(table.control, rows),
  };
}

async function importTable(path) {
  const { code } = await transform(await readFile(path, "utf8"), { loader: "ts", format: "esm" });
  return import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
}

/** By name: what each exported function of the kernels takes. */
async function readSignatures() {
  const found = new Map();
  const files = (await readdir(KERNELS, { recursive: true })).filter((file) => file.endsWith(".ts")).sort();
  for (const file of files) {
    const text = await readFile(`${KERNELS}/${file}`, "utf8");
    for (const [, name, list, returns] of text.matchAll(/^export function (\w+)\(([^)]*)\): (\w+) \{$/gm)) {
      const parameters = [...list.matchAll(/(\w+): (\w+)/g)].map(([, parameter, type]) => ({ parameter, type }));
      if (found.has(name)) throw new Error(`${KERNELS} exports two functions ${name}`);
      found.set(name, { file: file.replace(/\.ts$/, ""), parameters, returns });
    }
  }
  return found;
}

const WORDS = { usize: "operands", i32: "sizes", f32: "scalars" };

/** An instruction's words by kind, and its extents, of which each must be an expression of its sizes. */
function readTouches(name, touches, { parameters, returns }) {
  const words = { operands: [], sizes: [], scalars: [] };
  let last = "operands";
  for (const { parameter, type } of parameters) {
    const kind = WORDS[type];
    if (!kind) throw new Error(`${name}: ${parameter} is ${type}; a kernel takes usize, i32 and f32`);
    if (Object.keys(words).indexOf(kind) < Object.keys(words).indexOf(last)) {
      throw new Error(`${name}: ${parameter} stands behind ${last}; the order is operands, sizes, scalars`);
    }
    last = kind;
    if (parameter !== "begin") words[kind].push(parameter === "end" ? (touches?.range ?? "end") : parameter);
  }
  if (returns !== "void" && returns !== "Status") throw new Error(`${name} returns ${returns}, not void or Status`);
  if (!touches) return words;
  const { writes, reads, orZero = [], allows } = touches;
  const given = [...Object.keys(writes), ...Object.keys(reads)];
  if (`${given}` !== `${words.operands}`) {
    throw new Error(`${name}: its row has extents of ${given}; its operands are ${words.operands}`);
  }
  for (const text of [...Object.values(writes), ...Object.values(reads), ...orZero, allows ?? ""]) {
    for (const [size] of text.matchAll(/[a-z]\w*/gi)) {
      if (!words.sizes.includes(size)) throw new Error(`${name}: ${text} has ${size}; its sizes are ${words.sizes}`);
    }
  }
  return words;
}

function opcodes(control, rows) {
  const controls = Object.entries(control).map(([name, { about }]) => `/** ${about} */\n${name},`);
  return `/**
 * The instructions: those of control, then the kernels, each named like its function. One list, compiled by asc and by
 * tsc. Generated from assembly/kernels.table.ts.
 */
export const enum Opcode {
${controls.join("\n")}

${rows.map(({ name }) => `${name},`).join("\n")}
}
`;
}

/** Each tier's instructions are behind those of the tier before it; `otherwise` is the arm of all others. */
const TIERS = [
  {
    tier: "run",
    dispatch: "dispatchRun",
    about: "The kernels of every binary. Inlined into the interpreter's loop, its only caller.",
    inline: true,
    next: ["dispatchSystems", "dispatchTrain"],
    otherwise: `{
        if (isDefined(INFERENCE)) return dispatchSystems(machine, p, opcode);
        return dispatchTrain(machine, p, opcode);
      }`,
  },
  {
    tier: "train",
    dispatch: "dispatchTrain",
    about: "The kernels that training needs besides. A binary that only runs models goes without: it starts sooner.",
    next: ["dispatchSystems"],
    otherwise: `{
        if (isDefined(BASE)) return Status.badProgram;
        return dispatchSystems(machine, p, opcode);
      }`,
  },
  {
    tier: "systems",
    dispatch: "dispatchSystems",
    about:
      "The kernels that running single systems needs besides; the default binary goes without. See docs/decisions/0011.",
    next: ["dispatchFull"],
    otherwise: `{
        if (isDefined(INFERENCE)) return Status.badProgram;
        return dispatchFull(machine, p, opcode);
      }`,
  },
  {
    tier: "full",
    dispatch: "dispatchFull",
    about: "The kernels that training of single systems needs besides.",
    next: [],
    otherwise: "return Status.badProgram;",
  },
];

function dispatch({ tier, dispatch, about, inline, next, otherwise }, rows) {
  const own = rows.filter((row) => row.tier === tier);
  const byFile = groupBy(own, ({ file }) => file);
  const imports = [...byFile]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([file, of]) =>
        `import { ${of
          .map(({ name }) => name)
          .sort()
          .join(", ")} } from "../kernels/${file}";`,
    );
  imports.push(...next.map((name) => `import { ${name} } from "./${name}";`));
  const decoded = Array.from({ length: DECODED }, (_, i) => `const a${i + 1} = at(machine, p, ${i + 1});`);
  return `/** ${about} Generated from the kernels' signatures and assembly/kernels.table.ts. */
${imports.join("\n")}
import { Status } from "../machine";
import { address as at, scalar, word } from "../words";
import { Opcode } from "./opcodes";

/** Runs the kernel of one instruction. Returns a Status. */
${inline ? "// @ts-ignore: decorator\n@inline\n" : ""}export function ${dispatch}(machine: usize, p: usize, opcode: u32): i32 {
  // Decoded before they are needed: most arms have as many or fewer, and are half as large so. What is no operand becomes
  // an address that no arm uses; a program ends with words to spare.
  ${decoded.join("\n  ")}
  switch (opcode) {
    default: ${otherwise}
    ${own.map(arm).join("\n    ")}
  }
  return Status.done;
}
`;
}

/** A kernel's arm: its arguments are the words of the instruction, in this order. */
function arm({ name, parameters, returns }) {
  let i = 0;
  const args = parameters.map(({ parameter, type }) => {
    if (parameter === "begin") return "0";
    ++i;
    if (type === "usize") return i <= DECODED ? `a${i}` : `at(machine, p, ${i})`;
    return type === "i32" ? `word(p, ${i})` : `scalar(p, ${i})`;
  });
  const call = `${name}(${args.join(", ")})`;
  const body = returns === "Status" ? `return ${call};` : `${call};\nbreak;`;
  return `case Opcode.${name}: {\n${body}\n}`;
}

/** What a compiled model may have. Kernels that touch the same share a definition, named after the first of them. */
function verifier(control, rows) {
  const shared = new Map();
  const lines = Object.entries(control)
    .filter(([, { compiled }]) => compiled)
    .map(([name]) => `${name}: { opcode: Opcode.${name} },`);
  for (const row of rows) {
    if (!row.touches) continue;
    const { names, same } = definition(row);
    if (!shared.has(same)) shared.set(same, { name: `like${row.name[0].toUpperCase()}${row.name.slice(1)}`, names });
    lines.push(`${row.name}: { opcode: Opcode.${row.name}, kernel: ${shared.get(same).name} },`);
  }
  const definitions = [...shared.values()].map(({ name, names }) => `const ${name} = ${names};`);
  return `/** Generated from the kernels' signatures and assembly/kernels.table.ts. */
import { Opcode } from "../../../assembly/generated/opcodes.js";
import { define, type Signature } from "../signature.js";

${definitions.join("\n")}

/** Every instruction that a compiled model can have. */
export const signatures: { readonly [Name in keyof typeof Opcode]?: Signature } = {
${lines.join("\n")}
};
`;
}

/** The same definition twice: with the names of its sizes, and, to compare it with others, with their numbers. */
function definition({ sizes, scalars, touches: { writes, reads, orZero = [], allows } }) {
  const list = (extents) => `[${Object.values(extents).join(", ")}]`;
  const rest = [
    ...(scalars.length ? [`scalars: ${scalars.length}`] : []),
    ...(orZero.length ? [`orZero: [${orZero.map((size) => sizes.indexOf(size)).join(", ")}]`] : []),
    ...(allows ? [`allows: ${of(sizes, allows)}`] : []),
  ];
  const args = [sizes.length, of(sizes, list(writes)), of(sizes, list(reads)), ...(rest.length ? [`{ ${rest} }`] : [])];
  const names = `/* @__PURE__ */ define(${args.join(", ")})`;
  const same = sizes.reduce(
    (text, size, i) =>
      text.replace(new RegExp(`\\b_?${size}\\b`, "g"), (found) => `${found[0] === "_" ? "_" : ""}$${i}`),
    names,
  );
  return { names, same };
}

/** A function of the sizes, as many as the expression needs; what it does not use begins with an underscore. */
function of(sizes, expression) {
  const isUsed = (size) => new RegExp(`\\b${size}\\b`).test(expression);
  const parameters = sizes.slice(0, sizes.findLastIndex(isUsed) + 1);
  return `(${parameters.map((size) => (isUsed(size) ? size : `_${size}`)).join(", ")}) => ${expression}`;
}

function groupBy(list, keyOf) {
  const groups = new Map();
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
