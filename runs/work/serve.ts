import type { Order, Report } from "./messages.js";
import type { Performance, Performer } from "./performer.js";

/** Milliseconds between two reports of where a run stands. */
const EVERY = 500;

/** Trains what the parent process orders, slice after slice, until that process ends. */
export function serveRuns(performers: Readonly<Record<string, Performer>>): void {
  let held: { readonly run: string; readonly performance: Performance } | undefined;
  let isStopping = false;

  const report = (message: Report): void => {
    if (process.connected) process.send!(message);
  };
  const letGo = (): void => {
    held?.performance.dispose();
    held = undefined;
  };

  async function slice({ run, begun, goal, milliseconds }: Order & { type: "slice" }): Promise<void> {
    try {
      if (begun) {
        letGo();
        const { kind } = begun.spec;
        const perform = Object.hasOwn(performers, kind) ? performers[kind] : undefined;
        if (!perform) throw new Error(`No worker of this version knows runs of the kind "${kind}"`);
        held = { run, performance: await perform(begun) };
      }
      if (held?.run !== run) throw new Error(`The process does not have the run ${run}`);
      const { performance: performed } = held;
      const until = performance.now() + milliseconds;
      let next = performance.now() + EVERY;
      const shouldStop = (): boolean => {
        const now = performance.now();
        if (now > next) {
          report({ type: "step", run, step: performed.step });
          next = now + EVERY;
        }
        return isStopping || now > until;
      };
      const isDone = await performed.advance({ goal, shouldStop });
      if (isDone) {
        report({ type: "done", run, result: await performed.result() });
        letGo();
      } else report({ type: "cut", run, kept: performed.kept() });
    } catch (error) {
      letGo();
      report({ type: "threw", run, message: messageOf(error) });
    }
  }

  process.on("message", (order: Order) => {
    if (order.type === "stop") isStopping = true;
    else void slice(order);
  });
  // Ctrl-C in a terminal goes to all processes of it: the parent says what is to happen.
  process.on("SIGINT", () => undefined).on("SIGTERM", () => undefined);
  process.on("disconnect", () => process.exit());
  report({ type: "ready" });
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === "Error" ? error.message : `${error.name}: ${error.message}`;
}
