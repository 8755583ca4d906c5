/**
 * Which networks learn to remember, and how far: `deno task memory-tasks`, one stored result a part.
 *
 * Parts: lengths, adding-lengths and copying-lengths (temporal order, adding and a small copying task
 * by length, every remedy on the fused kernels), path-lengths, adding-paths and copying-paths (residual
 * RNN, skip and attention on the same tasks), paths (what needs tfjs: a transformer, additive
 * attention), phase (success by length and initial gain), adding, copying and temporal-order (the
 * published settings), adding-orthogonal and temporal-order-orthogonal (the same in the draw that gives
 * the published figures; PyTorch's runs of them are made by memory_torch.py).
 * Options: --parts a,b --seeds N --resume (keeps the runs already stored under the same settings).
 * What is done is stored after every run.
 */
import { type MemoryRun, memoryStudy } from "lib/experiments/memory_study.ts";
import { useBackend } from "lib/kernels/backend.ts";
import { commandLine, knownNames, wholeNumber } from "tools/command/command_line.ts";
import { memoryParts } from "tools/results/memory_parts.ts";
import { partSettings, soFar, storedRuns } from "tools/results/memory_runs.ts";
import { storeResult } from "tools/results/stored_result.ts";

const { names, seeds, resume } = commandLine({
  task: "memory-tasks",
  usage: `deno task memory-tasks [--parts NAMES] [--seeds N] [--resume]

Which networks learn to remember, and how far; one stored result a part, written after every run.

  --parts NAMES   with commas between (all): ${Object.keys(memoryParts).join(", ")}
  --seeds N       seeds from 1 to N (5)
  --resume        keep the runs already stored under the same settings`,
  options: {
    parts: { type: "string", default: Object.keys(memoryParts).join(",") },
    seeds: { type: "string", default: "5" },
    resume: { type: "boolean", default: false },
  },
  read: ({ values: { parts, seeds, resume } }) => ({
    names: knownNames(parts, { name: "--parts", known: Object.keys(memoryParts) }),
    seeds: Array.from(
      { length: wholeNumber(seeds, { name: "--seeds", least: 1, most: 1_000_000 }) },
      (_, index) => index + 1,
    ),
    resume,
  }),
});

await useBackend("wasm");
for (const name of names) {
  const part = memoryParts[name];
  const before = resume ? await storedRuns(name, part) : { runs: [], engines: [], seconds: 0 };
  const runs: MemoryRun[] = [...before.runs];
  const engines = new Set<string>(before.engines);
  const started = performance.now();
  const store = () =>
    storeResult({
      name: `memory_${name.replaceAll("-", "_")}`,
      command: `deno task memory-tasks --parts ${name}`,
      settings: partSettings(part),
      seeds,
      engine: [...engines].join("; "),
      seconds: before.seconds + (performance.now() - started) / 1000,
      values: runs,
    });
  for await (const { run, engine } of memoryStudy(part, { seeds, earlier: before.runs })) {
    runs.push(run);
    engines.add(engine);
    await store();
    console.log(`${name}, T = ${run.length}, ${run.remedy}: ${soFar(runs, run)}`);
  }
  await store();
}
