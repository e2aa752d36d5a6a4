/**
 * Ways to write a date, as letters behind a percent sign. Day: %e 9, %d 09, %o 9th. Month: %n 5, %m 05, %b Sep, %q Sept,
 * %p Sept., %B September, %R IX. Year: %Y 1998, %y 98. Weekday: %a Thu, %w Thurs, %A Thursday. %I is ISO 8601.
 *
 * Dots, dashes and spaces between numbers have the day in front, slashes the month, as in the United States. The other
 * order is written where the numbers leave no other reading: see `others`.
 */

/** The formats of the first models. */
export const few: readonly string[] = [
  "%e %B %Y",
  "%e %b %Y",
  "%B %e, %Y",
  "%b %e, %Y",
  "%A, %e %B %Y",
  "%A, %B %e, %Y",
  "%a %e %b %Y",
  "%o of %B %Y",
  "%B %o, %Y",
  "the %o of %B, %Y",
  "%e-%b-%Y",
  "%d.%m.%Y",
  "%e.%n.%Y",
  "%d-%m-%Y",
  "%m/%d/%Y",
  "%n/%e/%Y",
  "%Y/%m/%d",
  "%Y%m%d",
  "%Y %b %e",
  "%I",
];

/** Those of them with two digits for the year. */
export const fewShort: readonly string[] = ["%e %b %y", "%e %B %y", "%B %e, %y", "%d.%m.%y", "%n/%e/%y"];

/** Further formats, with the whole year. */
export const further: readonly string[] = [
  // 9 May 1998
  ..."%d %B %Y|%d %b %Y|%e %q %Y|%e %p %Y|%e %B, %Y|%e. %B %Y|%e. %b %Y|%e of %B %Y".split("|"),
  ..."%o %B %Y|%o %b %Y|%o %B, %Y|%o of %b %Y|%o of %B, %Y|the %o %B %Y|the %o of %B %Y".split("|"),
  // 9-May-1998
  ..."%d-%b-%Y|%e-%B-%Y|%d-%B-%Y|%d/%b/%Y|%e/%b/%Y|%d.%b.%Y|%e.%b.%Y|%d%b%Y|%e%b%Y".split("|"),
  // Saturday, 9 May 1998
  ..."%a, %e %b %Y|%a, %d %b %Y|%a %d %b %Y|%a %e %B %Y|%w, %e %b %Y|%A, %e %b %Y|%A, %d %B %Y".split("|"),
  ..."%A %o %B %Y|%A, %o of %B %Y|%A, the %o of %B %Y|%A the %o of %B, %Y|%a %o %b %Y".split("|"),
  // May 9, 1998
  ..."%B %d, %Y|%b %d, %Y|%q %e, %Y|%p %e, %Y|%p %d, %Y|%b %o, %Y|%B the %o, %Y|%B %e,%Y|%b %e,%Y".split("|"),
  ..."%b-%d-%Y|%b-%e-%Y|%b/%d/%Y|%b.%d.%Y|%b%d%Y".split("|"),
  // Saturday, May 9, 1998
  ..."%A, %B %o, %Y|%A, %b %e, %Y|%A, %p %e, %Y|%a, %b %e, %Y|%a, %B %e, %Y|%a %b %d, %Y|%w, %q %e, %Y".split("|"),
  // 1998 May 9
  ..."%Y %B %e|%Y, %B %e|%Y %b %d|%Y-%b-%d|%Y/%b/%d|%Y%b%d|%Y %B %o|%Y %e %B|%Y, %e %B".split("|"),
  // 1998.5.9
  ..."%Y.%m.%d|%Y %m %d|%Y-%n-%e|%Y/%n/%e|%Y.%n.%e|%Y. %n. %e.".split("|"),
  // 9-5-1998
  ..."%e-%n-%Y|%d %m %Y|%e %n %Y|%e. %n. %Y|%d. %m. %Y".split("|"),
  // 9.V.1998
  ..."%e.%R.%Y|%e. %R. %Y|%e %R %Y|%d-%R-%Y|%e/%R/%Y".split("|"),
];

/** Further formats with two digits for the year. */
export const furtherShort: readonly string[] = [
  ..."%d %b %y|%e %q %y|%e %p %y|%o %B %y|%o of %B %y|%e %b '%y|%e %B '%y|%o %B '%y|%o of %B '%y".split("|"),
  ..."%e-%b-%y|%d-%b-%y|%d/%b/%y|%d%b%y|%a %e %b %y|%a, %d %b %y|%A, %d-%b-%y".split("|"),
  ..."%b %e, %y|%p %e, %y|%b %e, '%y|%B %e, '%y|%B %o, '%y|%b-%d-%y".split("|"),
  ..."%e.%n.%y|%d-%m-%y|%e-%n-%y|%m/%d/%y".split("|"),
];

/** The other order of day and month: only for days after the 12th, where it is the only reading. */
export const others: readonly string[] = ["%d/%m/%Y", "%e/%n/%Y", "%m.%d.%Y", "%m-%d-%Y", "%n-%e-%Y"];

/** The same with two digits for the year. */
export const othersShort: readonly string[] = ["%d/%m/%y", "%e/%n/%y", "%m-%d-%y"];

/** Every format there is. */
export const many: readonly string[] = [...few, ...fewShort, ...further, ...furtherShort, ...others, ...othersShort];
