/** The tasks of sequence to sequence models, as tapehead/tasks exports them. */
export { datesTask, type DatesTaskOptions } from "./dates.js";
export { isoOf, type CalendarDate } from "./dates/calendar.js";
export { dateAnswer, plainDate, type DateAnswer, type DateOrder, type DateReading } from "./dates/dateAnswer.js";
export { grammarTask, type GrammarTaskOptions } from "./grammar.js";
