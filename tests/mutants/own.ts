import type { Mutant } from "./mutant.js";

/** Changes to rare paths and to what comments promise, all named before the first of them was run. */
export const own: readonly Mutant[] = [
  // Planning and encoding graphs
  {
    id: "prune: the flag that ends a loop is dropped",
    file: "prune",
    before: 'if (scan.halted && direction === "forward") live.add(scan.halted.root);',
    after: "",
    suites: ["plan", "scan"],
  },
  {
    id: "prune: carried state is followed once",
    file: "prune",
    before: "for (let before = -1; before !== live.size;) {",
    after: "for (let before = -1; before < 0;) {",
    suites: ["scan"],
  },
  {
    id: "lower: outputs of iterations that did not run are whatever was there",
    file: "lower",
    before: "if (halted) for (const { outer } of ys) block.push(fill(outer, 0)); // of iterations that will not run",
    after: "",
    suites: ["plan", "scan"],
  },
  {
    id: "differentiate: a loop whose final state alone is used has no gradient",
    file: "differentiate",
    before:
      "if (node.carried.some((c) => gradients.isReached(c.final)) || node.ys.some((y) => gradients.isReached(y.outer))) {",
    after: "if (node.ys.some((y) => gradients.isReached(y.outer))) {",
    suites: ["scan"],
  },
  {
    id: "plan: a value from outside a loop is given up at its last use inside",
    file: "plan",
    before: "wholeLoops.push({ use, loop: crossed.loop });",
    after: "",
    suites: ["plan"],
  },
  {
    id: "plan: the flag that ends a loop is given up before the body ends",
    file: "plan",
    before: `      touchEdge();
      ends.set(item, position++);`,
    after: `      touch(scan.record, loops);
      for (const { outer } of sequences) touch(outer, loops);
      ends.set(item, position++);`,
    suites: ["plan"],
  },
  {
    id: "plan: branches that run at the same time share buffers",
    file: "plan",
    before: "for (const tensor of [...writes, ...adds, ...reads]) touch(tensor, loops);",
    after:
      'for (const tensor of [...writes, ...adds, ...reads]) touch(tensor, loops); if (item.kind === "fork") ++position;',
    suites: ["plan"],
  },
  {
    id: "pack: a buffer may begin in the instruction in which another ends",
    file: "pack",
    before: "other.first <= buffer.last && buffer.first <= other.last",
    after: "other.first < buffer.last && buffer.first < other.last",
    suites: ["plan"],
  },
  {
    id: "scan: a value that leaves an iteration twice has one place",
    file: "scan",
    before: "tensor.root.scope === scope && !taken.has(tensor.root) ? tensor : identity(tensor)",
    after: "tensor.root.scope === scope ? tensor : identity(tensor)",
    suites: ["plan", "scan"],
  },
  {
    id: "compile: an output under two names has one place",
    file: "compile",
    before: "taken.add(own.root);",
    after: "",
    suites: ["plan"],
  },
  {
    id: "compile: a session has no room for loops in loops of its step",
    file: "compile",
    before: "return 2 * frame.fixedBytes + stackBytesOf(body, planned);",
    after: "return 2 * frame.fixedBytes;",
    suites: ["plan"],
  },

  // The engine and its memory
  {
    id: "memory: neighbouring holes stay two",
    file: "memory",
    before: "if (last && last.end === hole.begin) last.end = hole.end;",
    after: "if (last && last.end > hole.begin) last.end = hole.end;",
    suites: ["memory"],
  },
  {
    id: "memory: what is freed at the end stays taken",
    file: "memory",
    before: "if (last && last.end === this.#end) {",
    after: "if (last && last.end > this.#end) {",
    suites: ["memory"],
  },
  {
    id: "memory: an attempt that fails keeps what it took",
    file: "memory",
    before: "for (const address of [...this.#taken.keys()]) if (!before.has(address)) this.free(address);",
    after: "",
    suites: ["memory"],
  },
  {
    id: "cache: the first entry goes first",
    file: "cache",
    before: "[...entries.values()].reverse()",
    after: "[...entries.values()]",
    suites: ["cache"],
  },
  {
    id: "cache: what making caches for the same owner is lost",
    file: "cache",
    before: "entries = this.#entries.get(owner);\n    if (!entries) {",
    after: "if (!entries) {",
    suites: ["cache"],
  },
  {
    id: "engine: what lives in it does not leave when it goes",
    file: "engine",
    before: "for (const resident of this.#residents) resident.leave();",
    after: "",
    suites: ["trainingStep"],
  },
  {
    id: "engine: an arena that grows leaves the old one behind",
    file: "engine",
    before: "if (this.#arena.bytes) memory.free(this.#arena.address);",
    after: "",
    suites: ["memory"],
  },
  {
    id: "shards: inputs and outputs of a stranger's program are not cleared",
    file: "shards",
    before: "if (frameBytes !== undefined) this.engine.memory.clear(io, ioBytes); // as Job does with arenas",
    after: "void [io, ioBytes, frameBytes];",
    suites: ["compiledThreads"],
  },
  {
    id: "job: arenas are not cleared on one thread",
    file: "job",
    before: "if (this.#clears) this.engine.memory.clear(arena.address, bytes);",
    after: "",
    suites: ["compiledThreads"],
  },

  // Checkpoints
  {
    id: "trainingRecord: windows of another batch are taken",
    file: "trainingRecord",
    before: "return entry[0] === batch && entry.every(Number.isFinite);",
    after: "return entry.every(Number.isFinite);",
    suites: ["checkpoint"],
  },
  {
    id: "checkpoint: a parameter may have more axes",
    file: "checkpoint",
    before: "tensor.shape.length === shape.length && shape.every(",
    after: "shape.every(",
    suites: ["checkpoint"],
  },
  {
    id: "checkpoint: texts that are none are saved",
    file: "checkpoint",
    before: 'if (typeof value !== "string") throw new TypeError(`metadata.${name} is no text, and must be one`);',
    after: "void value;",
    suites: ["checkpoint"],
  },
  {
    id: "safetensors: a header that is no UTF-8 is read",
    file: "safetensors",
    before: 'new TextDecoder("utf-8", { fatal: true })',
    after: 'new TextDecoder("utf-8")',
    suites: ["checkpoint"],
  },
  {
    id: "safetensors: a header may be of any size",
    file: "safetensors",
    before: 'if (headerSize > MOST_HEADER) fail("it does not begin like a safetensors file");',
    after: "void MOST_HEADER;",
    suites: ["checkpoint"],
  },

  // The verifier of compiled models
  {
    id: "verify: the record is not looked at again behind the frames",
    file: "verify",
    before: "this.#operand(p + 1, RECORD, true, outside, p); // again, since its register may be one that was just set",
    after: "",
    suites: ["verify"],
  },
  {
    id: "verify: a sequence's last element may lie outside",
    file: "verify",
    before: "(steps * stride) / 4, false",
    after: "((steps - 1) * stride) / 4, false",
    suites: ["verify"],
  },
  {
    id: "verify: frames of loops in a loop are not counted",
    file: "verify",
    before: "p = this.#loop(p, length, limit, spans, stack + 2 * words[p + 3]!);",
    after: "p = this.#loop(p, length, limit, spans, stack);",
    suites: ["verify"],
  },
  {
    id: "readProgram: a port may reach behind its region",
    file: "readProgram",
    before: "offset.dynamic < 0 && offset.bytes + size * BYTES <= io.fixedBytes",
    after: "offset.dynamic < 0 && offset.bytes <= io.fixedBytes",
    suites: ["readProgram"],
  },
  {
    id: "readProgram: a session's sequence reaches as far as all that goes in and out",
    file: "readProgram",
    before: "bytes: ioBytes - offsetOf({ shape: [], offset })",
    after: "bytes: ioBytes + 0 * offsetOf({ shape: [], offset })",
    suites: ["readProgram"],
  },
  {
    id: "readProgram: two of a session's sequences may have one register",
    file: "readProgram",
    before: "if (!isCount(register) || taken.has(register)) return wrong",
    after: "if (!isCount(register)) return wrong",
    suites: ["readProgram"],
  },
  {
    id: "signatures: rows of a product need be no multiple of its matrices'",
    file: "signatures",
    before:
      "(m, k, n, _accumulate, rows) => [rows * k, (rows / m) * k * n],\n  { orZero: [3], allows: (m, _k, _n, accumulate, rows) => accumulate <= 1 && rows % m === 0 },\n);\nconst likeMatmulPacked",
    after:
      "(m, k, n, _accumulate, rows) => [rows * k, (rows / m) * k * n],\n  { orZero: [3], allows: (m, _k, _n, accumulate, rows) => accumulate <= 1 && rows >= m },\n);\nconst likeMatmulPacked",
    suites: ["verify"],
  },

  // Training
  {
    id: "schedules: a warmup ends at the rate of its last step",
    file: "schedules",
    before: "(after(step) * step) / steps",
    after: "(after(steps) * step) / steps",
    suites: ["schedules"],
  },
  {
    id: "train: who resumes may limit gradients otherwise",
    file: "train",
    before: "clip: [training.clip, clip],",
    after: "",
    suites: ["checkpoint"],
  },
  {
    id: "train: who resumes may draw other data",
    file: "train",
    before: "seed: [training.seed, seed],",
    after: "",
    suites: ["checkpoint"],
  },
  {
    id: "gradientNoise: steps share numbers where parameters are no multiple of four",
    file: "gradientNoise",
    before: "t * 4 * Math.ceil(count / 4)",
    after: "t * 4 * Math.floor(count / 4)",
    suites: ["gradientNoise"],
  },
  {
    id: "trainer: a checkpoint does not know how far evaluation has drawn",
    file: "trainer",
    before: "this.#place.evaluationPosition = this.#evaluationRandom.position;",
    after: "",
    suites: ["checkpoint"],
  },
  {
    id: "recent: means are over a batch more than they need",
    file: "recent",
    before: "this.#sums[0]! - this.#entries[0]![0]! >= this.#least",
    after: "this.#sums[0]! - this.#entries[0]![0]! > this.#least",
    suites: ["recent"],
  },

  // Layers
  {
    id: "turingCell: reading comes first where it is to come last",
    file: "turingCell",
    before: 'order === "read-write" ? state.memory : memory, readWeights',
    after: 'order !== "write-read" ? state.memory : memory, readWeights',
    suites: ["importEquations", "systems/neuralTuringMachine"],
  },
  {
    id: "recurrentEncoder: dropout in front of the first layer too",
    file: "recurrentEncoder",
    before: "i && rate && graph.isTraining ? dropout",
    after: "rate && graph.isTraining ? dropout",
    suites: ["recurrentEncoder"],
  },
  {
    id: "recurrentEncoder: backward ends where forward does",
    file: "recurrentEncoder",
    before: "end = concat([thereEnd, first(back)]);",
    after: "end = concat([thereEnd, first(reverseSequence(back, lengths))]);",
    suites: ["recurrentEncoder"],
  },
  {
    id: "attentionDecoder: all layers drop the same units",
    file: "attentionDecoder",
    before: "multiply(h, masks[i - 1]!)",
    after: "multiply(h, masks[0]!)",
    suites: ["attentionDecoder"],
  },
  {
    id: "initializers: half of Glorot's variance",
    file: "initializers",
    before: "Math.sqrt(6 / (inputs + outputs))",
    after: "Math.sqrt(3 / (inputs + outputs))",
    suites: ["initializers"],
  },

  // Metrics and tasks
  {
    id: "denotation: an item that is there twice counts twice",
    file: "denotation",
    before: "if (!values.some((other) => isEqual(value, other))) values.push(value);",
    after: "values.push(value);",
    suites: ["metrics"],
  },
  {
    id: "denotation: a date is compared where the other has none",
    file: "denotation",
    before: "return a.date !== undefined && a.date === b.date;",
    after: "return a.date === b.date;",
    suites: ["metrics"],
  },
  {
    id: "associativeRecall: the last item is asked for too",
    file: "associativeRecall",
    before: "random.integer(0, items - 2)",
    after: "random.integer(0, items - 1)",
    suites: ["tasks/turingTasks", "tasks/tasks"],
  },
  {
    id: "dynamicNgrams: bits in front of a whole context are counted",
    file: "dynamicNgrams",
    before: "if (!isFree) ++seen[bit as 0 | 1][last]!;",
    after: "++seen[bit as 0 | 1][last]!;",
    suites: ["tasks/turingTasks"],
  },
  {
    id: "batch: what a batch held before is still there",
    file: "batch",
    before: "return block.fill(0, 0, size);",
    after: "return block;",
    suites: ["tasks/tasks", "tasks/turingTasks", "evaluate"],
  },
  {
    id: "pointerScores: a tour is no number where all cities coincide",
    file: "pointerScores",
    before: "(optimum ? tourLength(points, tour) / optimum : 1)",
    after: "tourLength(points, tour) / optimum",
    suites: ["geometry"],
  },

  // Pages
  {
    id: "trace pack: nothing but zeros has no step",
    file: "tracePack",
    before: "const step = most / STEPS || 1;",
    after: "const step = most / STEPS;",
    suites: ["tracePack"],
  },
  {
    id: "trace layout: a character goes on a step too long",
    file: "traceLayout",
    before: "step < label.step + (label.steps ?? 1)",
    after: "step <= label.step + (label.steps ?? 1)",
    suites: ["trace"],
    builds: ["scripts"],
  },

  // What the command line reads
  {
    id: "csv: the rarest is the delimiter",
    file: "csv",
    before: "counts.get(b)! - counts.get(a)!",
    after: "counts.get(a)! - counts.get(b)!",
    suites: ["csv"],
  },
  {
    id: "csv: a line that names the delimiter is a row",
    file: "csv",
    before: "if (said) return parsed(text.slice(said[0].length), said[1]!, file);",
    after: "",
    suites: ["csv"],
  },
  {
    id: "questions: names that differ in capitals are two columns",
    file: "questionTable",
    before: "normal(other) === normal(name)",
    after: "other === name",
    suites: ["questions/cells", "questions/reading"],
  },
  {
    id: "reading: what a character cost is in nats",
    file: "reading",
    before: "(all[code]! - most) / Math.LN2",
    after: "(all[code]! - most)",
    suites: ["cliSystems"],
    builds: ["scripts"],
  },
  {
    id: "numbers: an option that must be above 0 may be 0",
    file: "numbers",
    before: "(value > 0 || (orZero && value === 0))",
    after: "value >= 0",
    suites: ["numbers"],
  },

  // Kernels and loops
  {
    id: "loops: the last frame is given back with those that did not run",
    file: "loops",
    before: "base + (<usize>t + 1) * bytes",
    after: "base + <usize>t * bytes",
    suites: ["scan"],
  },
  {
    id: "loops: one row that has halted ends a loop",
    file: "loops",
    before:
      "for (let i = 0; i < count; ++i) if (load<f32>(flags + ((<usize>i) << 2)) == 0) return false;\n  return true;",
    after:
      "for (let i = 0; i < count; ++i) if (load<f32>(flags + ((<usize>i) << 2)) != 0) return true;\n  return false;",
    suites: ["plan"],
  },
  {
    id: "sharpen: a row that is all but 0 is divided by its largest",
    file: "sharpen",
    before: "const perMax: f32 = m < smallest ? 0 : <f32>1 / m;",
    after: "const perMax: f32 = m == 0 ? 0 : <f32>1 / m;",
    suites: ["addressing", "ops"],
  },
  {
    id: "beamStep: a candidate that is no number comes in",
    file: "beamStep",
    before: "if (!(rank > load<f32>(ranks + last))) continue;",
    after: "if (rank <= load<f32>(ranks + last)) continue;",
    suites: ["nan", "ties"],
  },
  {
    id: "firstInOrder: rows behind a whole selection lose by it",
    file: "firstInOrder",
    before: "if (left > 0) later +=",
    after: "if (left >= 0) later +=",
    suites: ["ops"],
  },
  {
    id: "reverseSequence: what is longer than there are steps is turned around",
    file: "reverseSequence",
    before: "if (!(length <= <f32>time && <f32>t < length)) return t;",
    after: "if (!(<f32>t < length)) return t;",
    suites: ["ops", "shapes"],
  },
  {
    id: "adam: the bias of the second moment is corrected as that of the first",
    file: "adam",
    before: "sqrt<f64>(1 - power(beta2, t))",
    after: "sqrt<f64>(1 - power(beta1, t))",
    suites: ["optimizer"],
  },
  {
    id: "maskedLogSoftmax: a tail has no part in the largest",
    file: "maskedLogSoftmax",
    before: "if (tail) max4 = f32x4.pmax(max4, keep4(",
    after: "if (tail) max4 = f32x4.pmin(max4, keep4(",
    suites: ["nan", "ops"],
  },
];
