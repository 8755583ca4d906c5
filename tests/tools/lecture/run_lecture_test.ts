import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import type { executeNotebook } from "tools/jupyter/run/execute_notebook.ts";
import { formatNotebook } from "tools/jupyter/notebook/write_notebook.ts";
import { type ClaimRecord, readClaimsFile } from "tools/lecture/claims_file.ts";
import { parseLectureOptions } from "tools/lecture/lecture_options.ts";
import { type LectureSurroundings, runLecture } from "tools/lecture/run_lecture.ts";
import {
  claimOutput,
  claimSource,
  codeCell,
  display,
  markdownCell,
  sampleClaim,
  sampleNotebook,
} from "./sample_notebook.ts";

const parameterCell = () =>
  codeCell('const quick = false;\nconst corpusName = "embedded";\nconst seed = 1;', {
    tags: ["parameters", "readme"],
  });

/** A repository of two notebooks, a README with markers, and a way to run the lecture in it. */
async function inRepository(
  test: (repository: {
    root: string;
    run: (
      args: string,
      options?: Partial<LectureSurroundings>,
    ) => Promise<{ code: number; text: string }>;
    measure: (claims: Record<string, ClaimRecord>) => typeof executeNotebook;
  }) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(root, "notebooks"));
    await Deno.writeTextFile(join(root, "deno.json"), "{}\n");
    await Deno.writeTextFile(
      join(root, "README.md"),
      "# R\n\n<!-- claims:start -->\n<!-- claims:end -->\n",
    );
    for (const [name, id] of [["1_one", "Q1.1"], ["2_two", "Q2.1"]]) {
      const cells = [
        markdownCell(`# Why ${name}?`),
        parameterCell(),
        codeCell(claimSource(sampleClaim({ id }))),
      ];
      await Deno.writeTextFile(
        join(root, "notebooks", `${name}.ipynb`),
        formatNotebook(sampleNotebook(cells, { claims: [id] })),
      );
    }
    await test({ root, run: (args, options) => run(root, { args, ...options }), measure });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const page = "some text and more of it ".repeat(30);

async function run(
  root: string,
  { args, ...surroundings }: Partial<LectureSurroundings> & { args: string },
): Promise<{ code: number; text: string }> {
  let text = "";
  const terminal = {
    write: (part: string) => void (text += part),
    isTerminal: false,
    width: () => 100,
    now: () => performance.now(),
  };
  const options = parseLectureOptions([...args.split(" "), "--out", join(root, "out")]
    .filter((arg) => arg !== ""));
  const code = await runLecture(options, { root, terminal, loadCorpus, ...surroundings });
  return { code, text };
}

/** Stands for a text that would have to be downloaded. */
const loadCorpus = (name = "") =>
  Promise.resolve({
    ...{ name, title: name, text: page, source: "a test", licence: "none", sha256: "" },
    characters: page.length,
  });

/** Stands for the kernel: each notebook emits its claim, by the notebook's name, and a figure. */
function measure(claims: Record<string, ClaimRecord>): typeof executeNotebook {
  return (notebook, { name }) => {
    const executed = structuredClone(notebook);
    const claim = claims[name!];
    executed.cells[2].outputs = claim ? [claimOutput(claim)] : [];
    executed.cells[1].outputs = [display({ "image/svg+xml": '<svg aria-label="A line"></svg>' })];
    return Promise.resolve({ notebook: executed, ok: true, cells: [{ index: 2, seconds: 0 }] });
  };
}

const good = { "1_one": sampleClaim({ id: "Q1.1" }), "2_two": sampleClaim({ id: "Q2.1" }) };

Deno.test("runLecture() executes in the real kernel and writes notebooks, pages and claims", () =>
  inRepository(async ({ root, run }) => {
    const { code, text } = await run("--quick --jobs 2");
    assertEquals(code, 0, text);
    const files = [...Deno.readDirSync(join(root, "out"))].map((entry) => entry.name).sort();
    assertEquals(files, [
      "1_one.html",
      "1_one.ipynb",
      "2_two.html",
      "2_two.ipynb",
      "claims.json",
      "index.html",
    ]);
    const claims = await readClaimsFile(join(root, "out", "claims.json"));
    assertEquals(claims, {
      corpus: "embedded",
      seed: 1,
      backend: null,
      versions: { deno: Deno.version.deno },
      quick: true,
      claims: [good["1_one"], good["2_two"]],
    });
    const executed = JSON.parse(await Deno.readTextFile(join(root, "out", "1_one.ipynb")));
    assertEquals(executed.cells[2].metadata.tags, ["injected-parameters"]);
    assertStringIncludes(executed.cells[2].source, "const quick = true;");
    assert(/^Q2\.1 .*supported$/m.test(text), text);
  }));

Deno.test("runLecture() --in-place refreshes notebooks, claims and README, and --check then agrees", () =>
  inRepository(async ({ root, run, measure }) => {
    const placed = await run("--in-place", { execute: measure(good) });
    assertEquals(placed.code, 0, placed.text);
    const notebook = JSON.parse(await Deno.readTextFile(join(root, "notebooks", "1_one.ipynb")));
    assertEquals(notebook.cells.length, 3);
    assertEquals(notebook.cells[2].outputs, [claimOutput(good["1_one"])]);
    const readme = await Deno.readTextFile(join(root, "README.md"));
    assertStringIncludes(readme, "[Why 1_one?](notebooks/1_one.ipynb)");
    assertStringIncludes(readme, "![A line](results/figures/2_two.svg)");

    assertEquals((await run("--check", { execute: measure(good) })).code, 0);
    const drifted = { ...good, "2_two": sampleClaim({ id: "Q2.1", value: -0.43 }) };
    const checked = await run("--check", { execute: measure(drifted) });
    assertEquals(checked.code, 1);
    assertStringIncludes(
      checked.text,
      "Q2.1: value: committed -0.431234567890123, now -0.43",
    );

    // One notebook alone replaces its own claims only.
    assertEquals((await run("2 --in-place", { execute: measure(drifted) })).code, 0);
    const { claims } = await readClaimsFile(join(root, "results", "claims.json"));
    assertEquals(claims.map(({ value }) => value), [-0.431234567890123, -0.43]);
  }));

Deno.test("runLecture() --store keeps another text's claims, to the byte, and --check compares with them", () =>
  inRepository(async ({ root, run, measure }) => {
    const path = join(root, "results", "claims_timemachine.json");
    const stored = await run("--corpus timemachine --store", { execute: measure(good) });
    assertEquals(stored.code, 0, stored.text);
    const { corpus, claims } = await readClaimsFile(path);
    assertEquals([corpus, claims.map(({ id }) => id)], ["timemachine", ["Q1.1", "Q2.1"]]);
    const before = await Deno.readTextFile(path);
    // A part of the lecture renews its own claims and keeps the rest.
    assertEquals(
      (await run("2 --corpus timemachine --store", { execute: measure(good) })).code,
      0,
    );
    assertEquals(await Deno.readTextFile(path), before);

    const drifted = { ...good, "2_two": sampleClaim({ id: "Q2.1", value: -0.43 }) };
    const checked = await run("--corpus timemachine --check", { execute: measure(drifted) });
    assertEquals(checked.code, 1);
    assertStringIncludes(checked.text, "The claims differ from results/claims_timemachine.json");

    const missing = await run("--corpus timemachine --store", {
      execute: measure({ "1_one": good["1_one"] }),
    });
    assertStringIncludes(missing.text, "Nothing was stored.");
    assertEquals(await Deno.readTextFile(path), before);
  }));

Deno.test("runLecture() leaves everything committed as it was when a claim is missing", () =>
  inRepository(async ({ root, run, measure }) => {
    const path = join(root, "notebooks", "1_one.ipynb");
    const before = await Deno.readTextFile(path);
    const { code, text } = await run("--in-place", {
      execute: measure({ "1_one": good["1_one"] }),
    });
    assertEquals(code, 1);
    assertStringIncludes(text, "2_two: claim Q2.1 is missing");
    assertStringIncludes(text, "Nothing was refreshed");
    assertEquals(await Deno.readTextFile(path), before);
  }));

Deno.test("runLecture() runs any other Deno notebook, of which no claims are expected", () =>
  inRepository(async ({ root, run }) => {
    const path = join(root, "elsewhere.ipynb");
    const cells = [codeCell("console.log(1 + 1)")];
    await Deno.writeTextFile(path, formatNotebook(sampleNotebook(cells)));
    const { code, text } = await run(`${path} --quick`);
    assertEquals(code, 0, text);
    assertStringIncludes(text, "No claims were measured.");
    const page = await Deno.readTextFile(join(root, "out", "elsewhere.html"));
    assert(page.includes("<title>Elsewhere · Unrolled</title>"));
  }));

Deno.test("runLecture() fails on a broken cell and on a file that is no notebook, and keeps the rest", () =>
  inRepository(async ({ root, run }) => {
    const broken = sampleNotebook([codeCell('throw new TypeError("no such thing")')], {
      claims: [],
    });
    await Deno.writeTextFile(join(root, "notebooks", "1_one.ipynb"), formatNotebook(broken));
    await Deno.writeTextFile(join(root, "notebooks", "3_bad.ipynb"), "{ not json");
    const { code, text } = await run("");
    assertEquals(code, 1);
    assertStringIncludes(text, "1_one, cell 1: cell error");
    assertStringIncludes(text, "no such thing");
    assertStringIncludes(text, "3_bad");
    const { claims } = await readClaimsFile(join(root, "out", "claims.json"));
    assertEquals(claims.map(({ id }) => id), ["Q2.1"]);
    const page = await Deno.readTextFile(join(root, "out", "1_one.html"));
    assert(page.includes("This run stopped before the end."));
  }));

Deno.test("runLecture() keeps what was finished when it is interrupted", () =>
  inRepository(async ({ root, run, measure }) => {
    const interrupt = new AbortController();
    const execute: typeof executeNotebook = (notebook, options) => {
      if (options.name === "1_one") return measure(good)(notebook, options);
      interrupt.abort();
      const failure = {
        cellIndex: 2,
        cellNumber: 3,
        kind: "interrupted" as const,
        message: "interrupted",
        excerpt: "",
      };
      return Promise.resolve({ notebook, ok: false, failure, cells: [] });
    };
    const renderPlayground = () => Promise.reject(new Error("nobody waits for a playground now"));
    const { code, text } = await run("", { execute, signal: interrupt.signal, renderPlayground });
    assertEquals(text.includes("playground"), false);
    assertEquals(code, 130, text);
    const { claims } = await readClaimsFile(join(root, "out", "claims.json"));
    assertEquals(claims.map(({ id }) => id), ["Q1.1"]);
    const page = await Deno.readTextFile(join(root, "out", "1_one.html"));
    assert(page.includes("Why 1_one?"));
  }));
