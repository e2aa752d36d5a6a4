/** `tapehead/search`: tree search and best-first search, guided by any model that has a policy, over any rules. */
export { ConnectFour, connectFour, type ConnectFourOptions } from "./games/connectFour/connectFour.js";
export type { Layout, Stones } from "./games/connectFour/layout.js";
export type { ConnectFourState } from "./games/connectFour/state.js";
export { ConnectFourSolver, type ConnectFourSolverOptions } from "./games/connectFour/solver.js";
export { Othello, othello, type OthelloOptions, type OthelloState } from "./games/othello/othello.js";
export {
  bestFirst,
  type BestFirstOptions,
  type BestFirstResult,
  type Expansion,
  type MoveCosts,
  type Solution,
} from "./search/bestFirst.js";
export { EvaluationError, IllegalMoveError, ImpossiblePositionError, NoMoveError } from "./search/errors.js";
export type { Evaluation, Evaluator } from "./search/evaluator.js";
export type { Game, Puzzle, SymmetricState } from "./search/game.js";
export { policyCosts } from "./search/policyCosts.js";
export { selfPlay, type PlayedGame, type SelfPlayOptions } from "./search/selfPlay.js";
export { simulate, type SimulateOptions } from "./search/simulate.js";
export { symmetric } from "./search/symmetric.js";
export { TreeSearch, type MoveStatistics, type RootNoise, type TreeSearchOptions } from "./search/treeSearch.js";
