/** The longest string the engine holds, in UTF-16 units; no UTF-8 text has more units than bytes. */
const MAX_BYTES = 2 ** 29 - 24;

/**
 * The bytes of a text file.
 *
 * @throws {Error} if it is not there or cannot be reached or read, is a folder, a device or a pipe, or
 * is above 536 MB.
 */
export async function readTextBytes(path: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const { isFile, isDirectory, size } = await Deno.stat(path);
    if (isDirectory) throw new Error("it is a folder");
    // A device may never end, and a pipe may never begin.
    if (!isFile) throw new Error("it is a device or a pipe, not a file");
    if (size > MAX_BYTES) {
      throw new Error(`it has ${size} bytes, at most ${MAX_BYTES} fit in one text`);
    }
    return await Deno.readFile(path);
  } catch (error) {
    const shown = path instanceof URL ? path.pathname : path;
    throw new Error(`Cannot read the text file ${shown}: ${whyUnreadable(error as Error)}.`);
  }
}

function whyUnreadable(error: Error): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.PermissionDenied) return "there is no permission to read it";
  if (error instanceof Deno.errors.FilesystemLoop) return "its links lead round in a circle";
  return error.message.split(": ")[0];
}

/**
 * The text of UTF-8 bytes: byte order mark taken off, CR LF and lone CR turned into LF.
 *
 * @param name what the error messages call the bytes.
 * @throws {Error} if the bytes are not UTF-8 (with the place of the first that is not), or those of
 * UTF-16 or a program, or hold fewer than 2 characters.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decodeText } from "lib/text/corpus_file.ts";
 * assertEquals(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 97, 13, 10, 98), "a note"), "a\nb");
 * ```
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  if (bytes.length === 0) throw new Error(`Cannot load ${name}: it is empty, 0 bytes.`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`Cannot load ${name}: ${whyNotUtf8(bytes)}`);
  }
  requireText(bytes, name);
  if (text.includes("\r")) text = text.replace(/\r\n?/g, "\n");
  const characters = countCharacters(text);
  if (characters < 2) {
    throw new Error(
      `Cannot load ${name}: it holds ${characters} character(s) of text, ` +
        "a next-character model needs at least 2.",
    );
  }
  return text;
}

/** UTF-16 without a byte order mark is valid UTF-8 where it is Latin or Cyrillic: every second byte is below 32. */
function requireText(bytes: Uint8Array, name: string): void {
  let controls = 0;
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32)) controls++;
  if (controls * 50 <= bytes.length) return;
  const share = Math.round(100 * controls / bytes.length);
  throw new Error(
    `Cannot load ${name}: ${share} % of its bytes are control characters, as in UTF-16 without a byte ` +
      "order mark, or in a file that is no text. Save it as UTF-8.",
  );
}

/** Number of Unicode code points: a surrogate pair is one. */
export function countCharacters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++, count++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00 && at + 1 < text.length) {
      const next = text.charCodeAt(at + 1);
      if (next >= 0xdc00 && next < 0xe000) at++;
    }
  }
  return count;
}

function whyNotUtf8(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return "it is UTF-16 (its first two bytes say so), not UTF-8. Save it as UTF-8.";
  }
  const at = firstInvalidByte(bytes);
  if (at === bytes.length) return `it ends within a UTF-8 character, after byte ${at - 1}.`;
  let line = 1;
  for (let place = 0; place < at; place++) if (bytes[place] === 10) line++;
  const value = bytes[at].toString(16).padStart(2, "0");
  return `byte ${at} (0x${value}, line ${line}) is not UTF-8. Save it as UTF-8.`;
}

/** Place of the first byte that no UTF-8 text has there; `bytes.length` if only the end is missing. */
function firstInvalidByte(bytes: Uint8Array): number {
  let valid = 0; // this many bytes are the beginning of some UTF-8 text
  let invalid = bytes.length + 1;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    try {
      // A decoder in streaming mode accepts a text that stops within a character.
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      valid = middle;
    } catch {
      invalid = middle;
    }
  }
  return invalid - 1;
}
