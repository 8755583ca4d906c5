import { assertEquals, assertRejects } from "@std/assert";
import {
  defaultCacheFolder,
  downloadBytes,
  type DownloadProgress,
  sha256Hex,
  writeWhole,
} from "lib/text/corpus_download.ts";

/** Serves one response on a free port of this machine while the body runs. */
async function served(
  respond: () => Response,
  body: (address: string) => Promise<void>,
): Promise<void> {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, respond);
  try {
    await body(`http://127.0.0.1:${server.addr.port}/text.txt`);
  } finally {
    await server.shutdown();
  }
}

Deno.test("downloadBytes() gives the bytes and counts them as they come", async () => {
  const content = Uint8Array.from({ length: 300_000 }, (_, place) => place % 251);
  const seen: DownloadProgress[] = [];
  await served(() => new Response(content), async (address) => {
    const bytes = await downloadBytes(address, { onProgress: (progress) => seen.push(progress) });
    assertEquals(await sha256Hex(bytes), await sha256Hex(content));
  });
  assertEquals(seen.at(-1), { receivedBytes: 300_000, totalBytes: 300_000 });
  assertEquals(
    seen.every((now, i) => i === 0 || now.receivedBytes > seen[i - 1].receivedBytes),
    true,
  );
});

Deno.test("downloadBytes() says what the server answered, or that none did", async () => {
  let address = "";
  await served(() => new Response("no", { status: 404 }), async (address_) => {
    address = address_;
    await assertRejects(() => downloadBytes(address), Error, `${address}: the server answered 404`);
  });
  await assertRejects(() => downloadBytes(address), Error, `Cannot download ${address}`);
});

Deno.test("downloadBytes() stops when told", async () => {
  const stop = new AbortController();
  stop.abort(new Error("enough"));
  const options = { signal: stop.signal };
  await assertRejects(() => downloadBytes("http://127.0.0.1:9/", options), Error, "enough");
});

Deno.test("sha256Hex() gives the published digest of abc", async () => {
  assertEquals(
    await sha256Hex(Uint8Array.of(97, 98, 99)),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

Deno.test("defaultCacheFolder() follows each system's custom", () => {
  const linux = (name: string) => ({ HOME: "/home/a", XDG_CACHE_HOME: "" })[name];
  assertEquals(defaultCacheFolder(linux, "linux"), "/home/a/.cache/unrolled/corpora");
  const moved = (name: string) => ({ HOME: "/home/a", XDG_CACHE_HOME: "/fast" })[name];
  assertEquals(defaultCacheFolder(moved, "linux"), "/fast/unrolled/corpora");
  assertEquals(defaultCacheFolder(linux, "darwin"), "/home/a/Library/Caches/unrolled/corpora");
  const windows = (name: string) => ({ LOCALAPPDATA: "C:/Local" })[name];
  assertEquals(defaultCacheFolder(windows, "windows"), "C:/Local/unrolled/corpora");
});

Deno.test("writeWhole() makes the folder and leaves nothing beside the file", async () => {
  const folder = await Deno.makeTempDir();
  await writeWhole(`${folder}/a/b/text.txt`, Uint8Array.of(1, 2));
  await writeWhole(`${folder}/a/b/text.txt`, Uint8Array.of(3));
  assertEquals([...await Deno.readFile(`${folder}/a/b/text.txt`)], [3]);
  assertEquals([...Deno.readDirSync(`${folder}/a/b`)].length, 1);
  await Deno.remove(folder, { recursive: true });
});
