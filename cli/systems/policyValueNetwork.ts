import { PolicyValueNetwork } from "../../bindings/models.js";
import {
  ImpossiblePositionError,
  NoMoveError,
  symmetric,
  type ConnectFour,
  type Evaluation,
} from "../../bindings/search.js";
import { connectFourTask } from "../../bindings/tasks.js";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import type { Held } from "../held.js";
import type { Runner, SystemCommands } from "./commands.js";

const TASK = "connect-four";

export const policyValueNetwork = {
  className: PolicyValueNetwork.className,
  runHelp: "one of policy and value says what it thinks of a position of Connect Four, as moves from the start: 4453",
  run: runner,
  play: (held) => {
    const game = gameOf(held);
    return { game, evaluator: (engine) => symmetric(game, held.model.evaluator(engine, game)) };
  },
} satisfies SystemCommands<PolicyValueNetwork>;

/** The game that a model has learned. @throws UsageError when its file does not say which. */
function gameOf({ file, task }: Held<PolicyValueNetwork>): ConnectFour {
  if (task?.name !== TASK) {
    throw new UsageError(`${file} does not say which game it has learned; train it on the task ${TASK}`);
  }
  return connectFourTask(task.options).game;
}

function runner(held: Held<PolicyValueNetwork>): Runner {
  const { model } = held;
  const game = gameOf(held);
  return {
    async run(bytes) {
      const moves = new TextDecoder().decode(bytes).trim();
      try {
        const state = game.position(moves);
        const ended = game.value(state);
        if (ended !== undefined) throw new NoMoveError(ended);
        const [{ policy, value }] = (await withEngine(async (engine) =>
          symmetric(game, model.evaluator(engine, game))([state]),
        )) as [Evaluation];
        const legal = game.moves(state);
        const sum = legal.reduce((total, move) => total + policy[move]!, 0);
        const columns = legal.map((move) => ({ column: move + 1, probability: policy[move]! / sum }));
        return {
          json: { moves, columns, value },
          say: () => {
            console.log(game.draw(state));
            const best = columns.reduce((a, b) => (b.probability > a.probability ? b : a));
            console.log(columns.map(({ column, probability }) => `${column}: ${percent(probability)}`).join("   "));
            console.log(`It would play ${best.column}, and expects ${value.toFixed(2)}, from -1 (lost) to 1 (won).`);
          },
        };
      } catch (error) {
        const isPosition = error instanceof ImpossiblePositionError || error instanceof NoMoveError;
        throw isPosition ? new UsageError(error.message, { cause: error }) : error;
      }
    },
  };
}

const percent = (part: number): string => `${Math.round(100 * part)}%`;
