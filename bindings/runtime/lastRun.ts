import type { Freeable } from "../engine/kept.js";
import type { Shards } from "../engine/shards.js";

/** The shards of a model's last run on an engine, for the next that is like it. */
export class LastRun implements Freeable {
  key = "";
  shards: Shards | undefined;

  free(): void {
    this.shards?.free();
    this.shards = undefined;
  }
}
