/** How far a download has come. */
export interface DownloadProgress {
  receivedBytes: number;
  /** As announced by the server; absent if it does not say. */
  totalBytes?: number;
}

/** Settings of `downloadBytes`. */
export interface DownloadOptions {
  onProgress?: (progress: DownloadProgress) => void;
  signal?: AbortSignal;
}

/**
 * The bytes at an address, with progress after every chunk.
 *
 * @throws {Error} if the address does not answer with success. An abort rejects with its reason.
 */
export async function downloadBytes(
  address: string | URL,
  options: DownloadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { onProgress, signal } = options;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let receivedBytes = 0;
  try {
    const response = await fetch(address, { signal });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Error(`the server answered ${response.status} ${response.statusText}`.trimEnd());
    }
    // What the server counts is the compressed size if it compresses: no total then.
    const announced = response.headers.has("content-encoding")
      ? NaN
      : Number(response.headers.get("content-length") ?? NaN);
    for await (const chunk of response.body) {
      chunks.push(chunk);
      receivedBytes += chunk.length;
      onProgress?.(
        announced > 0 ? { receivedBytes, totalBytes: announced } : { receivedBytes },
      );
    }
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Error(`Cannot download ${address}: ${(error as Error).message}.`, { cause: error });
  }
  const bytes = new Uint8Array(receivedBytes);
  let filled = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  return bytes;
}

/** The SHA-256 of bytes, in lower-case hexadecimal. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The folder where downloaded corpora are kept: the user's own cache folder, by the system's custom. */
export function defaultCacheFolder(
  environment: (name: string) => string | undefined = (name) => Deno.env.get(name),
  os: string = Deno.build.os,
): string {
  const home = environment("HOME") ?? environment("USERPROFILE") ?? ".";
  const caches = os === "windows"
    ? environment("LOCALAPPDATA") ?? `${home}/AppData/Local`
    : os === "darwin"
    ? `${home}/Library/Caches`
    : environment("XDG_CACHE_HOME") || `${home}/.cache`;
  return `${caches}/unrolled/corpora`;
}

/** Writes a file whole or not at all: beside its place first, then renamed. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const folder = path.slice(0, path.lastIndexOf("/"));
  await Deno.mkdir(folder, { recursive: true });
  const beside = await Deno.makeTempFile({ dir: folder, prefix: ".partial-" });
  try {
    await Deno.writeFile(beside, bytes);
    await Deno.rename(beside, path);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw error;
  }
}
