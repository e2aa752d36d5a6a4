import { CheckpointError } from "../checkpoint/checkpointError.js";
import { decodeSafetensors } from "../checkpoint/safetensors.js";
import { excerpt } from "../common/shown.js";
import { foreignDtypes } from "./foreignDtypes.js";

const WRAPPED = "module.";

/** A matrix, row-major. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float32Array;
}

/** The tensors of somebody else's file, asked for by name and shape. */
export class Foreign {
  readonly #tensors;
  readonly #taken = new Set<string>();
  /** What the file says of itself, such as its licence. */
  readonly metadata: Readonly<Record<string, string>>;

  /** @throws CheckpointError when the bytes are no safetensors file. */
  constructor(
    bytes: Uint8Array,
    readonly file: string,
  ) {
    const { tensors, metadata } = decodeSafetensors(bytes, file, foreignDtypes());
    const twice = repeatedKey(bytes);
    if (twice !== undefined) this.fail(`its header has the key "${excerpt(twice)}" twice`);
    // What torch.nn.DataParallel saves has its name in front of all names.
    const wrapped = [...tensors.keys()].every((name) => name.startsWith(WRAPPED));
    this.#tensors = new Map(
      [...tensors].map(([name, tensor]) => [wrapped ? name.slice(WRAPPED.length) : name, tensor]),
    );
    this.metadata = metadata;
  }

  /** Names of all tensors. */
  get names(): readonly string[] {
    return [...this.#tensors.keys()];
  }

  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  /** @throws CheckpointError always. */
  fail(reason: string): never {
    throw new CheckpointError(this.file, reason);
  }

  /**
   * A tensor as a matrix: leading axes of length 1 do not count, and a vector is a row. Sizes that are given must be
   * the tensor's.
   * @throws CheckpointError when there is none of that name, size or type, or it holds numbers that are not finite.
   */
  matrix(name: string, rows?: number, cols?: number): Matrix {
    const tensor = this.#tensors.get(name) ?? this.fail(`it lacks the tensor "${name}"`);
    this.#taken.add(name);
    const { data, shape } = tensor;
    if (!(data instanceof Float32Array)) return this.fail(`its "${name}" must be F32`);
    const [r = 1, c = 1] = [1, 1, ...shape].slice(-2);
    const folded = shape.slice(0, -2).every((axis) => axis === 1);
    if (!folded || (rows ?? r) !== r || (cols ?? c) !== c) {
      const wanted = `(${rows ?? "any"}, ${cols ?? "any"})`;
      return this.fail(`its "${name}" is (${excerpt(shape.join(", "))}), and must be ${wanted}`);
    }
    if (!data.every(Number.isFinite)) return this.fail(`its "${name}" holds numbers that are not finite`);
    return { rows: r, cols: c, data };
  }

  /** @throws CheckpointError when there is a tensor that nobody asked for: the network is another than was thought. */
  expectAllTaken(source: string): void {
    const left = [...this.#tensors.keys()].find((name) => !this.#taken.has(name));
    if (left !== undefined) this.fail(`it has a tensor "${excerpt(left)}" that a network of ${source} does not have`);
  }

  vector(name: string, size?: number): Float32Array {
    return this.matrix(name, 1, size).data;
  }
}

/** A key that an object of the header has twice, of which JSON.parse keeps one. */
function repeatedKey(bytes: Uint8Array): string | undefined {
  const size = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = new TextDecoder().decode(bytes.subarray(8, 8 + size));
  const open: Set<string>[] = [];
  for (const [token, colon] of header.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (colon !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as string;
      if (open.at(-1)!.has(key)) return key;
      open.at(-1)!.add(key);
    }
  }
  return undefined;
}

/** Rows become columns, as from (outputs, inputs) to (inputs, outputs). */
export function transposed({ rows, cols, data }: Matrix): Matrix {
  const turned = new Float32Array(data.length);
  for (let r = 0; r < rows; ++r) for (let c = 0; c < cols; ++c) turned[c * rows + r] = data[r * cols + c]!;
  return { rows: cols, cols: rows, data: turned };
}

/** Matrices with the same columns, one above the other. */
export function above(...matrices: readonly Matrix[]): Matrix {
  const data = Float32Array.from(matrices.flatMap((matrix) => [...matrix.data]));
  return { rows: matrices.reduce((sum, { rows }) => sum + rows, 0), cols: matrices[0]!.cols, data };
}

/** The columns of matrices with the same rows, side by side, in an order of their indices if one is given. */
export function beside(matrices: readonly Matrix[], order?: readonly number[]): Matrix {
  const columns = matrices.flatMap((matrix) => Array.from({ length: matrix.cols }, (_, c) => [matrix, c] as const));
  const ordered = order ? order.map((i) => columns[i]!) : columns;
  const { rows } = matrices[0]!;
  const data = new Float32Array(rows * ordered.length);
  ordered.forEach(([matrix, c], to) => {
    for (let r = 0; r < rows; ++r) data[r * ordered.length + to] = matrix.data[r * matrix.cols + c]!;
  });
  return { rows, cols: ordered.length, data };
}

/** Vectors of one length, added up in double precision. */
export const sumOf = (...vectors: readonly Float32Array[]): Float32Array =>
  Float32Array.from(vectors[0]!, (_, i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0));

export const row = (data: Float32Array): Matrix => ({ rows: 1, cols: data.length, data });
