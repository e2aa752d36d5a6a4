/** Kinds of sentences of the twenty tasks of Weston et al. 2015, arXiv:1502.05698, by what they tell. */
export type SentenceKind =
  | "move"
  | "timed move"
  | "pair's move"
  | "pronoun's move"
  | "pair's pronoun"
  | "agent's move"
  | "get"
  | "agent's get"
  | "drop"
  | "give"
  | "place"
  | "no place"
  | "either place"
  | "direction"
  | "species"
  | "fear"
  | "animal"
  | "color"
  | "position"
  | "size"
  | "state";

/** Sets of words that stand for each other, by the name that a pattern has for them in braces. */
export const words: Readonly<Record<string, readonly string[]>> = {
  walker: ["john", "mary", "sandra", "daniel", "fred", "julie", "bill", "jeff"],
  agent: ["jason", "antoine", "sumit", "yann"],
  place: ["bedroom", "kitchen", "garden", "hallway", "bathroom", "office", "school", "park", "cinema"],
  object: ["apple", "football", "milk"],
  want: ["apple", "football", "milk", "pajamas"],
  moved: ["went", "went back", "journeyed", "travelled", "moved"],
  got: ["got", "grabbed", "took", "picked up"],
  dropped: ["dropped", "discarded", "left", "put down"],
  gave: ["gave", "handed", "passed"],
  time: ["yesterday", "this morning", "this afternoon", "this evening"],
  then: ["then", "after that", "afterwards", "following that"],
  compass: ["north", "east", "south", "west"],
  fearful: ["gertrude", "winona", "jessica", "emily"],
  species: ["mouse", "sheep", "wolf", "cat"],
  plural: ["mice", "sheep", "wolves", "cats"],
  colored: ["lily", "bernhard", "greg", "julius", "brian"],
  animal: ["swan", "lion", "frog", "rhino"],
  color: ["gray", "white", "yellow", "green"],
  thing: ["box of chocolates", "chocolate", "box", "suitcase", "container", "chest"],
  // prettier-ignore
  shape: [
    "red square", "red rectangle", "red triangle", "red sphere",
    "blue square", "blue rectangle", "blue triangle", "blue sphere",
    "pink square", "pink rectangle", "pink triangle", "pink sphere",
    "yellow square", "yellow rectangle", "yellow triangle", "yellow sphere",
    "square", "rectangle", "triangle", "sphere",
  ],
  side: ["above", "below", "to the left of", "to the right of"],
  need: ["hungry", "thirsty", "bored", "tired"],
};

/** Patterns of the sentences: of two that fit, the first. A part in brackets may be left out. */
export const sentenceKinds: Readonly<Record<SentenceKind, string>> = {
  move: "{walker} {moved} to the {place}",
  "timed move": "{time} {walker} {moved} to the {place}|{walker} {moved} to the {place} {time}",
  "pair's move": "{walker} and {walker} {moved} to the {place}",
  "pronoun's move": "{then} (he|she) {moved} to the {place}",
  "pair's pronoun": "{then} they {moved} to the {place}",
  "agent's move": "{agent} {moved} to the {place}",
  get: "{walker} {got} the {object}( there)?",
  "agent's get": "{agent} {got} the {want}( there)?",
  drop: "{walker} {dropped} the {object}( there)?",
  give: "{walker} {gave} the {object} to {walker}",
  place: "{walker} is in the {place}",
  "no place": "{walker} is (not|no longer) in the {place}",
  "either place": "{walker} is either in the {place} or the {place}",
  direction: "the {place} is {compass} of the {place}",
  species: "{fearful} is a {species}",
  fear: "{plural} are afraid of {plural}",
  animal: "{colored} is a {animal}",
  color: "{colored} is {color}",
  position: "the {shape} is {side} the {shape}",
  size: "the {thing} (fits inside|is bigger than) the {thing}",
  state: "{agent} is {need}",
};
