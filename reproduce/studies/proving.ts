import { existsSync, readFileSync } from "node:fs";
import type { Engine } from "../../bindings/core.js";
import { loadCheckpoint } from "../../bindings/load.js";
import {
  mixedPolicy,
  StatementNetwork,
  theoremsOf,
  uniformPolicy,
  type ProofPart,
  type ProofPolicy,
  type RuleBook,
} from "../../bindings/metamath.js";
import { models, type AttentionSeq2Seq } from "../../bindings/models.js";
import { packagePath } from "../../cli/sweeping/packagePath.js";
import { theoremsOf as readTheorems } from "../../cli/theorems.js";
import { THEOREMS } from "../../recipes/proving.js";
import { dataFile, dataFolder } from "../data.js";
import type { StudyOptions } from "../page.js";
import { countsOf, judgeDecisions, proveAll, type Proved } from "../proving.js";
import type { Measured } from "../system.js";

/** States that are expanded for a theorem, at most; of a quick study, and theorems of that. */
export const NODES = 1000;
const QUICK = { nodes: 5, most: 4 };

/** What guides a search, in the order of the table. */
export const GUIDES = {
  uniform: "unguided: every statement that fits is as likely",
  counts: "counts of statements",
  heads: "counts by the goal's topmost operations",
  network: "network",
  both: "network and counts by operations, half each",
} as const;
export type GuideName = keyof typeof GUIDES;

/** A way to search, on the theorems of the test. */
export interface GuideStudy {
  /** The statements of the proofs that are there, as the policy ranks them; nothing for the unguided search. */
  readonly decisions?: Measured;
  readonly search: Proved;
}

/** All ways to search. */
export interface ProvingStudy {
  readonly machine: string;
  readonly nodes: number;
  readonly theorems: Readonly<Record<ProofPart, number>>;
  readonly guides: Readonly<Partial<Record<GuideName, GuideStudy>>>;
}

/** Proves the theorems of the test from what stands before each: without guidance, by counts, and by the network. */
export async function studyProving(
  engine: Engine,
  { quick, machine, report }: StudyOptions,
): Promise<ProvingStudy | undefined> {
  if (dataFolder() === undefined) return undefined;
  const { book } = readTheorems(dataFile(THEOREMS));
  const { nodes, most } = quick ? QUICK : { nodes: NODES, most: Infinity };
  const guides: Partial<Record<GuideName, GuideStudy>> = {};
  for (const [name, policy] of Object.entries(policiesOf(engine, book)) as [GuideName, ProofPolicy][]) {
    const search = proveAll(book, { part: "test", nodes, most, policy });
    guides[name] = {
      ...(name !== "uniform" && { decisions: judgeDecisions(book, "test", policy, quick ? most : Infinity) }),
      search,
    };
    report(
      `proving, ${name}: ${Object.keys(search.proved).length} of ${search.theorems} in ${search.seconds.toFixed(0)} s`,
    );
    await Promise.resolve();
  }
  const theorems = { train: theoremsOf(book, "train"), dev: theoremsOf(book, "dev"), test: theoremsOf(book, "test") };
  const counted = Object.fromEntries(Object.entries(theorems).map(([part, { length }]) => [part, length]));
  return { machine, nodes, theorems: counted as Record<ProofPart, number>, guides };
}

/** Every policy; those of the network where it has been trained. */
function policiesOf(engine: Engine, book: RuleBook): Partial<Record<GuideName, ProofPolicy>> {
  const [counts, heads] = [countsOf(book, { given: "nothing" }).policy, countsOf(book, { given: "heads" }).policy];
  const file = packagePath("checkpoints/proving.safetensors");
  if (!existsSync(file)) return { uniform: uniformPolicy, counts, heads };
  const { model } = loadCheckpoint(new Uint8Array(readFileSync(file)), { file, models });
  const network = new StatementNetwork(engine, model as AttentionSeq2Seq, book).policy;
  return { uniform: uniformPolicy, counts, heads, network, both: mixedPolicy([network, heads]) };
}
