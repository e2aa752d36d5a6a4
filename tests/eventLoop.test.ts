import { suite } from "uvu";
import * as assert from "uvu/assert";
import { EventLoop } from "../bindings/training/eventLoop.js";
import { soon } from "./support/soon.js";

const yielding = suite("training yields to the event loop");

/** Yields while the host lacks some of what it has. */
async function without(names: readonly string[], use: (eventLoop: EventLoop) => Promise<void>): Promise<void> {
  const host = globalThis as Record<string, unknown>;
  const own = names.map((name) => Object.getOwnPropertyDescriptor(host, name)!);
  for (const name of names) Object.defineProperty(host, name, { value: undefined, configurable: true, writable: true });
  const eventLoop = new EventLoop();
  try {
    await use(eventLoop);
  } finally {
    eventLoop.end();
    names.forEach((name, i) => Object.defineProperty(host, name, own[i]!));
  }
}

for (const [how, missing] of [
  ["where there is setImmediate", []],
  ["through a message to itself", ["setImmediate"]],
  ["through a timer", ["setImmediate", "MessageChannel"]],
] as const) {
  yielding(`${how}: what waited before comes first`, () => {
    const later = setTimeout;
    return without(missing, async (eventLoop) => {
      for (let i = 0; i < 3; ++i) {
        let others = false;
        later(() => (others = true), 0);
        for (const deadline = performance.now() + 120_000; !others && performance.now() < deadline;)
          await eventLoop.yield();
        assert.ok(others, "a timer never had its turn");
      }
    });
  });
}

yielding("an event loop that has ended leaves nothing that keeps the process", async () => {
  const handles = (): number =>
    (process as unknown as { getActiveResourcesInfo(): string[] })
      .getActiveResourcesInfo()
      .filter((name) => name === "MessagePort").length;
  const before = handles();
  await without(["setImmediate"], async (eventLoop) => {
    await eventLoop.yield();
    assert.is(handles() > before, true);
  });
  await soon("the port is gone", () => handles() === before);
});

yielding.run();
