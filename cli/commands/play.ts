import { createInterface } from "node:readline";
import { Argument, type Command } from "commander";
import { ImpossiblePositionError } from "../../bindings/search.js";
import { capabilityOf } from "../capabilities.js";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import { readHeld } from "../files.js";
import { whole } from "../numbers.js";
import { Match, signed, thoughtLines } from "../playing.js";
import { shipped } from "../shipped.js";

interface Flags {
  readonly model?: string;
  readonly simulations?: number;
  readonly second?: boolean;
  readonly hints?: boolean;
  readonly moves?: string;
}

const GAMES = ["connect-four"];
const SIMULATIONS = 400;

const ABOUT = `Four in a line win: across, up or diagonally. You drop a stone with the number of a column.
? tells what it thinks of each of your moves, u takes a move back, n begins anew, q or Ctrl-D ends.`;

export function addPlay(program: Command): void {
  program
    .command("play")
    .description(
      "Play against a network that guides a tree search, and see what it thinks of each move: in a terminal, or a move for each line of a pipe.",
    )
    .addArgument(new Argument("<game>", "the game").choices(GAMES))
    .option("--model <file>", "a model that `train policy-value` saved (default: the shipped one)")
    .option("--simulations <n>", `simulations of each of its moves (default: ${SIMULATIONS})`, whole(1))
    .option("--second", "it moves first")
    .option("--hints", "tell what it thinks of each of your moves before you make one")
    .option("--moves <columns>", "go on from these moves, such as 4453")
    .action(async (_game: string, flags: Flags) => {
      const { model = shipped("connect-four"), simulations = SIMULATIONS, moves = "" } = flags;
      const held = await readHeld(model);
      const { game, evaluator } = capabilityOf(held, "play")(held);
      await withEngine(async (engine) => {
        const match = started(() => new Match(game, evaluator(engine), simulations, moves));
        await play(match, flags);
      });
    });
}

function started<T>(f: () => T): T {
  try {
    return f();
  } catch (error) {
    throw error instanceof ImpossiblePositionError ? new UsageError(error.message, { cause: error }) : error;
  }
}

/** Plays until the game is over, or there are no more lines. A line that is no move does not end it. */
async function play(match: Match, { second = false, hints = false }: Flags): Promise<void> {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  const lines = createInterface({ input: process.stdin, ...(isTerminal && { output: process.stdout, prompt: "> " }) });
  lines.on("SIGINT", () => lines.close());
  const columns = match.game.actions;
  const person = second ? 1 : 0;
  const isPersons = (): boolean => match.state.plies % 2 === person;
  let refused = false;

  const show = (): void => console.log(`\n${match.game.draw(match.state)}\n`);
  /** Makes its move, if it is to move, and says where the game stands. */
  const goOn = (): void => {
    if (match.result === undefined && !isPersons()) {
      const thought = match.think();
      match.play(thought.best);
      const then = thought.line.slice(1, 5).join(" ");
      console.log(`It plays ${thought.best} and expects ${signed(thought.value)}${then && `; then ${then}`}.`);
    }
    show();
    if (match.result !== undefined) console.log(ending(match.result, isPersons()));
    else if (hints) for (const line of thoughtLines(match.think())) console.log(line);
  };
  const answer = (text: string): void => {
    if (text === "?") for (const line of thoughtLines(match.think())) console.log(line);
    else if (text === "u") {
      match.takeBack(isPersons() ? 2 : 1);
      goOn();
    } else if (text === "n") {
      match.takeBack(match.moves.length);
      goOn();
    } else if (/^\d+$/.test(text)) {
      if (match.result !== undefined) throw new UsageError("The game is over: n begins anew, q ends");
      match.play(Number(text));
      goOn();
    } else
      throw new UsageError(`${JSON.stringify(text)} is not understood: a column from 1 to ${columns}, ?, u, n or q`);
  };

  if (isTerminal) console.log(ABOUT);
  console.log(`You are ${second ? "o, and move second" : "x, and move first"}.`);
  goOn();
  if (isTerminal) lines.prompt();
  for await (const line of lines) {
    const text = line.trim().toLowerCase();
    if (text === "q") break;
    try {
      if (text) answer(text);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      refused = true;
      console.error(isTerminal ? error.message : `error: ${error.message}`);
    }
    if (isTerminal) lines.prompt();
  }
  lines.close();
  if (isTerminal) console.log();
  if (match.result === undefined && match.moves) console.log(`To go on from here: --moves ${match.moves}`);
  if (refused && !isTerminal) process.exitCode = 1;
}

/** −1: the player who would move has lost. */
function ending(result: number, isPersons: boolean): string {
  if (result === 0) return "The board is full: a draw.";
  return isPersons ? "It has four in a line, and wins." : "You have four in a line, and win.";
}
