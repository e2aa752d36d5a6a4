import { once } from "node:events";
import { chmodSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { DatabaseError } from "../errors.js";
import type { Database, Row, Statement } from "./database.js";

/** A line from a process that uses a database to the one that has it open; bytes and dates are marked. */
interface Question {
  readonly id: number;
  readonly statements: readonly Statement[];
  readonly isTransaction: boolean;
}

/** The line back. */
interface Answer {
  readonly id: number;
  readonly results?: readonly (readonly Row[])[];
  readonly error?: string;
}

/** Lets others in until it is closed, which tells them that the database is to be had from somebody else. */
export interface DatabaseServer {
  close(): void;
}

/** Lets other processes of this user on this machine use a database that this one has open. */
export async function serveDatabase(database: Database, path: string): Promise<DatabaseServer> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy()).unref();
    onLines(socket, (line) => {
      void answer(database, decode(line) as Question).then((reply) => {
        if (!socket.destroyed) socket.write(`${encode(reply)}\n`);
      });
    });
  });
  server.listen(path);
  await once(server, "listening");
  if (process.platform !== "win32") chmodSync(path, 0o600);
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => void sockets.add(socket.on("close", () => sockets.delete(socket))));
  server.unref();
  return {
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      if (process.platform !== "win32") rmSync(path, { force: true });
    },
  };
}

async function answer(database: Database, { id, statements, isTransaction }: Question): Promise<Answer> {
  try {
    const results = isTransaction
      ? await database.transaction(statements)
      : [await database.query(statements[0]!.text, statements[0]!.values)];
    return { id, results };
  } catch (error) {
    return { id, error: (error as Error).message };
  }
}

/** Connects to a database that another process has open. @throws Error when nobody listens there any more. */
export async function connectDatabase(path: string, place: string): Promise<Database> {
  const socket = connect(path);
  await once(socket, "connect");
  return new Connected(socket, place);
}

class Connected implements Database {
  readonly #socket: Socket;
  readonly place: string;
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  #last = 0;
  #isGone = false;

  constructor(socket: Socket, place: string) {
    this.#socket = socket;
    this.place = place;
    socket.on("error", () => socket.destroy());
    socket.on("close", () => this.#end());
    onLines(socket, (line) => {
      const answer = decode(line) as Answer;
      this.#waiting.get(answer.id)?.resolve(answer);
      this.#waiting.delete(answer.id);
    });
  }

  async query(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.#ask([{ text, values }], false))[0]!;
  }

  async transaction(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
    return this.#ask(statements, true);
  }

  async close(): Promise<void> {
    this.#socket.end();
  }

  async #ask(statements: readonly Statement[], isTransaction: boolean): Promise<readonly (readonly Row[])[]> {
    if (this.#isGone) throw gone(this.place);
    const id = ++this.#last;
    const { results, error } = await new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.write(`${encode({ id, statements, isTransaction } satisfies Question)}\n`);
    });
    if (error !== undefined) throw new DatabaseError(error);
    return results!;
  }

  #end(): void {
    this.#isGone = true;
    for (const { reject } of this.#waiting.values()) reject(gone(this.place));
    this.#waiting.clear();
  }
}

/** That the process with the database has ended. Who asks again opens it anew. */
export class GoneError extends DatabaseError {}

const gone = (place: string): GoneError => new GoneError(`The process that had ${place} open has ended`);

const onLines = (socket: Socket, take: (line: string) => void): void => {
  const lines = createInterface({ input: socket, crlfDelay: Infinity });
  lines.on("line", take).on("error", () => undefined);
};

/** Names that no JSON of a user has. */
const [BYTES, DATE] = ["\0bytes", "\0date"] as const;

/** One line, whatever is in it: a reader of lines ends them at two letters more than JSON escapes. */
const encode = (value: unknown): string =>
  jsonOf(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

const jsonOf = (value: unknown): string =>
  JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, name, written: unknown) {
    const raw = this[name]; // before a Buffer or a Date has made something else of itself
    if (raw instanceof Uint8Array) return { [BYTES]: Buffer.from(raw).toString("base64") };
    if (raw instanceof Date) return { [DATE]: raw.toISOString() };
    return written;
  });

const decode = (line: string): unknown =>
  JSON.parse(line, (_, value: unknown) => {
    if (typeof value !== "object" || value === null) return value;
    const [name, ...others] = Object.keys(value);
    const content = (value as Readonly<Record<string, unknown>>)[name!];
    if (others.length || typeof content !== "string") return value;
    if (name === BYTES) return new Uint8Array(Buffer.from(content, "base64"));
    return name === DATE ? new Date(content) : value;
  });
