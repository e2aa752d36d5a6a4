import type { Random } from "../../common/random/philox.js";
import { interpret } from "./interpret.js";
import { showCall, type Call, type CallNames, type Decision, type Environment } from "./environment.js";
import { teacherCore } from "./teacher.js";
import type { Core } from "./core.js";

/** A call, what it observed at each of its steps, and what it did there. */
export interface TracedFrame {
  readonly call: Call;
  readonly observations: readonly ArrayLike<number>[];
  readonly decisions: readonly Decision[];
}

/** A world whose programs do different things where they have seen the same: nothing can learn these. */
export class TeacherError extends Error {
  override readonly name = "TeacherError";
}

/** Node of a tree of step inputs: what was decided behind a sequence of observations. */
interface Step {
  readonly decision: string;
  readonly next: Map<string, Step>;
}

const keyOf = (observation: ArrayLike<number>): string => Array.prototype.join.call(observation);
const decided = ({ call, returns }: Decision): string => `${call?.join() ?? ""}${returns ? ";" : ""}`;

/**
 * Different frames, by what they observed. Frames that begin alike and end differently share their first steps; one that
 * is the beginning of another cannot be, since what a program does follows from what it observed.
 */
export class FrameSet {
  readonly #roots = new Map<string, { readonly next: Map<string, Step> }>();
  readonly #frames = new Map<string, TracedFrame[]>();
  #steps = 0;
  #lots: Lots | undefined;

  constructor(readonly environment: CallNames) {}

  /** Different step inputs: calls with all they have observed. */
  get steps(): number {
    return this.#steps;
  }

  /** Different frames of each program, by its name. */
  get frames(): ReadonlyMap<string, readonly TracedFrame[]> {
    return this.#frames;
  }

  /** Takes a frame in, unless it is there. @throws TeacherError when it contradicts one that is. */
  add(frame: TracedFrame): void {
    const { call, observations, decisions } = frame;
    const root = call.join();
    if (!this.#roots.has(root)) this.#roots.set(root, { next: new Map() });
    let at: { readonly next: Map<string, Step> } = this.#roots.get(root)!;
    let isNew = false;
    observations.forEach((observation, i) => {
      const key = keyOf(observation);
      const decision = decided(decisions[i]!);
      let known = at.next.get(key);
      if (!known) {
        at.next.set(key, (known = { decision, next: new Map() }));
        ++this.#steps;
        isNew = true;
      } else if (known.decision !== decision) {
        const shown = showCall(this.environment, call);
        throw new TeacherError(
          `${shown} of ${this.environment.name} does ${decision || "nothing"} and ${known.decision || "nothing"} at step ${i + 1} after the same observations, and must do the same`,
        );
      }
      at = known;
    });
    if (!isNew) return;
    this.#lots = undefined;
    const [name] = call;
    if (!this.#frames.has(name)) this.#frames.set(name, []);
    this.#frames.get(name)!.push(frame);
  }

  /**
   * A frame at random: of a program that is the likelier the more different things it does, then any of these, and then
   * any frame that does it. So what is rare but all that matters, such as the end of a recursion, comes up as often.
   */
  draw(random: Random): TracedFrame {
    const { total, all } = (this.#lots ??= lotsOf(this.#frames));
    let lot = random.uniform(0, total);
    const { kinds } = all.find(({ share }) => (lot -= share) < 0) ?? all.at(-1)!;
    return oneOf(random, oneOf(random, kinds));
  }

  /** Whether a call has been seen to observe all this. */
  has(call: Call, observations: readonly ArrayLike<number>[]): boolean {
    let at: { readonly next: Map<string, Step> } | undefined = this.#roots.get(call.join());
    for (const observation of observations) at = at?.next.get(keyOf(observation));
    return at !== undefined;
  }
}

/** Programs with their shares of what is drawn, and their frames by what these do. */
interface Lots {
  readonly total: number;
  readonly all: readonly { readonly share: number; readonly kinds: readonly (readonly TracedFrame[])[] }[];
}

/** Shares are square roots of the numbers of different sequences of decisions. */
function lotsOf(programs: ReadonlyMap<string, readonly TracedFrame[]>): Lots {
  const all = [...programs.values()].map((frames) => {
    const kinds = new Map<string, TracedFrame[]>();
    for (const frame of frames) {
      const kind = frame.decisions.map(decided).join("|");
      const alike = kinds.get(kind);
      if (alike) alike.push(frame);
      else kinds.set(kind, [frame]);
    }
    return { share: Math.sqrt(kinds.size), kinds: [...kinds.values()] };
  });
  return { total: all.reduce((sum, { share }) => sum + share, 0), all };
}

const oneOf = <T>(random: Random, all: readonly T[]): T => all[random.integer(0, all.length - 1)]!;

/** Runs a program with the environment's teacher, and hands over every frame of its trace. */
export function traceFrames<State, Problem>(
  environment: Environment<State, Problem>,
  problem: Problem,
  call: Call | undefined,
  take: (frame: TracedFrame) => void,
  core: Core<State> = teacherCore(environment),
): State {
  const recording: Core<State> = {
    enter(entered, state) {
      const frame = core.enter(entered, state);
      const [observations, decisions]: [ArrayLike<number>[], Decision[]] = [[], []];
      return {
        decide(observation) {
          const decision = frame.decide(observation);
          observations.push(Array.from(observation));
          decisions.push(decision);
          if (decision.returns) take({ call: entered, observations, decisions });
          return decision;
        },
      };
    },
  };
  return interpret(recording, environment, environment.start(problem), { ...(call && { call }) }).state;
}
