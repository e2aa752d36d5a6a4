import { WriteStream } from "node:tty";

/** "shades" has no colours at all. */
export type Palette = "truecolor" | "256" | "shades";

export interface Terminal {
  readonly columns: number;
  /** Undefined where nothing scrolls away: a pipe, a file. */
  readonly rows?: number | undefined;
  readonly palette: Palette;
}

/** What an output can show. NO_COLOR and FORCE_COLOR are as no-color.org and force-color.org have them. */
export function terminalOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): Terminal {
  const { isTTY, columns, rows } = stream;
  return {
    columns: columns ?? (Number(env["COLUMNS"]) || 80),
    rows: isTTY ? rows : undefined,
    palette: paletteOf(isTTY, env),
  };
}

function paletteOf(isTTY: boolean, { NO_COLOR, ...env }: NodeJS.ProcessEnv): Palette {
  const forced = env["FORCE_COLOR"];
  if (forced === undefined && (NO_COLOR || !isTTY)) return "shades";
  const depth = WriteStream.prototype.getColorDepth(env);
  if (depth >= 24) return "truecolor";
  // 16 colours are too few for a scale; whoever forces colours has more.
  return depth >= 8 || (depth > 1 && forced !== undefined) ? "256" : "shades";
}

/** Marks text as wrong, where there are colours. */
export function highlight(text: string, palette: Palette): string {
  return palette === "shades" ? text : `\x1b[1;31m${text}\x1b[0m`;
}
