/** Strings of spoken digits, as tapehead/tasks exports them. */
export {
  spokenDigitsTask,
  type DigitString,
  type SpokenDigit,
  type SpokenDigitsOptions,
  type SpokenDigitsTask,
} from "./spokenDigits.js";
export { digitSymbols, digitWords, spelled } from "./digitWords.js";
export { utterance, type UtteranceOptions } from "./utterance.js";
