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

/** Every way to choose among {alternatives|of|a|text}. */
function expanded(text: string): string[] {
  const [whole, choices] = /\{([^{}]*)\}/.exec(text) ?? [];
  if (whole === undefined) return [text];
  return choices!.split("|").flatMap((choice) => expanded(text.replace(whole, choice)));
}

const isNew = (format: string): boolean => !few.includes(format) && !fewShort.includes(format);
const formatsOf = (texts: readonly string[]): string[] => [...new Set(texts.flatMap(expanded))].filter(isNew);

/** Further formats, with the whole year. */
const further = (): string[] =>
  formatsOf([
    // 9 May 1998
    "{%e|%d} {%B|%b|%q|%p} %Y",
    "{%e|%d} {%B|%b}, %Y",
    "{%e|%d}. {%B|%b} %Y",
    "{%e|%d} of {%B|%b} %Y",
    "{|the }%o {|of }{%B|%b} %Y",
    "{|the }%o {|of }%B, %Y",
    "%o {%q|%p} %Y",
    // 9-May-1998
    "{%e|%d}-{%b|%B|%q}-%Y",
    "{%e|%d}/{%b|%B}/%Y",
    "{%e|%d}.{%b|%B}.%Y",
    "{%e|%d}%b%Y",
    // Saturday, 9 May 1998
    "{%A|%a|%w}, {%e|%d} {%B|%b} %Y",
    "{%A|%a} {%e|%d} {%B|%b} %Y",
    "{%A|%a}, {|the }%o {|of }{%B|%b} %Y",
    "%A the %o of %B, %Y",
    "%a {%e|%d}-%b-%Y",
    // May 9, 1998
    "{%B|%b|%q|%p} {%e|%d|%o}, %Y",
    "{%B|%b} the %o, %Y",
    "{%B|%b} {%e|%d},%Y",
    "{%b|%B}-{%e|%d}-%Y",
    "{%b|%B}/{%e|%d}/%Y",
    "%b.{%e|%d}.%Y",
    "%b%d%Y",
    // Saturday, May 9, 1998
    "{%A|%a|%w}, {%B|%b|%q|%p} {%e|%d}, %Y",
    "{%A|%a}, {%B|%b} %o, %Y",
    "%A, {%B|%b} the %o, %Y",
    // 1998 May 9
    "%Y {%B|%b} {%e|%d|%o}",
    "%Y, {%B|%b} {%e|%d}",
    "%Y-{%b|%B}-{%e|%d}",
    "%Y/%b/{%e|%d}",
    "%Y.%b.{%e|%d}",
    "%Y%b%d",
    "%Y{|,} {%e|%d} {%B|%b}",
    // 1998.5.9
    "%Y.%m.%d",
    "%Y %m %d",
    "%Y-%n-%e",
    "%Y/%n/%e",
    "%Y.%n.%e",
    "%Y %n %e",
    "%Y. %n. %e.",
    // 9-5-1998
    "{%e|%d}-{%n|%m}-%Y",
    "{%e|%d}.{%n|%m}.%Y",
    "{%e|%d} {%n|%m} %Y",
    "{%e|%d}. {%n|%m}. %Y",
    "{%n|%m}/{%e|%d}/%Y",
    // 9.V.1998
    "{%e|%d}.%R.%Y",
    "%e. %R. %Y",
    "{%e|%d} %R %Y",
    "{%e|%d}-%R-%Y",
    "%e/%R/%Y",
  ]);

/** Further formats with two digits for the year. */
const furtherShort = (): string[] =>
  formatsOf([
    "{%e|%d} {%B|%b|%q|%p} {|'}%y",
    "{|the }%o {|of }{%B|%b} {|'}%y",
    "{%e|%d}-{%b|%B}-%y",
    "{%e|%d}/%b/%y",
    "{%e|%d}.%b.%y",
    "{%e|%d}%b%y",
    "{%A|%a}, {%e|%d} {%B|%b} %y",
    "{%A|%a}, %d-%b-%y",
    "{%B|%b|%q|%p} {%e|%d|%o}, {|'}%y",
    "{%A|%a}, {%B|%b} {%e|%d}, %y",
    "%b-{%e|%d}-%y",
    "%b/{%e|%d}/%y",
    "{%e|%d}-{%n|%m}-%y",
    "{%e|%d}.{%n|%m}.%y",
    "{%e|%d}. {%n|%m}. %y",
    "{%n|%m}/{%e|%d}/%y",
  ]);

/** The other order of day and month: only for days after the 12th, where it is the only reading. */
export const others: readonly string[] = ["%d/%m/%Y", "%e/%n/%Y", "%m.%d.%Y", "%m-%d-%Y", "%n-%e-%Y"];

/** The same with two digits for the year. */
export const othersShort: readonly string[] = ["%d/%m/%y", "%e/%n/%y", "%m-%d-%y"];

let all: readonly string[] | undefined;

/** Every format there is: made when somebody asks, since importing this calls nothing. */
export const manyFormats = (): readonly string[] =>
  (all ??= [...few, ...fewShort, ...further(), ...furtherShort(), ...others, ...othersShort]);
