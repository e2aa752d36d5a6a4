import { Register } from "../../assembly/machine.js";
import type { Gradients } from "./differentiate.js";
import type { Graph } from "./graph.js";
import { instructionsOf, type Block, type Loop } from "./lower.js";
import { packByLifetime } from "./pack.js";
import { Region, type Offset } from "./region.js";
import type { Scan } from "./scan.js";
import { sizeOf } from "./shape.js";
import type { Tensor } from "./tensor.js";

/** Where a value lives: an offset from a base register of the machine. */
export interface Place {
  readonly register: number;
  /** The region that the register points into, where offsets can depend on dimensions. */
  readonly region?: Region;
  readonly offset: Offset;
}

/** The registers and frames of one scan. `previous` is the register after `frame`, and so for the gradients. */
export interface ScanPlan {
  readonly frameRegister: number;
  readonly gradientRegister: number;
  readonly frame: Region;
  /** What of backward crosses iterations. Two of these take turns. */
  readonly gradientFrame: Region;
  /** Both of them, in the activations; set when the program is differentiated. */
  gradientFrames?: Place;
  readonly sequenceRegisters: Map<Tensor, number>;
  /** Whether all frames are kept for backward, or two take turns. */
  readonly keep: boolean;
  /** Whether no other loop is inside, so that the frames of iterations that did not run can be given back. */
  readonly leaf: boolean;
}

export interface Plan {
  readonly activations: Region;
  readonly io: Region;
  readonly scans: ReadonlyMap<Scan, ScanPlan>;
  placeOf(tensor: Tensor): Place;
}

/** What the planner is told beside the instructions. */
export interface Planned {
  readonly graph: Graph;
  readonly block: Block;
  readonly live: ReadonlySet<Tensor>;
  readonly gradients: Gradients | undefined;
  /** Places that the compiler has fixed: parameters, their gradients, results. */
  readonly fixed: ReadonlyMap<Tensor, Place>;
  readonly outputs: ReadonlyMap<string, Tensor>;
  /** What is computed before the loop stays for as long as the session lasts. */
  readonly session: boolean;
}

interface Use {
  first: number;
  last: number;
  /** A loop's backward reads what its forward computed, so the value stays in its frame. */
  kept: boolean;
}

/** Gives every buffer of a program a fixed place. */
export function plan({ graph, block, live, gradients, fixed, outputs, session }: Planned): Plan {
  const io = new Region();
  const activations = new Region();
  const scans = new Map<Scan, ScanPlan>();
  const places = new Map<Tensor, Place>(fixed);

  for (const tensor of [...graph.inputs.values(), ...outputs.values()]) {
    places.set(tensor.root, { register: Register.io, region: io, offset: io.add(sizeOf(tensor.shape)) });
  }
  const sequences = sequencesOf(block);
  planLoops(block, Register.loops);

  function planLoops(items: Block, free: number): void {
    for (const item of items) {
      if (item.kind !== "loop") continue;
      const { scan } = item;
      const planned: ScanPlan = scans.get(scan) ?? {
        frameRegister: free,
        gradientRegister: free + 2,
        frame: new Region(),
        gradientFrame: new Region(),
        sequenceRegisters: new Map(),
        keep: gradients !== undefined,
        leaf: !item.body.some((inner) => inner.kind === "loop"),
      };
      scans.set(scan, planned);
      const registers = planned.sequenceRegisters;
      for (const { inner } of item.sequences) {
        const register = registers.get(inner) ?? planned.gradientRegister + 2 + registers.size;
        registers.set(inner, register);
        places.set(inner.root, { register, offset: { bytes: 0, dynamic: -1 } });
      }
      planCarried(item, planned);
      // Backward adds sequences, so what is nested starts behind the registers of both directions.
      const next = planned.gradientRegister + 2 + sequences.get(scan)!.size;
      if (next > Register.count) throw new Error("The loops of a program go through more sequences than a machine can");
      planLoops(item.body, next);
    }
  }

  function planCarried({ scan, direction }: Loop, planned: ScanPlan): void {
    const backward = direction === "backward";
    const region = backward ? planned.gradientFrame : planned.frame;
    const register = backward ? planned.gradientRegister : planned.frameRegister;
    for (const { next, input } of scan.carried) {
      // Forward, `input` is the last frame's `next`; backward, the other way round, of their gradients.
      const [here, there] = backward ? [gradients!.of(next), gradients!.of(input)] : [next, input];
      if (!live.has(here.root) && !live.has(there.root)) continue;
      const offset = region.add(sizeOf(here.shape));
      places.set(here.root, { register, region, offset });
      places.set(there.root, { register: register + 1, region, offset });
    }
    if (!backward) return;
    const offset = activations.addCopies(region, 2);
    planned.gradientFrames = { register: Register.activations, region: activations, offset };
  }

  const uses = findUses(block, (tensor) => !places.has(tensor), gradients);
  const shared: { key: Tensor; size: number; first: number; last: number }[] = [];
  for (const [tensor, { first, last, kept }] of uses) {
    const size = sizeOf(tensor.shape);
    const scan = kept ? scanOf(tensor, scans) : undefined;
    if (scan) {
      places.set(tensor, { register: scan.frameRegister, region: scan.frame, offset: scan.frame.add(size) });
    } else if (typeof size === "number" && !(session && tensor.scope === graph.root)) {
      shared.push({ key: tensor, size, first, last });
    } else {
      places.set(tensor, { register: Register.activations, region: activations, offset: activations.add(size) });
    }
  }
  for (const [tensor, bytes] of packByLifetime(activations, shared)) {
    places.set(tensor, { register: Register.activations, region: activations, offset: { bytes, dynamic: -1 } });
  }

  return {
    activations,
    io,
    scans,
    placeOf(tensor) {
      const place = places.get(tensor.root);
      if (!place) throw new Error(`The planner has no place for ${tensor.origin}`);
      return place;
    },
  };
}

/** What the iterations of each scan go through slice by slice, in either direction. */
function sequencesOf(block: Block, found = new Map<Scan, Set<Tensor>>()): ReadonlyMap<Scan, ReadonlySet<Tensor>> {
  for (const item of block) {
    if (item.kind !== "loop") continue;
    const inners = found.get(item.scan) ?? new Set();
    found.set(item.scan, inners);
    for (const { inner } of item.sequences) inners.add(inner);
    sequencesOf(item.body, found);
  }
  return found;
}

function scanOf(tensor: Tensor, scans: ReadonlyMap<Scan, ScanPlan>): ScanPlan {
  for (const [scan, planned] of scans) if (scan.scope === tensor.scope) return planned;
  throw new Error(`${tensor.origin} belongs to a loop that is not in the program`);
}

/** From where to where in the program each value is needed. */
function findUses(
  block: Block,
  wanted: (tensor: Tensor) => boolean,
  gradients: Gradients | undefined,
): ReadonlyMap<Tensor, Use> {
  const uses = new Map<Tensor, Use>();
  const wholeLoops: { use: Use; loop: Loop }[] = [];
  const ends = new Map<Loop, number>();
  let position = 0;

  function touch(tensor: Tensor, loops: readonly { loop: Loop; start: number }[]): void {
    const { root } = tensor;
    if (!wanted(root)) return;
    let use = uses.get(root);
    if (!use) uses.set(root, (use = { first: position, last: position, kept: false }));
    use.last = Math.max(use.last, position);
    // A value from outside a loop is needed in every iteration.
    const crossed = loops.find(({ loop }) => loop.scan.scope.depth > root.scope.depth);
    if (crossed) {
      use.first = Math.min(use.first, crossed.start);
      wholeLoops.push({ use, loop: crossed.loop });
    }
    const own = loops.find(({ loop }) => loop.scan.scope === root.scope);
    if (own?.loop.direction === "backward" && !gradients?.has(root)) use.kept = true;
  }

  function walk(items: Block, loops: readonly { loop: Loop; start: number }[]): void {
    for (const item of items) {
      if (item.kind !== "loop") {
        // Branches of a fork run at the same time, so all that any of them needs is needed at once.
        for (const { writes, adds, reads } of instructionsOf(item)) {
          for (const tensor of [...writes, ...adds, ...reads]) touch(tensor, loops);
        }
        ++position;
        continue;
      }
      const { scan, direction, sequences } = item;
      touch(scan.record, loops);
      walk(item.prologue, loops);
      const inside = [...loops, { loop: item, start: position }];
      const touchEdge = (): void => {
        touch(scan.record, loops);
        for (const { outer } of sequences) touch(outer, loops);
        if (direction === "forward" && scan.halted) touch(scan.halted, inside);
      };
      touchEdge();
      ++position;
      walk(item.body, inside);
      touchEdge();
      ends.set(item, position++);
      walk(item.epilogue, loops);
    }
  }

  walk(block, []);
  for (const { use, loop } of wholeLoops) use.last = Math.max(use.last, ends.get(loop)!);
  return uses;
}
