import { extname, join, normalize } from "node:path";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".json": "application/json",
  ".ipynb": "application/x-ipynb+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".csv": "text/csv; charset=utf-8",
};

/**
 * Answers requests with the files of a folder.
 *
 * The headers isolate the pages from all others: browsers then give them shared memory, which the
 * playground's threads need.
 */
export function serveFolder(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") return plain(405, "Only GET.");
    const path = filePath(folder, new URL(request.url).pathname);
    if (path === undefined) return plain(404, "No such page.");
    try {
      const bytes = await Deno.readFile(path);
      const type = types[extname(path)] ?? "application/octet-stream";
      return new Response(request.method === "HEAD" ? null : bytes, {
        headers: { ...isolation, "content-type": type, "cache-control": "no-store" },
      });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return plain(404, "No such page.");
      return plain(500, (error as Error).message);
    }
  };
}

const isolation = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** The file that an address names; undefined for folders, hidden files and what lies outside. */
function filePath(folder: string, pathname: string): string | undefined {
  let name: string;
  try {
    name = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (name.endsWith("/")) name += "index.html";
  const parts = normalize(name).split(/[\\/]/).filter((part) => part !== "");
  if (parts.some((part) => part.startsWith(".") || part.includes("\0"))) return undefined;
  return join(folder, ...parts);
}

function plain(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { "content-type": "text/plain" } });
}
