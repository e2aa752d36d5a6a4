import { shown } from "../../../common/shown.js";
import type { ReadSentence } from "./readStory.js";
import { StoryError } from "./storyError.js";

/**
 * That people of a story handle what they have, and get what is where they are, as far as the story tells: of others the
 * model has learned nothing, and would guess.
 *
 * @throws StoryError which names the sentence that cannot be.
 */
export function expectPossible(sentences: readonly ReadSentence[]): void {
  const [places, holders] = [new Map<string, string>(), new Map<string, string>()];
  sentences.forEach(({ kind, text, slots }, i) => {
    const [who, , object, other] = slots as [string, string, string, string];
    const fail = (why: string): never => {
      throw new StoryError(`Sentence ${i + 1}, ${shown(text)}, cannot be: ${why}`, [who, object]);
    };
    const areApart = (a: string, b: string): boolean =>
      places.has(a) && places.has(b) && places.get(a) !== places.get(b);
    if (kind === "move") places.set(who, object); // the third word is the place
    if (kind === "get") {
      const holder = holders.get(object);
      if (holder) fail(`the story told that ${holder === who ? "they have" : `${holder} has`} the ${object}`);
      if (areApart(who, object)) fail(`the ${object} was left in another place`);
      holders.set(object, who);
    }
    if (kind !== "drop" && kind !== "give") return;
    if (holders.get(object) !== who) fail(`the story does not tell that they have the ${object}`);
    if (kind === "give" && areApart(who, other)) fail(`${other} is in another place`);
    if (kind === "give") holders.set(object, other);
    else {
      holders.delete(object);
      const place = places.get(who);
      if (place) places.set(object, place);
      else places.delete(object);
    }
  });
}
