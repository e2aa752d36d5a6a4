import { InvalidArgumentError } from "commander";

/** Reads an option that counts something. */
export function whole(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} up.`);
  };
}

/** Reads an option that measures something. */
export function number({ orZero = false } = {}): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() && Number.isFinite(value) && (value > 0 || (orZero && value === 0))) return value;
    throw new InvalidArgumentError(`It must be a number ${orZero ? "from 0 up" : "above 0"}.`);
  };
}

/** Reads an option that is a part of a whole. */
export function part({ below = false } = {}): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() && value >= 0 && (below ? value < 1 : value <= 1)) return value;
    throw new InvalidArgumentError(`It must be a number from 0 to ${below ? "below " : ""}1.`);
  };
}

/** Reads an option that counts several things, such as "2000,10000". */
export function wholes(least: number): (text: string) => number[] {
  return (text) => text.split(",").map((part) => whole(least)(part.trim()));
}

/** The options that were given. */
export function given<T extends object>(options: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

export const count = (value: number): string => value.toLocaleString("en-US");

/** Three or four digits that tell something. */
export const measure = (value: number): string => (value >= 100 ? value.toFixed(1) : value.toFixed(3));

/** "1 step", "2 steps". */
export const plural = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

/** "42 s", "1:05 min", "2:10 h". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const pad = (value: number): string => String(value).padStart(2, "0");
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}:${pad(whole % 60)} min`;
  return `${Math.floor(whole / 3600)}:${pad(Math.floor(whole / 60) % 60)} h`;
}

/** A part as a percentage, with as many digits as tell it from all. */
export const percent = (part: number): string => `${+(100 * part).toFixed(part > 0.99 || part < 0.01 ? 2 : 1)}%`;
