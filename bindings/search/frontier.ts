import { Heap } from "./heap.js";

/** A state that was reached, and the cheapest way to it so far. */
export interface Reached<State, Move> {
  readonly state: State;
  readonly isSolved: boolean;
  /** The cost that is expected from here to a solution. */
  readonly remaining: number;
  cost: number;
  /** The state before it, and the move from there with its cost. */
  from: { readonly node: Reached<State, Move>; readonly move: Move; readonly cost: number } | undefined;
  /** Whether it waits to be expanded, at its present cost. */
  isOpen: boolean;
}

/** The states that a best-first search has reached, and which of them comes next. States of one key are one. */
export class Frontier<State, Move> {
  readonly #byKey = new Map<string | number | bigint, Reached<State, Move>>();
  /** Open states; beside them those that were pushed again since, at the higher cost of then. */
  readonly #heap = new Heap<{ readonly node: Reached<State, Move>; readonly cost: number }>();
  #size = 0;

  /** Open states. */
  get size(): number {
    return this.#size;
  }

  /** Adds a state, unless its key was reached by a way that is as cheap: then there is nothing to return. */
  add(way: Omit<Reached<State, Move>, "isOpen">, key?: string | number | bigint): Reached<State, Move> | undefined {
    const known = key === undefined ? undefined : this.#byKey.get(key);
    if (known && known.cost <= way.cost) return undefined;
    const node = known ?? { ...way, isOpen: false };
    Object.assign(node, { cost: way.cost, from: way.from });
    if (key !== undefined) this.#byKey.set(key, node);
    this.open(node);
    return node;
  }

  open(node: Reached<State, Move>): void {
    if (!node.isOpen) ++this.#size;
    node.isOpen = true;
    this.#heap.push(node.cost + node.remaining, { node, cost: node.cost });
  }

  /** Takes out the open state of least cost and remaining cost, of equals the first that was added. */
  take(): Reached<State, Move> | undefined {
    for (let next = this.#heap.pop(); next; next = this.#heap.pop()) {
      const { node, cost } = next;
      if (!node.isOpen || cost !== node.cost) continue;
      node.isOpen = false;
      --this.#size;
      return node;
    }
    return undefined;
  }
}
