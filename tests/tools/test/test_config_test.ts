import { assert, assertEquals, assertFalse, assertRejects } from "@std/assert";
import { join } from "node:path";
import { jsrAnswers, writeTestConfig } from "tools/test/test_config.ts";

async function inProject(work: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(root, "deno.json"), '{ "imports": { "lib/": "./lib/" } }');
    await work(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function namesIn(root: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(root), (entry) => entry.name)).sort();
}

Deno.test("jsrAnswers() believes a server that answers, and only then", async () => {
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => new Response(null, { status: request.url.endsWith("/meta.json") ? 200 : 404 }),
  );
  const base = `http://127.0.0.1:${server.addr.port}`;
  assert(await jsrAnswers({ url: `${base}/meta.json` }));
  assertFalse(await jsrAnswers({ url: `${base}/absent` }));
});

Deno.test("jsrAnswers() takes silence and a closed port for a no", async () => {
  const silent = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const url = `http://127.0.0.1:${silent.addr.port}/meta.json`;
  assertFalse(await jsrAnswers({ url, timeoutMilliseconds: 50 }));
  silent.close();
  assertFalse(await jsrAnswers({ url, timeoutMilliseconds: 1000 }));
});

Deno.test("writeTestConfig() links the stand-in only where asked, and keeps the rest", async () => {
  await inProject(async (root) => {
    const withStandIn = await writeTestConfig(root, { standIn: true });
    assertEquals(JSON.parse(await Deno.readTextFile(withStandIn.path)), {
      imports: { "lib/": "./lib/" },
      links: ["./tests/standin/assert"],
    });
    await withStandIn.remove();
    const real = await writeTestConfig(root, { standIn: false });
    assertEquals(JSON.parse(await Deno.readTextFile(real.path)), { imports: { "lib/": "./lib/" } });
    await real.remove();
    assertEquals(await namesIn(root), ["deno.json"]);
  });
});

Deno.test("writeTestConfig() adds the packages that only development needs", async () => {
  await inProject(async (root) => {
    await Deno.writeTextFile(join(root, "deno.dev.json"), '{ "imports": { "x": "npm:x@1.0.0" } }');
    const config = await writeTestConfig(root, { standIn: false });
    assertEquals(JSON.parse(await Deno.readTextFile(config.path)), {
      imports: { "lib/": "./lib/", x: "npm:x@1.0.0" },
    });
    await config.remove();
  });
});

Deno.test("writeTestConfig() works on a copy of development's lockfile", async () => {
  await inProject(async (root) => {
    await Deno.writeTextFile(join(root, "deno.dev.lock"), '{ "version": "5" }');
    const config = await writeTestConfig(root, { standIn: true });
    const { lock } = JSON.parse(await Deno.readTextFile(config.path));
    assertEquals(await Deno.readTextFile(join(root, lock.path)), '{ "version": "5" }');
    await config.remove();
    assertEquals(await namesIn(root), ["deno.dev.lock", "deno.json"]);
  });
});

Deno.test("writeTestConfig() rejects where there is no deno.json", async () => {
  const root = await Deno.makeTempDir();
  await assertRejects(() => writeTestConfig(root, { standIn: true }), Deno.errors.NotFound);
  await Deno.remove(root);
});
