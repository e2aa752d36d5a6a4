import type { Instruction } from "./op.js";
import { instructionsOf, type Block, type Loop } from "./lower.js";
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

/** An instruction without results is there for its effect. */
function isNeeded({ writes, adds }: Instruction, live: ReadonlySet<Tensor>): boolean {
  const results = [...writes, ...adds];
  return !results.length || results.some(({ root }) => live.has(root));
}

function markBlock(block: Block, live: Set<Tensor>): boolean {
  let needed = false;
  for (const item of block.toReversed()) {
    if (item.kind === "loop") {
      needed = markLoop(item, live) || needed;
      continue;
    }
    for (const one of instructionsOf(item).toReversed()) {
      if (!isNeeded(one, live)) continue;
      for (const { root } of one.reads) live.add(root);
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
  // What an iteration finds of the one before it, and what that one leaves. Forward these are a state's `input` and
  // `next`; backward the gradients of `next` and `input`. The prologue writes the former, the epilogue reads the latter.
  loop.prologue.forEach((first, i) => {
    link((first as Instruction).writes[0]!, (loop.epilogue[i] as Instruction).reads[0]!);
  });
  const needed = markBlock(loop.body, live);
  for (const { outer, inner, role } of loop.sequences) if (role === "source") link(inner, outer);
  markBlock(loop.prologue, live);
  if (needed) {
    live.add(scan.record);
    if (scan.halted && direction === "forward") live.add(scan.halted.root);
  }
  return needed;
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
