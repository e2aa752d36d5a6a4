import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { soon } from "./soon.js";

/** Where Debian's packages have the programs of each version. */
const DEBIAN = "/usr/lib/postgresql";
const isRoot = process.getuid?.() === 0;
/** The server refuses to be root's; the package makes this user. */
const UNPRIVILEGED = "postgres";

/** Why there is no server on this machine for tests; undefined where there is one. */
export const noPostgres: string | undefined = reason();

function reason(): string | undefined {
  if (!programs()) return "there is no PostgreSQL server here: apt-get install postgresql";
  if (isRoot && !idsOf(UNPRIVILEGED)) return `root cannot run a server, and there is no user ${UNPRIVILEGED}`;
  return undefined;
}

/** The folder of the newest server's programs. */
function programs(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const paths = [...versions.map((version) => join(DEBIAN, version, "bin")), ...(process.env["PATH"] ?? "").split(":")];
  return paths.find((path) => existsSync(join(path, "initdb")) && existsSync(join(path, "postgres")));
}

function idsOf(user: string): { uid: number; gid: number } | undefined {
  const [uid, gid] = ["-u", "-g"].map((what) => spawnSync("id", [what, user], { encoding: "utf8" }));
  if (uid!.status !== 0 || gid!.status !== 0) return undefined;
  return { uid: Number(uid!.stdout), gid: Number(gid!.stdout) };
}

/** A server in a folder of its own, which has nothing to do with any other of this machine. */
export interface PostgresServer {
  /** Of an empty database with this name, made if it is not there; connects by TCP. */
  address(name: string): Promise<string>;
  /** Breaks all connections, as `pg_ctl stop -m fast`, and waits for the end. */
  stop(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and leaves nothing behind. */
  remove(): Promise<void>;
}

/** Starts a server. @throws Error where `noPostgres` says why there is none */
export async function startPostgres(): Promise<PostgresServer> {
  if (noPostgres !== undefined) throw new Error(noPostgres);
  const bin = programs()!;
  const folder = mkdtempSync(join(tmpdir(), "tapehead-postgres-"));
  const as = isRoot ? idsOf(UNPRIVILEGED) : undefined;
  if (as) chownSync(folder, as.uid, as.gid);
  const data = join(folder, "data");
  const user = "tester";
  const port = await freePort();
  const run = (program: string, args: readonly string[]): void => {
    const { status, stderr, error } = spawnSync(join(bin, program), args, { ...as, cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr} ${error?.message ?? ""}`);
  };
  run("initdb", ["-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]);

  let server: ChildProcess | undefined;
  let said = "";
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = server;
    if (!ending) return;
    server = undefined;
    const closed = once(ending, "close");
    ending.kill(signal);
    await closed;
  };
  const answers = (): boolean => {
    if (!server || server.exitCode !== null) throw new Error(`The server ended: ${said}`);
    return spawnSync(join(bin, "pg_isready"), ["-q", "-h", "127.0.0.1", "-p", `${port}`]).status === 0;
  };
  const start = async (): Promise<void> => {
    said = "";
    // What is lost with the machine is no matter here; what is lost with the server's process is.
    const settings = [`port=${port}`, "listen_addresses=127.0.0.1", `unix_socket_directories=${folder}`, "fsync=off"];
    const args = ["-D", data, ...settings.flatMap((setting) => ["-c", setting])];
    server = spawn(join(bin, "postgres"), args, { ...as, cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    server.stderr!.on("data", (text) => (said = `${said}${text}`.slice(-2000)));
    await soon("the server answers", answers);
  };
  const onExit = (): void => {
    server?.kill("SIGQUIT");
    rmSync(folder, { recursive: true, force: true });
  };
  process.on("exit", onExit);
  await start();
  return {
    async address(name) {
      const { default: pg } = await import("pg");
      const client = new pg.Client({ host: "127.0.0.1", port, user, database: "postgres" });
      await client.connect();
      try {
        const { rows } = await client.query("select from pg_database where datname = $1", [name]);
        if (!rows.length) await client.query(`create database ${client.escapeIdentifier(name)}`);
      } finally {
        await client.end();
      }
      return `postgres://${user}@127.0.0.1:${port}/${name}`;
    },
    stop: () => end("SIGINT"),
    kill: () => end("SIGKILL"),
    start,
    async remove() {
      await end("SIGINT");
      process.off("exit", onExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
