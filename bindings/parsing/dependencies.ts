import { excerpt } from "../common/shown.js";
import { isTag, type ParseTree } from "./tree.js";

/** A sentence whose words depend on each other: each has a head among them, or is the root. */
export interface Dependencies {
  readonly words: readonly string[];
  /** Parts of speech. */
  readonly tags: readonly string[];
  /** Places of heads, from 0; −1 for the root. */
  readonly heads: readonly number[];
  /** Relations to the heads, such as nsubj, without what is behind a colon. */
  readonly relations: readonly string[];
}

/**
 * Sentences of a dependency treebank: a line a word with its form, two parts of speech, the number of its head from 1, 0 for
 * the root, and the relation, tabs between; blank lines between sentences; lines that begin with # and a blank are left out.
 *
 * @throws RangeError when a line has other columns, or heads do not make one tree: the message says which line.
 * @example
 * const [sentence] = readDependencies("Rain\tNOUN\tNN\t2\tnsubj\nfell\tVERB\tVBD\t0\troot\n");
 */
export function readDependencies(text: string): Dependencies[] {
  const sentences: Dependencies[] = [];
  let rows: string[][] = [];
  const lines = `${text}\n\n`.split(/\r\n|\n|\r/);
  lines.forEach((line, i) => {
    if (line.startsWith("# ") && line.split("\t").length === 1) return;
    if (line.trim()) {
      const row = line.split("\t");
      if (row.length !== 5 || row.some((cell) => !cell) || !/^\d+$/.test(row[3]!))
        throw new RangeError(
          `Line ${i + 1} must be a word, two tags, its head's number and a relation: ${excerpt(line)}`,
        );
      rows.push(row);
    } else if (rows.length) {
      sentences.push(sentenceOf(rows, i + 1 - rows.length));
      rows = [];
    }
  });
  return sentences;
}

function sentenceOf(rows: readonly (readonly string[])[], line: number): Dependencies {
  const heads = rows.map((row) => Number(row[3]) - 1);
  const wrong = heads.findIndex((head, i) => head >= heads.length || !reachesRoot(heads, i));
  if (wrong >= 0 || heads.filter((head) => head < 0).length !== 1)
    throw new RangeError(`Line ${line + Math.max(0, wrong)}: the heads of the sentence must make a tree with one root`);
  return {
    words: rows.map((row) => row[0]!),
    tags: rows.map((row) => row[1]!),
    heads,
    relations: rows.map((row) => row[4]!.split(":")[0]!),
  };
}

function reachesRoot(heads: readonly number[], word: number): boolean {
  for (let [at, steps] = [word, 0]; at !== undefined && steps <= heads.length; ++steps) {
    if (at < 0) return true;
    at = heads[at]!;
  }
  return false;
}

/**
 * The tree of a sentence whose dependents stay together: a constituent for each word, labelled with its relation, over its
 * dependents and itself, in their order. With `tags` words are under theirs. Undefined where a word's dependents do not stay
 * together: no brackets can say it.
 */
export function dependencyTree(
  { words, tags, heads, relations }: Dependencies,
  withTags = false,
): ParseTree | undefined {
  const dependents = words.map((): number[] => []);
  heads.forEach((head, i) => {
    if (head >= 0) dependents[head]!.push(i);
  });
  let next = 0;
  let isTogether = true;
  const leaf = (i: number): ParseTree | string => {
    isTogether &&= next++ === i;
    return withTags ? { label: tags[i]!, children: [words[i]!] } : words[i]!;
  };
  const over = (i: number): ParseTree => ({
    label: relations[i]!,
    children: [...dependents[i]!.filter((j) => j < i), i, ...dependents[i]!.filter((j) => j > i)].map((j) =>
      j === i ? leaf(i) : over(j),
    ),
  });
  const tree = over(heads.indexOf(-1));
  return isTogether ? tree : undefined;
}

/**
 * Heads and relations that a tree says: the first word that is right in a constituent is its head, others there depend on it,
 * and so do the heads of the constituents in it. A constituent without a word of its own has the head of its first part.
 * With `tags` words are under theirs.
 */
export function dependenciesOf(tree: ParseTree, withTags = false): Pick<Dependencies, "words" | "heads" | "relations"> {
  const [words, heads, relations]: [string[], number[], string[]] = [[], [], []];
  const headOf = (node: ParseTree): number => {
    const parts = node.children.map((child): readonly [at: number, isOwn: boolean] => {
      const word = withTags && typeof child === "object" && isTag(child) ? child.children[0]! : child;
      if (typeof word === "object") return [headOf(word), false];
      words.push(word);
      heads.push(-1);
      relations.push(node.label);
      return [words.length - 1, true];
    });
    const [head] = parts.find(([, isOwn]) => isOwn) ?? parts[0]!;
    for (const [at] of parts) if (at !== head) heads[at] = head;
    relations[head] = node.label;
    return head;
  };
  headOf(tree);
  return { words, heads, relations };
}

/** Parts of the words, punctuation left out, with the right head, and with the right relation to it as well. */
export interface AttachmentScore {
  readonly unlabelled: number;
  readonly labelled: number;
}

/**
 * Unlabelled and labelled attachment of sentences. A word counts unless its right relation is `punct`.
 * @throws RangeError when there are not as many sentences, or two are not of as many words.
 */
export function attachmentScore(
  found: readonly Pick<Dependencies, "heads" | "relations">[],
  gold: readonly Pick<Dependencies, "heads" | "relations">[],
): AttachmentScore {
  let [words, attached, related] = [0, 0, 0];
  if (found.length !== gold.length)
    throw new RangeError(`attachmentScore: there are ${found.length} sentences, and must be ${gold.length}`);
  gold.forEach(({ heads, relations }, i) => {
    const ours = found[i]!;
    if (ours.heads.length !== heads.length)
      throw new RangeError(
        `attachmentScore: sentence ${i} has ${ours.heads.length} words, and must have ${heads.length}`,
      );
    heads.forEach((head, word) => {
      if (relations[word] === "punct") return;
      ++words;
      if (ours.heads[word] !== head) return;
      ++attached;
      related += Number(ours.relations[word] === relations[word]);
    });
  });
  return { unlabelled: words ? attached / words : 0, labelled: words ? related / words : 0 };
}
