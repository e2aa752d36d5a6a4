import { SIMULATIONS } from "../../recipes/policyValueNetwork.js";
import { CLASSES } from "../connectFour/classes.js";
import { bySeed, count, percent, table, time } from "../markdown.js";
import type { Page } from "../page.js";
import type { Run } from "../run.js";

const EXPERIMENT = "connect-four";
const classes = Object.keys(CLASSES);

/** Tests in the order of the table, by the name of who plays. */
const PLAYERS: Readonly<Record<string, string>> = {
  network: "network alone",
  ...Object.fromEntries(SIMULATIONS.map((simulations) => [`search of ${simulations}`, `${simulations} simulations`])),
  minimax: "minimax of depth five",
};

/** What AlphaZero.jl reports of 1.6 million parameters and 600 simulations, in percent. */
const PUBLISHED = ["0", "0", "0", "2", "2 to 3", "7"];

const rate = (value: number | undefined): string => (value === undefined ? "–" : percent(value));

function mistakes(runs: readonly Run[]): string {
  const rows = bySeed(runs, EXPERIMENT).flatMap((run) =>
    Object.entries(PLAYERS).map(([test, player]) => [
      `${player}, seed ${run.seed}`,
      ...classes.map((name) => rate(run.tests[test]?.[name])),
      rate(run.tests[test]?.["mean"]),
      run.tests[test]?.["milliseconds"]?.toFixed(1) ?? "–",
    ]),
  );
  const published = ["AlphaZero.jl, about", ...PUBLISHED.map((value) => `${value}%`), "", ""];
  return table(["player", ...classes, "mean", "ms a move"], [...rows, published]);
}

/** Rates of all classes, of the first seed. */
function most(runs: readonly Run[], test: string): string {
  const [run] = bySeed(runs, EXPERIMENT);
  const rates = classes.map((name) => run?.tests[test]?.[name]).filter((value) => value !== undefined);
  return rates.length ? `${percent(Math.min(...rates))} to ${percent(Math.max(...rates))}` : "–";
}

const LARGEST = `search of ${SIMULATIONS.at(-1)}`;

function training(runs: readonly Run[]): string {
  const [run] = bySeed(runs, EXPERIMENT);
  if (!run) return "";
  const { taskOptions, parameters, steps, batch, seconds } = run;
  const games = count(taskOptions["games"] as number);
  return (
    `${count(parameters)} parameters, trained for ${count(steps)} steps of ${batch} positions in ${time(seconds)} of the processor, ` +
    `which solve ${games} games as well: ${String(taskOptions["opening"])} random moves, then perfect ones and ` +
    `${percent(taskOptions["mistakes"] as number)} random ones.`
  );
}

const text = (runs: readonly Run[]): string => `# Connect Four

Made by \`npm run reproduce -- connectFour\` from what is in docs/results/runs; do not edit. Silver et al. 2017,
doi:10.1038/nature24270: [\`PolicyValueNetwork\`](../../bindings/systems/policyValueNetwork/policyValueNetwork.ts) says how likely each move is
the best and what the player to move can expect, and guides the tree search of \`tapehead/search\`. Here it has learned from positions
that an exact solver has labelled, not from games against itself.

${training(runs)}

A mistake is a move after which perfect play comes to less than it would have. Classes are those of Pascal Pons's test sets, by which
AlphaZero.jl reports its own: the beginning has up to 14 plies, the middle up to 28, and the end more; perfect play goes on for less
than 14 moves in easy positions, less than 28 in medium ones, and longer in hard ones. Test positions are others than theirs: random
moves from seed 1, 20 of each class that is drawn so far, so one mistake is 5% of a class. In the beginning they have 11 plies or more. The
two classes without any are those whose positions take the solver longest. Part of the moves that are mistakes:

${mistakes(runs)}

Training has seen no position of fewer than 16 plies. Search waits for four leaves at once. Minimax counts open lines, each worth ten
times as much with every stone more, as AlphaZero.jl's does.

A run of this seed was judged by the same positions before this one: 34 thousand parameters, 800 steps and 800 games made mistakes in
20.0% of the positions alone, and in 6.3% with 100 simulations. Both have learned from few late positions, since every game has the same
number of random moves.

**Short of the goal** of 5% in every class: see the network alone, and middle positions of medium length with search.

The solver has the published scores of test positions, and the results of small boards; the rules give the 67,557 positions
after eight plies of UCI's table "Connect-4". Not checked is that table's part of won, lost and drawn positions as a whole, which
would take half a day of the processor.
`;

export const page: Page = {
  text: ({ runs }) => text(runs),
  summary: {
    note: ({ runs }) =>
      `Connect Four: moves that are mistakes against perfect play, by class: the network alone ${most(runs, "network")}, ` +
      `with ${SIMULATIONS.at(-1)} simulations ${most(runs, LARGEST)}, minimax of depth five ${most(runs, "minimax")}.`,
  },
  systems: ({ runs }) => [
    {
      model: "PolicyValueNetwork",
      paper: "https://doi.org/10.1038/nature24270",
      learns: "policy and value of Connect Four, to guide a tree search",
      measured:
        `moves that are mistakes against perfect play, in six classes: alone ${most(runs, "network")}, ` +
        `with ${SIMULATIONS.at(-1)} simulations ${most(runs, LARGEST)}`,
    },
  ],
};
