import type { Random } from "../../common/random/philox.js";
import { happens, shuffled } from "./draw.js";
import { moved, townPlaces, townspeople } from "./people.js";
import type { BabiQuestion } from "./story.js";
import { askAfterTwo, Teller, type Asked } from "./teller.js";

/** Earliest first. */
const TIMES: readonly string[] = ["yesterday", "this morning", "this afternoon", "this evening"];

/** Where somebody went at a time. */
interface Visit {
  readonly person: string;
  readonly place: string;
  readonly time: number;
}

/** Where everybody was at every time, each time in another place, told in random order. */
class Diary extends Teller {
  readonly #random: Random;
  readonly #untold: Visit[];
  readonly #told: (Visit & { readonly sentence: number })[] = [];

  constructor(random: Random) {
    super();
    this.#random = random;
    const visits = townspeople.flatMap((person) => {
      const visited = shuffled(random, townPlaces);
      return TIMES.map((_, time) => ({ person, place: visited[time]!, time }));
    });
    this.#untold = shuffled(random, visits);
  }

  happen(): void {
    const visit = this.#untold.pop()!;
    const [time, text] = [TIMES[visit.time]!, `${visit.person} ${moved(this.#random, visit.place)}`];
    const sentence = this.tell(happens(this.#random, 0.5) ? `${time} ${text}` : `${text} ${time}`);
    this.#told.push({ ...visit, sentence });
  }

  /** About every place that somebody came from another to, by what was told so far. */
  askable(): Asked[] {
    const sorted = this.#told.toSorted((a, b) => a.time - b.time);
    return sorted.flatMap((to, i): Asked[] => {
      const from = sorted.slice(0, i).findLast(({ person }) => person === to.person);
      const question = `where was ${to.person} before the ${to.place}`;
      return from ? [[question, from.place, [to.sentence, from.sentence]]] : [];
    });
  }
}

/** Task 14: where somebody was before another place, of moves that are told without order but with their times. */
export const timeReasoning = (random: Random): BabiQuestion[] =>
  askAfterTwo(random, new Diary(random), (diary) => diary.askable(), Infinity);
