import type { Kept, RunResult } from "../run.js";
import type { Begun } from "./performer.js";

/** To a process that trains. */
export type Order =
  | {
      readonly type: "slice";
      readonly run: string;
      /** Absent where the process has the run as it stands. */
      readonly begun?: Begun | undefined;
      readonly goal?: number | undefined;
      readonly milliseconds: number;
    }
  | { readonly type: "stop" };

/** From it. */
export type Report =
  | { readonly type: "ready" }
  | { readonly type: "step"; readonly run: string; readonly step: number }
  | { readonly type: "cut"; readonly run: string; readonly kept: Kept }
  | { readonly type: "done"; readonly run: string; readonly result: RunResult }
  | { readonly type: "threw"; readonly run: string; readonly message: string };
