import type { Instruction } from "./op.js";
import type { Block, Loop } from "./lower.js";
import type { Tensor } from "./tensor.js";

/**
 * What of a program's values somebody will read. An instruction that only makes values nobody reads is dropped: so
 * gradients of data, unused outputs and untraced values cost nothing.
 */
export function findLive(block: Block, wanted: Iterable<Tensor>): ReadonlySet<Tensor> {
  const live = new Set<Tensor>();
  for (const tensor of wanted) live.add(tensor.root);
  for (let before = -1; before !== live.size;) {
    before = live.size; // carried state may make earlier code live, so repeat until nothing changes
    markBlock(block, live);
  }
  return live;
}

const anyLive = (tensors: readonly Tensor[], live: ReadonlySet<Tensor>): boolean =>
  tensors.some((tensor) => live.has(tensor.root));

/** An instruction without results is there for its effect. */
const isNeeded = ({ writes, adds }: Instruction, live: ReadonlySet<Tensor>): boolean =>
  anyLive(writes, live) || anyLive(adds, live) || writes.length + adds.length === 0;

function markBlock(block: Block, live: Set<Tensor>): boolean {
  let needed = false;
  for (const item of block.toReversed()) {
    if (item.kind === "loop") needed = markLoop(item, live) || needed;
    else if (item.kind === "fork") for (const branch of item.branches) needed = markBlock([...branch], live) || needed;
    else if (isNeeded(item, live)) {
      for (const tensor of item.reads) live.add(tensor.root);
      needed = true;
    }
  }
  return needed;
}

function markLoop(loop: Loop, live: Set<Tensor>): boolean {
  const { scan, direction } = loop;
  const link = (a: Tensor, b: Tensor): void => {
    if (live.has(a.root)) live.add(b.root);
  };
  markBlock(loop.epilogue, live);
  for (const { outer, inner } of loop.sequences) link(outer, inner);
  for (const { before, after } of carriedOf(loop)) link(before, after);
  const needed = markBlock(loop.body, live);
  for (const { outer, inner, role } of loop.sequences) if (role === "source") link(inner, outer);
  markBlock(loop.prologue, live);
  if (needed) {
    live.add(scan.record);
    if (scan.halted && direction === "forward") live.add(scan.halted.root);
  }
  return needed;
}

/**
 * What an iteration finds of the one before it, and what that one leaves. Forward these are a state's `input` and
 * `next`; backward the gradients of `next` and `input`. The prologue writes the former, the epilogue reads the latter.
 */
function carriedOf({ prologue, epilogue }: Loop): { before: Tensor; after: Tensor }[] {
  return prologue.map((first, i) => ({
    before: (first as Instruction).writes[0]!,
    after: (epilogue[i] as Instruction).reads[0]!,
  }));
}

/** The block without what nobody reads. */
export function prune(block: Block, live: ReadonlySet<Tensor>): Block {
  const kept: Block = [];
  for (const item of block) {
    if (item.kind === "instruction") {
      if (isNeeded(item, live)) kept.push(item);
      continue;
    }
    if (item.kind === "fork") {
      const branches = item.branches.map((branch) => branch.filter((i) => isNeeded(i, live)));
      if (branches.some(({ length }) => length)) kept.push({ kind: "fork", branches });
      continue;
    }
    const body = prune(item.body, live);
    if (!body.length) continue;
    kept.push({
      ...item,
      body,
      prologue: prune(item.prologue, live),
      epilogue: prune(item.epilogue, live),
      sequences: item.sequences.filter(({ outer }) => live.has(outer.root)),
    });
  }
  return kept;
}
