import { fileURLToPath } from "node:url";
import { save } from "../../bindings/core.js";
import { PolicyValueNetwork } from "../../bindings/models.js";
import { engineIdentity } from "../../cli/sweeping/engineIdentity.js";
import { hashOf, sha256, type Json } from "../../runs/canonical.js";
import { openDatabase } from "../../runs/database/open.js";
import { runHash, settingHash, writePlan, type PlannedSetting } from "../../runs/store/planning.js";
import { readResult, readResults, readTrained, type Done } from "../../runs/store/results.js";
import { readStatus } from "../../runs/store/status.js";
import { Store } from "../../runs/store/store.js";
import { Pool } from "../../runs/work/pool.js";
import { contests, sizesOf, type Contest, type ContestName } from "./contests.js";
import { LEARNING, type LearningSpec } from "./learning.js";
import { PLAYING, type PlayingSpec } from "./playing.js";

/** How generations are made. */
export interface GenerationsOptions {
  readonly seed: number;
  /** Where runs are kept while they are open: an address, or a folder. */
  readonly database: string;
  /** Processes that play and learn. */
  readonly workers: number;
  /** Fewer of everything, to see that all of it works. */
  readonly quick?: boolean;
}

/** What a generation has come to. */
export interface Generation {
  /** From 0, the network that has learned nothing. */
  readonly generation: number;
  /** Games that were learned from so far. */
  readonly games: number;
  /** The mean length of this generation's games, and the loss in the end; none of generation 0. */
  readonly moves?: number;
  readonly loss?: number;
  /** Seconds of the processor for this generation. */
  readonly seconds: number;
  /** The network's file. */
  readonly network: Uint8Array;
}

/** A file that runs are trained on, as the queue keeps it. */
interface Kept {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

const keptOf = (bytes: Uint8Array): Kept => ({ hash: sha256(bytes), bytes });

/**
 * Generations of networks that learn a game from nothing: AlphaGo Zero's way. In each the network plays against itself,
 * in several runs of one sweep, and another sweep of one run goes on with it from the games of the latest generations.
 * A run is known by all that decides it, so generations that the database has are not made again.
 */
export async function* generationsOf(name: ContestName, options: GenerationsOptions): AsyncGenerator<Generation> {
  const contest: Contest = contests[name];
  const { seed, quick = false } = options;
  const [players, rounds, steps, most] = quick
    ? [1, 1, 3, 1]
    : [contest.players, contest.rounds, contest.steps, contest.generations];
  const store = await Store.open(await openDatabase(options.database), engineIdentity());
  try {
    let network = keptOf(save(new PolicyValueNetwork({ ...sizesOf(contest), seed })));
    yield { generation: 0, games: 0, seconds: 0, network: network.bytes };
    const played: Kept[][] = [];
    for (let generation = 1, games = 0; generation <= most; ++generation) {
      const playing: PlayingSpec = { contest: name, rounds, network: network.hash };
      // Runs of later generations have other networks, and seeds of their own as well.
      const seeds = Array.from({ length: players }, (_, i) => (seed * 1000 + generation) * 10 + i);
      const label = `${name}, seed ${seed}, generation ${generation}`;
      const game = await done(store, `${label}: games`, {
        setting: settingOf(PLAYING, playing, { steps: rounds, contest, files: [network] }),
        seeds,
        files: [network],
        options,
      });
      played.push(game.map(({ bytes }) => keptOf(bytes)));
      const files = played.slice(-contest.window).flat();
      const learning: LearningSpec = {
        contest: name,
        steps,
        network: network.hash,
        games: files.map(({ hash }) => hash),
      };
      const [learned] = await done(store, `${label}: learning`, {
        setting: settingOf(LEARNING, learning, { steps, contest, files: [network, ...files] }),
        seeds: [seed],
        files: [network, ...files],
        options,
      });
      network = keptOf(learned!.bytes);
      const measured = (of: Finished, what: string): number => of.result.measured[what] as number;
      games += game.reduce((sum, one) => sum + measured(one, "games"), 0);
      yield {
        generation,
        games,
        moves: game.reduce((sum, one) => sum + measured(one, "moves"), 0) / game.length,
        loss: measured(learned!, "loss"),
        seconds: [...game, learned!].reduce((sum, { result }) => sum + result.seconds, 0),
        network: network.bytes,
      };
    }
  } finally {
    await store.close();
  }
}

interface Decided {
  readonly steps: number;
  readonly contest: Contest;
  /** What workers are sent. */
  readonly files: readonly Kept[];
}

function settingOf(kind: string, spec: object, { steps, contest, files }: Decided): Omit<PlannedSetting, "seeds"> {
  const { version, binary } = engineIdentity();
  const { game: _, ...decides } = contest;
  const data = Object.fromEntries(files.map(({ hash }) => [hash, { hash }]));
  const told = { kind, ...spec, data };
  return { label: "", spec: told, steps, record: { ...told, tapehead: version, binary, decides: decides as Json } };
}

/** A run that is done, and its file. */
interface Finished {
  readonly result: Done;
  readonly bytes: Uint8Array;
}

interface Sweep {
  readonly setting: Omit<PlannedSetting, "seeds">;
  readonly seeds: readonly number[];
  readonly files: readonly Kept[];
  readonly options: GenerationsOptions;
}

/** Does the runs of a sweep that nobody has done, and returns what they came to. @throws Error when one failed */
async function done(store: Store, name: string, { setting, seeds, files, options }: Sweep): Promise<Finished[]> {
  const data = new Map(files.map(({ hash, bytes }) => [hash, bytes]));
  const plan = { sweep: hashOf(setting.record), seeds };
  await writePlan(store, { name, plan, settings: [{ ...setting, seeds }], metric: "loss", better: "lower", data });
  const pool = new Pool({
    store,
    workers: options.workers,
    script: fileURLToPath(new URL("child.ts", import.meta.url)),
    async isOver() {
      const { running, waiting } = await readStatus(store, name);
      return running + waiting === 0;
    },
  });
  await pool.run();
  for (const { state, message } of await readResults(store, name)) {
    if (state === "failed") throw new Error(`${name} failed: ${message}`);
  }
  const hash = settingHash(setting);
  return Promise.all(
    seeds.map(async (seed) => {
      const run = runHash(hash, seed);
      return { result: (await readResult(store, run))!, bytes: (await readTrained(store, run))! };
    }),
  );
}
