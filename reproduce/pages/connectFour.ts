import { connectFour } from "../../bindings/search.js";
import { binomialInterval } from "../../runs/statistics/index.js";
import { MODEL, recipe, SIMULATIONS } from "../../recipes/policyValueNetwork.js";
import { CLASSES } from "../connectFour/classes.js";
import { TABLE } from "../connectFour/sampleTable.js";
import { testPositions } from "../connectFour/testPositions.js";
import { bySeed, count, percent, table, time } from "../markdown.js";
import type { Page } from "../page.js";
import type { Run } from "../run.js";
import { contests, GAMES } from "../selfPlay/contests.js";
import { othelloTable, secondsOf, smallTable } from "../selfPlay/tables.js";
import * as selfPlay from "../studies/connectFour.js";

const EXPERIMENT = "connect-four";
const classes = Object.keys(CLASSES);

/** Tests in the order of the table, by the name of who plays. */
const PLAYERS: Readonly<Record<string, string>> = {
  network: "network alone",
  "both ways": "network, both ways",
  ...Object.fromEntries(
    SIMULATIONS.map((simulations) => [`search of ${simulations}`, `${count(simulations)} simulations`]),
  ),
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

const AVERAGE = recipe.presets[MODEL]!["connect-four"]!.average!;

/** Rates of all classes, of the first seed. */
function most(runs: readonly Run[], test: string): string {
  const [run] = bySeed(runs, EXPERIMENT);
  const rates = classes.map((name) => run?.tests[test]?.[name]).filter((value) => value !== undefined);
  return rates.length ? `${percent(Math.min(...rates))} to ${percent(Math.max(...rates))}` : "–";
}

const LARGEST = `search of ${SIMULATIONS.at(-1)}`;

/** The goal in every class. */
const GOAL = 0.05;

/** What is short of the goal, of the first seed. */
function short(runs: readonly Run[]): string {
  const [run] = bySeed(runs, EXPERIMENT);
  const above = ["network", "both ways", LARGEST].flatMap((test) =>
    classes
      .filter((name) => (run?.tests[test]?.[name] ?? 0) > GOAL)
      .map((name) => `${PLAYERS[test]!} in ${name} (${percent(run!.tests[test]![name]!)})`),
  );
  const goal = `of at most ${percent(GOAL)} in every class, alone and with search`;
  return above.length ? `**Short of the goal** ${goal}: ${above.join("; ")}.` : `The goal ${goal}, is reached.`;
}

/** How many positions of each class there are, and the fewest plies of any. */
function positions(): string {
  const all = testPositions(connectFour());
  const counts = classes.map((name) => `${all.filter((position) => position.name === name).length} ${name}`);
  const least = Math.min(...all.map(({ state }) => state.plies));
  return `${counts.join("; ")}. None has fewer than ${least} plies, since the first moves of a game take the solver minutes.`;
}

function training(runs: readonly Run[]): string {
  const [run] = bySeed(runs, EXPERIMENT);
  if (!run) return "";
  const { taskOptions, parameters, steps, batch, seconds } = run;
  const names = ["games", "continuations", "opening", "spread", "mistakes", "quiet", "children"];
  const values = names.map((name) => Number(taskOptions[name] ?? 1)); // one game of each opening is not in a record
  const [games, continuations, opening, spread, mistakes, quiet, children] = values as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return (
    `${count(parameters)} parameters, trained for ${count(steps)} steps of ${batch} positions in ${time(seconds)} of the processor, ` +
    `which solve ${count(games)} games as well: ${opening} to ${opening + spread} random moves, as often each, then perfect ones and ` +
    `${percent(mistakes)} random ones${continuations > 1 ? `, ${count(continuations)} games from each opening` : ""}; the parameters are the moving average of what was trained, with β = ${AVERAGE}; ${percent(quiet)} of the positions are drawn among quiet ones, in which a move can be a mistake and nobody could win at once. ` +
    `${percent(children)} of the positions are replaced by one a move behind them, of which only the value is learned. ` +
    `Training has seen no position of fewer than ${opening} plies. The network is shown the stones and, in two planes more, the empty ` +
    "squares on which either player would have four in a line, and in one more which rows the player to move gets when both only " +
    "answer above each other's stones: without it nothing says who began, and who began decides who runs out of moves that do not hurt."
  );
}

/** What the solver is checked by. */
function solver(study: selfPlay.ConnectFourStudy | undefined): string {
  const known =
    "The solver has the published scores of test positions, and the results of small boards; the rules give the 67,557 positions\n" +
    'after eight plies of UCI\'s table "Connect-4".';
  if (!study) return known;
  const { positions, ...counts } = study.table;
  const whole = Object.values(TABLE).reduce((a, b) => a + b, 0);
  const shares = (["won", "lost", "drawn"] as const).map((what) => {
    const { low, high } = binomialInterval(counts[what], positions);
    return `${counts[what]} are ${what}, which says ${percent(low)} to ${percent(high)} of all, and the table has ${percent(TABLE[what] / whole)}`;
  });
  return (
    `${known} Of ${count(positions)} of these, drawn by seed ${study.seed}, by the solver\n` +
    `${shares.join(";\n")} (Wilson's intervals of 95%). All of them would take it about a day of a core.`
  );
}

/** Part of the page on networks that learn by playing against themselves. */
function fromNothing(study: selfPlay.ConnectFourStudy | undefined): string {
  if (!study) return "";
  const { "connect four, 4 x 5": four, "othello, 6 x 6": six } = contests;
  const each = ({ players, rounds }: { readonly players: number; readonly rounds: number }): number =>
    players * rounds * GAMES;
  return `
## From nothing

AlphaGo Zero's way: a generation of games by a search that the network of the generation before guides, with noise at the root and the
first moves drawn by their visits; then training on visits and results of the latest ${four.window} generations' games. Every generation is two
sweeps on the queue of runs, one of ${four.players} runs that play and one that learns, and goes on where it was stopped. Seed ${study.seed}, named before;
nothing was tuned on what is shown, and nothing is left out.

**Connect Four on 4 × 5**, ${each(four)} games a generation, ${four.simulations} simulations a move, ${four.network.blocks} residual blocks of ${four.network.maps} maps: mistakes in
${selfPlay.POSITIONS} random positions in which a move can be one, by the solver, of the network alone and with ${selfPlay.SIMULATIONS} simulations;
${time(secondsOf(study.small))} of the processor in all.

${smallTable(study)}

**Othello on 6 × 6**, by the same code over another file of rules: ${each(six)} games a generation, ${six.simulations} simulations a move. Games won, drawn and
lost of ${selfPlay.MATCHES}, half of them begun, after two random moves each, against a player of random moves and one that turns as many discs as it
can; the search has ${selfPlay.SIMULATIONS} simulations. ${time(secondsOf(study.othello))} of the processor in all.

${othelloTable(study)}
`;
}

const text = (runs: readonly Run[], study: selfPlay.ConnectFourStudy | undefined): string => `# Connect Four

Made by \`npm run reproduce -- connectFour\` from what is in docs/results/runs; do not edit. Silver et al. 2017,
doi:10.1038/nature24270: [\`PolicyValueNetwork\`](../../bindings/systems/policyValueNetwork/policyValueNetwork.ts) says how likely each move is
the best and what the player to move can expect, and guides the tree search of \`tapehead/search\`. On the full board it has learned
from positions that an exact solver has labelled; on smaller boards, below, from games against itself.

${training(runs)}

A mistake is a move after which perfect play comes to less than it would have. Classes are those of Pascal Pons's test sets, by which
AlphaZero.jl reports its own: the beginning has up to 14 plies, the middle up to 28, and the end more; perfect play goes on for less
than 14 moves in easy positions, less than 28 in medium ones, and longer in hard ones. Test positions are others than theirs: random
moves from seed 1, ${positions()} Part of the moves that are mistakes:

${mistakes(runs)}

"Both ways" are means over a position and its mirror image, as AlphaGo takes them; searches evaluate both ways, wait for four leaves
at once, and prove what is certain on the way: a move that wins is taken, and one that loses is not, unless all do. That was chosen by 309
other positions, of seed 101, in which the network of before, alone, erred in 13.4% of the moves, both ways in 6.5%, both averaged over
classes; a search of 400 simulations in 7.2%, with proofs in 5.1%, with both in 4.8%. Minimax counts open lines, each worth ten times as much with every stone more, as AlphaZero.jl's
does.

With 600 simulations, as AlphaZero.jl has, this network makes mistakes in 0, 0, 6.7, 0, 1.7 and 3.5%. The row of 1,600 was added, and measured once, when all
others were known. Its plane of rows, values behind a move, games
and steps were not tuned. Six runs of this seed were judged before this one, and one after it. By 360 positions of seed 101, 60 of each class, among
which are the 309 by which the search was chosen, it makes mistakes in 6.7% alone, on average, in 4.7% both ways, and with 400 simulations in 0, 0, 5.0, 0, 5.0 and 3.3%.

Of quiet positions that training leaves out its likeliest move is a mistake in 19.9%, of those that it has learned from in 8%: there are too few. The run
after it had 200,000 games, four from each opening (the option \`continuations\`), and as many steps: of the same quiet positions 18.4%, and the squared error of values
falls from 0.35 to 0.23. But by the positions above it makes mistakes in 0, 0, 15.0, 3.3, 13.3 and 7.0% alone, and in 0, 0, 6.7, 0, 5.0 and 5.3% with 400 simulations;
by those of seed 101 in 6.1% alone, and with 400 simulations in 2.5% instead of 2.2%. So it was not kept.

By the positions above, also: without the plane of rows and without values
behind a move, after 9,000 steps on 20,000 games, made mistakes in 3.3, 6.7, 10, 3.3, 11.7 and 14.0% alone, and in 0, 0, 10, 0, 5.0 and
5.3% with 400 simulations; the same after 6,500 steps, without an average of its
parameters, made mistakes in 3.3, 3.3, 10, 6.7, 11.7 and 17.5% alone, and, searched one way and without proofs, in 0, 0, 8.3, 0, 6.7 and 7.0% with 400
simulations; 99,976 parameters, 7,500 steps and 12,000 games, without more
quiet positions than come by themselves, made mistakes in 1.7 to 23.3% alone, and in 0, 0, 10, 1.7, 8.3 and 12.3% with 400 simulations; when
it went on for 3,000 steps with 70% of quiet ones, in 0 to 16.7% alone, and in 0, 0, 6.7, 0, 11.7 and 5.3% with 400. That both were
weakest in quiet positions is why later ones have more of them, and are larger. By 20 positions of each of four classes, which are among these: 99,400 parameters
without the planes of threats, 2,500 steps and 3,000 games of 16 random moves each made mistakes in 10 to 30% alone, and in 0, 0, 15 and
0% with 400 simulations; 34 thousand parameters, 800 steps and 800 games in 20.0% alone on average, and in 6.3% with 100.

${short(runs)}

${solver(study)}
${fromNothing(study)}`;

export const page: Page = {
  text: ({ runs, study }) => text(runs, study as selfPlay.ConnectFourStudy | undefined),
  study: selfPlay.studyConnectFour,
  summary: {
    note: ({ runs }) =>
      `Connect Four: moves that are mistakes against perfect play, by class: the network alone ${most(runs, "network")}, ` +
      `with ${count(SIMULATIONS.at(-1)!)} simulations ${most(runs, LARGEST)}, minimax of depth five ${most(runs, "minimax")}.`,
  },
  systems: ({ runs }) => [
    {
      model: "PolicyValueNetwork",
      paper: "https://doi.org/10.1038/nature24270",
      learns: "policy and value of Connect Four, to guide a tree search",
      measured:
        `moves that are mistakes against perfect play, in six classes: alone ${most(runs, "network")}, ` +
        `with ${count(SIMULATIONS.at(-1)!)} simulations ${most(runs, LARGEST)}`,
    },
  ],
};
