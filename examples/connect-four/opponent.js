import { Engine, loadCheckpoint } from "tapehead/full";
import { PolicyValueNetwork } from "tapehead/models";
import { connectFour, simulate, symmetric, TreeSearch } from "tapehead/search";

const FILE = "./node_modules/tapehead/checkpoints/connect-four.safetensors";

/** Simulations between two looks of the page at what else there is to do: a few milliseconds. */
const AT_ONCE = 16;
/** Leaves that the network evaluates in one call. */
const LEAVES = 4;

/** A network and the tree that it guides, which goes along with the moves of a game. */
export class Opponent {
  game;
  #evaluate;
  #search;

  constructor(game, evaluate) {
    this.game = game;
    this.#evaluate = evaluate;
    this.begin("");
  }

  static async create() {
    const response = await fetch(FILE);
    if (!response.ok) throw new Error(`Cannot load ${FILE}: ${response.status}. Is the package installed?`);
    const about = { file: "connect-four.safetensors", models: [PolicyValueNetwork] };
    const { model, task } = loadCheckpoint(new Uint8Array(await response.arrayBuffer()), about);
    const { rows, columns, threats, parity } = task.options;
    const game = connectFour({ rows, columns, threats, parity });
    return new Opponent(game, symmetric(game, model.evaluator(await Engine.create(), game)));
  }

  /** Begins after some moves, as columns from 1; it throws where they are none of a game. */
  begin(moves) {
    this.#search = new TreeSearch(this.game, { state: this.game.position(moves), solve: true });
  }

  get state() {
    return this.#search.state;
  }

  /** Plays a column from 1; it throws where that is not legal. */
  play(column) {
    this.#search.play(column - 1);
  }

  /** Searches until so many simulations are done, and tells after every few what it thinks. It ends early when told to. */
  async think(simulations, { tell, shouldEnd }) {
    const search = this.#search;
    for (;;) {
      const missing = simulations - search.simulations;
      if (missing > 0) simulate([search], this.#evaluate, { simulations: Math.min(AT_ONCE, missing), leaves: LEAVES });
      tell(thoughtOf(search));
      if (missing <= AT_ONCE) return thoughtOf(search);
      await soon();
      if (shouldEnd()) return undefined;
    }
  }
}

/** What a search thinks of the moves of its state: columns from 1. */
function thoughtOf(search) {
  const { moves, line, value } = search;
  const all = moves.reduce((sum, { visits }) => sum + visits, 0);
  return {
    moves: moves.map(({ move, prior, visits, value: mean, result }) => {
      return { column: move + 1, atFirstSight: prior, share: visits / all, value: visits ? mean : undefined, result };
    }),
    best: search.choose() + 1,
    value,
    line: line.map((move) => move + 1),
  };
}

/** After what the page has to do: events and frames. */
const soon = () => new Promise((resolve) => setTimeout(resolve));
