import { expectWritable, writeWhole } from "./files.js";
import { count } from "./numbers.js";

/** A page that was written. */
export interface WrittenPage {
  readonly file: string;
  readonly bytes: number;
}

/** Draws a page and writes it, whole or not at all; what cannot be written is not drawn. @throws FileError */
export async function writePage(file: string, draw: () => string | Promise<string>): Promise<WrittenPage> {
  await expectWritable(file);
  const bytes = new TextEncoder().encode(await draw());
  await writeWhole(file, bytes);
  return { file, bytes: bytes.length };
}

/** Says where it is, and what is in it. */
export const sayPage = ({ file, bytes }: WrittenPage, what?: string): void =>
  console.log(`${file}: ${what ? `${what}, ` : ""}${count(bytes)} bytes. Open it in a browser.`);
