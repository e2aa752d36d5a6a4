import { defineTask } from "../../tasks/defineTask.js";
import { connectFour } from "../../games/connectFour/connectFour.js";
import { defineSystem } from "../defineSystem.js";
import { connectFourRules, connectFourTask } from "./connectFourTask.js";
import { PolicyValueNetwork, policyValueNetworkRules } from "./policyValueNetwork.js";

const small = () => ({ rows: 4, columns: 4, games: 40, opening: 4 });

/** Positions of the small board. */
const states = () => ["", "1234", "22331"].map((moves) => connectFour(small4).position(moves));
const small4 = { rows: 4, columns: 4 };

function positions(): Float32Array[] {
  return states().map((state) => {
    const planes = new Float32Array(4 * 4 * 3);
    connectFour(small4).encode(state, planes);
    return planes;
  });
}

const connectFourPositions = /* @__PURE__ */ defineTask({
  names: ["connect-four"],
  create: connectFourTask,
  rules: connectFourRules,
  options: {
    rows: "height of the board",
    columns: "width of the board",
    threats: "shows the network the squares that win for either player",
    parity: "shows the network the rows of the player to move, and so who began",
    games: "games whose positions are labelled",
    opening: "random moves at the start of a game, which are not labelled",
    spread: "most moves by which single games have longer openings",
    continuations: "games that go on from each opening, which are labelled in much less time than others",
    mistakes: "part of the moves after the opening that are random",
    quiet: "part of the training positions in which no player wins at once, and a move can be a mistake",
    children: "part of the training positions a move behind the drawn ones, of which only the value is learned",
  },
  metrics: ["moveError", "valueError"],
  example: small,
});

export const system = /* @__PURE__ */ defineSystem({
  model: PolicyValueNetwork,
  rules: policyValueNetworkRules,
  names: { "policy-value": {} },
  fitting: ["height", "width", "planes", "actions"],
  options: {
    blocks: "residual blocks, of two convolutions each",
    maps: "maps of each convolution",
    headMaps: "maps that each head reads",
    valueSize: { flag: "value-units", help: "units of the value head" },
  },
  learns: ["connect-four"],
  tasks: [connectFourPositions],
  example: {
    options: () => ({ blocks: 1, maps: 4, headMaps: 2, valueSize: 5 }),
    task: () => connectFourTask(small()),
    uses: {
      run: (model, engine) => model.run(engine, positions()),
      evaluator: (model, engine) => model.evaluator(engine, connectFour(small4))(states()),
    },
    batches: { inputs: positions, run: (model, engine, inputs) => model.run(engine, inputs) },
  },
});
