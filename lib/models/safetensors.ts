/** A named array with its shape. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Named arrays and a note about them. */
export interface ArrayFile {
  readonly arrays: Readonly<Record<string, NamedArray>>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

const LENGTH_BYTES = 8;

/**
 * Writes float32 arrays as a safetensors file, which Python and Rust read as they are.
 *
 * Format: 8 bytes little-endian header length, a JSON header, the data. Written by hand, since no
 * maintained npm package writes it (https://github.com/huggingface/safetensors#format).
 */
export function encodeSafetensors({ arrays, metadata }: ArrayFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, values }] of Object.entries(arrays)) {
    header[name] = { dtype: "F32", shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
  }
  const text = JSON.stringify(header);
  const encoded = new TextEncoder().encode(text);
  const padding = (8 - encoded.length % 8) % 8; // spaces, so that the data is aligned
  const dataStart = LENGTH_BYTES + encoded.length + padding;
  const bytes = new Uint8Array(dataStart + offset).fill(0x20, LENGTH_BYTES, dataStart);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(encoded.length + padding), true);
  bytes.set(encoded, LENGTH_BYTES);
  let position = dataStart;
  for (const { values } of Object.values(arrays)) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), position);
    position += values.byteLength;
  }
  return bytes;
}

/**
 * Reads the float32 arrays of a safetensors file.
 *
 * @throws {Error} if the file is cut short, is none of this format, or holds another type of number.
 */
export function decodeSafetensors(bytes: Uint8Array): ArrayFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = bytes.length < LENGTH_BYTES ? NaN : Number(view.getBigUint64(0, true));
  const dataStart = LENGTH_BYTES + headerLength;
  if (!(dataStart <= bytes.length)) {
    throw new Error(
      `Cannot read a safetensors file: its ${bytes.length} bytes hold no whole header.`,
    );
  }
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, dataStart));
  const arrays: Record<string, NamedArray> = {};
  const { __metadata__: metadata, ...entries } = header;
  for (const [name, entry] of Object.entries(entries)) {
    const { dtype, shape, data_offsets: [start, end] } = requireEntry(name, entry);
    const size = shape.reduce((product, length) => product * length, 1);
    if (dtype !== "F32") throw new Error(`Cannot read ${name}: its numbers are ${dtype}, not F32.`);
    if (!(start >= 0 && end - start === 4 * size && dataStart + end <= bytes.length)) {
      throw new Error(
        `Cannot read ${name}: its ${size} numbers do not lie at ${start} to ${end} of the data; ` +
          `the file may be cut short at ${bytes.length} bytes.`,
      );
    }
    arrays[name] = {
      shape,
      values: new Float32Array(bytes.slice(dataStart + start, dataStart + end).buffer),
    };
  }
  return { arrays, metadata: (metadata ?? {}) as Record<string, string> };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Error("Cannot read a safetensors file: its header is no JSON.");
  }
  if (typeof header !== "object" || header === null || Array.isArray(header)) {
    throw new Error("Cannot read a safetensors file: its header is no record.");
  }
  return header as Record<string, unknown>;
}

function requireEntry(name: string, entry: unknown): HeaderEntry {
  const { shape, data_offsets: offsets } = (entry ?? {}) as Partial<HeaderEntry>;
  if (!Array.isArray(shape) || !Array.isArray(offsets)) {
    throw new Error(`Cannot read ${name}: the header does not say its shape and place.`);
  }
  return entry as HeaderEntry;
}
