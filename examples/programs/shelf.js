/** A list of files, of which programs see two neighbours at a time: are they in order, is it the end, was one moved? */
const isWrong = ({ files, at }) => at + 1 < files.length && files[at] > files[at + 1];
const isEnd = ({ files, at }) => at + 1 >= files.length;

/** @type {import("tapehead/tasks").Environment<{ files: string[], at: number, moved: boolean }, string[]>} */
export const shelf = {
  name: "shelf",
  observationSize: 3,
  argumentSizes: [],
  start: (files) => ({ files: [...files], at: 0, moved: false }),
  observe: (state) => [isWrong(state), isEnd(state), state.moved].map(Number),
  acts: {
    SWAP: (state) => {
      const { files, at } = state;
      [files[at], files[at + 1]] = [files[at + 1], files[at]];
      state.moved = true;
    },
    NEXT: (state) => void ++state.at,
    BACK: (state) => void Object.assign(state, { at: 0, moved: false }),
  },
  programs: {
    *SORT(state) {
      yield ["SWEEP"];
      if (!state.moved) return;
      yield ["BACK"];
      return ["SORT"];
    },
    *SWEEP(state) {
      if (isEnd(state)) return;
      if (isWrong(state)) yield ["SWAP"];
      yield ["NEXT"];
      return ["SWEEP"];
    },
  },
  draw: (random, length) => Array.from({ length }, () => `page ${random.integer(0, 9)}.txt`),
};
