import { assertEquals, assertRejects } from "@std/assert";
import { loadCorpus, type LoadCorpusOptions } from "lib/text/corpus.ts";
import type { CatalogueEntry } from "lib/text/corpus_catalogue.ts";
import { sha256Hex } from "lib/text/corpus_download.ts";

const content = new TextEncoder().encode("A tale,\r\nretold 🙂.");
const text = "A tale,\nretold 🙂.";

/** A catalogue of one downloadable corpus, a server that counts its requests, and empty folders. */
async function withServer(
  body: (place: {
    options: LoadCorpusOptions;
    requests: () => number;
    folder: string;
    entry: CatalogueEntry;
  }) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  let requests = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => {
    requests++;
    return new Response(content);
  });
  const entry = {
    name: "tale",
    title: "A Tale",
    author: "Nobody",
    year: 1900,
    licence: "CC0",
    source: `http://127.0.0.1:${server.addr.port}/tale.txt`,
    bytes: content.length,
    characters: 17,
    sha256: await sha256Hex(content),
    description: "",
  };
  const options = {
    catalogue: [entry],
    corporaFolder: `${folder}/corpora`,
    cacheFolder: `${folder}/cache`,
  };
  try {
    await body({ options, requests: () => requests, folder, entry });
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("loadCorpus() reads the embedded corpus from any working directory", async () => {
  const here = Deno.cwd();
  Deno.chdir(await Deno.makeTempDir());
  try {
    const corpus = await loadCorpus();
    assertEquals(corpus.name, "embedded");
    assertEquals(corpus.characters, [...corpus.text].length);
    assertEquals(corpus.characters >= 120_000, true);
  } finally {
    Deno.chdir(here);
  }
});

Deno.test("loadCorpus() fetches a corpus once, with progress, then takes it from the cache", async () => {
  await withServer(async ({ options, requests, entry }) => {
    const received: number[] = [];
    const onProgress = (progress: { receivedBytes: number }) =>
      received.push(progress.receivedBytes);
    const corpus = await loadCorpus("tale", { ...options, onProgress });
    assertEquals(corpus, {
      name: "tale",
      title: "A Tale",
      text,
      source: entry.source,
      licence: "CC0",
      sha256: entry.sha256,
      characters: 17,
    });
    assertEquals(received.at(-1), content.length);
    assertEquals(await loadCorpus("tale", options), corpus);
    assertEquals(requests(), 1);
  });
});

Deno.test("loadCorpus() fetches again when the cached file is damaged", async () => {
  await withServer(async ({ options, requests, folder }) => {
    await Deno.mkdir(`${folder}/cache`);
    await Deno.writeTextFile(`${folder}/cache/tale.txt`, "A tal");
    assertEquals((await loadCorpus("tale", options)).text, text);
    assertEquals(requests(), 1);
    assertEquals(await Deno.readFile(`${folder}/cache/tale.txt`), content);
  });
});

Deno.test("loadCorpus() looks first in the folder that UNROLLED_CORPORA names", async () => {
  await withServer(async ({ options: { catalogue, cacheFolder }, requests, folder }) => {
    await Deno.mkdir(`${folder}/mine`);
    await Deno.writeFile(`${folder}/mine/tale.txt`, content);
    const before = Deno.env.get("UNROLLED_CORPORA");
    Deno.env.set("UNROLLED_CORPORA", `${folder}/mine`);
    try {
      assertEquals((await loadCorpus("tale", { catalogue, cacheFolder })).text, text);
    } finally {
      if (before === undefined) Deno.env.delete("UNROLLED_CORPORA");
      else Deno.env.set("UNROLLED_CORPORA", before);
    }
    assertEquals(requests(), 0);
  });
});

Deno.test("loadCorpus() refuses bytes other than the catalogue's, and caches none of them", async () => {
  await withServer(async ({ options, folder, entry }) => {
    const other = [{ ...entry, sha256: "0".repeat(64) }];
    await assertRejects(
      () => loadCorpus("tale", { ...options, catalogue: other }),
      Error,
      `have SHA-256 ${entry.sha256}, the catalogue says 0000`,
    );
    await assertRejects(() => Deno.stat(`${folder}/cache`), Deno.errors.NotFound);
    await Deno.mkdir(`${folder}/corpora`);
    await Deno.writeTextFile(`${folder}/corpora/tale.txt`, "another");
    await assertRejects(
      () => loadCorpus("tale", options),
      Error,
      `the 7 bytes of ${folder}/corpora/tale.txt have SHA-256`,
    );
  });
});

Deno.test("loadCorpus() reads a user's own file by its path", async () => {
  await withServer(async ({ options, folder }) => {
    await Deno.writeTextFile(`${folder}/own.txt`, "\ufeffmy\r\ntext");
    const corpus = await loadCorpus(`${folder}/own.txt`, options);
    assertEquals([corpus.title, corpus.text, corpus.characters], ["own.txt", "my\ntext", 7]);
    await Deno.writeTextFile(`${folder}/own.txt`, "");
    await assertRejects(
      () => loadCorpus(`${folder}/own.txt`, options),
      Error,
      `Cannot load corpus "${folder}/own.txt": it is empty, 0 bytes`,
    );
  });
});

Deno.test("loadCorpus() lists the names it knows when there is no such name or file", async () => {
  await withServer(async ({ options }) => {
    await assertRejects(
      () => loadCorpus("tail", options),
      Error,
      'Cannot load corpus "tail": it is neither a file nor one of the names tale.',
    );
  });
});
