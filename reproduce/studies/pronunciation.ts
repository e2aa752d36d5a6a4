import { existsSync, readFileSync } from "node:fs";
import type { Engine } from "../../bindings/core.js";
import { loadCheckpoint } from "../../bindings/load.js";
import { errorRates } from "../../bindings/metrics/errorRates.js";
import { AttentionSeq2Seq } from "../../bindings/models.js";
import { pronunciations } from "../../cli/pairs.js";
import { experiments } from "../../recipes/suites.js";
import { dataFolder, readPairs } from "../data.js";
import { grouped } from "../grouped.js";
import type { StudyOptions } from "../page.js";
import { JointSequence } from "../teaching/jointSequence.js";
import { likeliest } from "../teaching/likeliest.js";
import { jointTeacher, network, type Teacher } from "../teaching/teachers.js";
import { wordsLike } from "../teaching/wordsLike.js";
import { trainedPath } from "../trainedFiles.js";

/** Words of a part that one or all of those who pronounce have right. */
export interface Pronounced {
  readonly name: string;
  /** The part of the words that training has seen, and of those of the dev split that it has not, whose answer is right. */
  readonly learned: number;
  readonly dev: number;
  /** On the test split, where the page has no other numbers. */
  readonly test?: { readonly symbolErrorRate: number; readonly sequenceErrorRate: number };
}

export interface PronunciationStudy {
  /** Words of each part. */
  readonly words: { readonly learned: number; readonly dev: number; readonly test: number };
  /** Of the made-up words that are taught those that are words of a part by chance. */
  readonly madeUp: { readonly dev: number; readonly test: number };
  readonly pronounced: readonly Pronounced[];
}

/** The learned words that are asked: every so manyth. */
const EVERY = 25;
const BEAM = 5;
/** Words that are enough to see that all of it works. */
const QUICK = 40;

/** Networks, by their experiments. */
const NETWORKS = [
  "pronunciation-first",
  "pronunciation-long",
  "pronunciation",
  "pronunciation-three",
  "pronunciation-small",
] as const;

type Words = ReadonlyMap<string, readonly (readonly string[])[]>;

/** How well networks and the joint sequence model pronounce, each by itself and those that teach together. */
export async function studyPronunciation(
  engine: Engine,
  { quick, report }: Pick<StudyOptions, "quick" | "report">,
): Promise<PronunciationStudy | undefined> {
  if (dataFolder() === undefined) return undefined;
  const data = experiments.find(({ name }) => name === TAUGHT)!.data!;
  const taught = data.taught!;
  const [train, dev, test] = ["train", "dev", "test"].map((part) =>
    pronunciations(readPairs(data.train.replace("train", part))),
  );
  const known = byWord(train!);
  const parts = {
    learned: some(known, (_, i) => i % EVERY === 0, quick),
    dev: some(byWord(dev!), (word) => !known.has(word), quick),
    test: some(byWord(test!), () => true, quick),
  };
  const networks = NETWORKS.map((name) => {
    const { checkpoint, teacher } = experiments.find((one) => one.name === name)!;
    return { name, file: trainedPath((teacher ?? checkpoint)!, quick) };
  });
  const missing = networks.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
  if (missing.length) {
    report(
      `pronunciation: skipped, since it needs the models of ${missing.join(" and ")}, which --only NAME --again trains`,
    );
    return undefined;
  }
  const models = networks.map(
    ({ file }) => loadCheckpoint(new Uint8Array(readFileSync(file)), { models: [AttentionSeq2Seq] }).model,
  );
  const spelled = quick ? train!.slice(0, EVERY * QUICK) : train!;
  const joint = jointTeacher(new JointSequence(spelled));
  const byName = new Map<string, Teacher>([
    ...networks.map(({ name }, i) => [name, network(engine, models[i]!, BEAM)] as const),
    [JOINT, joint],
  ]);
  const teachers = [...taught.by.map((file) => file.replace(".safetensors", "")), JOINT];
  const groups = [
    ...[...byName].map(([name, one]) => ({ name, of: [one] })),
    { name: TOGETHER, of: teachers.flatMap((name) => byName.get(name) ?? []) },
  ];
  const pronounced = groups.map(({ name, of }) => {
    const [learned, dev] = [parts.learned, parts.dev].map((words) => 1 - ratesOf(of, words).sequenceErrorRate);
    report(`${name}: ${(100 * learned!).toFixed(1)}% of learned words, ${(100 * dev!).toFixed(1)}% of dev`);
    const isHere = name === JOINT || name === TOGETHER;
    return { name, learned: learned!, dev: dev!, ...(isHere && { test: ratesOf(of, parts.test) }) };
  });
  for (const model of models) model.release(engine);
  const made = new Set(wordsLike([...known.keys()], quick ? QUICK : taught.words, taught));
  const there = (words: Words): number => [...words.keys()].filter((word) => made.has(word)).length;
  return {
    madeUp: { dev: there(parts.dev), test: there(parts.test) },
    words: { learned: parts.learned.size, dev: parts.dev.size, test: parts.test.size },
    pronounced,
  };
}

/** The experiment whose teachers are asked. */
export const TAUGHT = "pronunciation-three";

/** What results call the joint sequence model, and all that teach. */
export const JOINT = "joint sequence model";
export const TOGETHER = "those that teach, together";

/** The right answers to each word. */
const byWord = (pairs: Parameters<typeof grouped>[0]): Words =>
  new Map(grouped(pairs).map(({ source, references }) => [source.join(""), references]));

const some = (words: Words, isAsked: (word: string, i: number) => boolean, quick: boolean): Words =>
  new Map([...words].filter(([word], i) => isAsked(word, i)).slice(0, quick ? QUICK : undefined));

function ratesOf(of: readonly Teacher[], words: Words): ReturnType<typeof errorRates> {
  const answers = likeliest(of, [...words.keys()]).map((answer) => answer?.split(" ") ?? []);
  return errorRates(answers, [...words.values()]);
}
