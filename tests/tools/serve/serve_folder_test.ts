import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { serveFolder } from "tools/serve/serve_folder.ts";

async function answers(
  requests: Record<string, RequestInit>,
): Promise<{ status: number; type: string | null; text: string; isolated: boolean }[]> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(folder, "out"));
    await Deno.writeTextFile(join(folder, "secret.txt"), "no");
    await Deno.writeTextFile(join(folder, "out", "index.html"), "<p>hello");
    await Deno.writeTextFile(join(folder, "out", ".hidden"), "no");
    const serve = serveFolder(join(folder, "out"));
    return await Promise.all(
      Object.entries(requests).map(async ([path, init]) => {
        const response = await serve(new Request(`http://localhost${path}`, init));
        return {
          status: response.status,
          type: response.headers.get("content-type"),
          text: await response.text(),
          isolated: response.headers.get("cross-origin-embedder-policy") === "require-corp",
        };
      }),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("serveFolder() answers with files, isolated so that they may share memory", async () => {
  const [page, head] = await answers({ "/": {}, "/index.html": { method: "HEAD" } });
  const type = "text/html; charset=utf-8";
  assertEquals(page, { status: 200, type, text: "<p>hello", isolated: true });
  assertEquals(head, { status: 200, type, text: "", isolated: true });
});

Deno.test("serveFolder() shows nothing outside the folder, hidden or missing", async () => {
  const paths = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/.hidden",
    "/no",
    "/%",
  ];
  const found = await answers(Object.fromEntries(paths.map((path) => [path, {}])));
  assertEquals(found.map(({ status }) => status), paths.map(() => 404));
  const [posted] = await answers({ "/": { method: "POST" } });
  assertEquals(posted.status, 405);
});
