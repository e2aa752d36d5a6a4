/** The tasks of sequence to sequence models, as tapehead/tasks exports them. */
export { datesTask, isoOf, type CalendarDate, type DatesTaskOptions } from "./dates.js";
