import { medianSorted } from "simple-statistics";
import type { LanguageModel } from "lib/models/language_model.ts";

/** How fast a model writes one sequence: plain numbers, a timing, which differs from run to run. */
export interface GenerationSpeed {
  /** What computed, such as "ONNX Runtime 1.30.0 wasm, 2 threads". */
  readonly runner: string;
  /** Tokens written in each run. */
  readonly tokens: number;
  /** Median over the runs. */
  readonly tokensPerSecond: number;
  readonly slowestRun: number;
  readonly fastestRun: number;
}

/** How to measure the speed of writing. */
export interface GenerationOptions {
  /** Tokens of each run. Default 300. */
  readonly tokens?: number;
  /** Runs after a first one that does not count. Default 5. */
  readonly runs?: number;
}

/**
 * Times a model that writes one sequence, each token the likeliest after those before it: one step of
 * the model at a time, as sampling has it. The first run warms up and does not count.
 *
 * @throws {RangeError} if there is no token to write or no run to time.
 */
export async function measureGeneration(
  model: LanguageModel,
  options: GenerationOptions & { readonly runner: string },
): Promise<GenerationSpeed> {
  const { runner, tokens = 300, runs = 5 } = options;
  if (!(tokens >= 1 && runs >= 1)) {
    throw new RangeError(`Cannot time ${runs} runs of ${tokens} tokens: both must be at least 1.`);
  }
  await write(model, tokens);
  const speeds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await write(model, tokens);
    speeds.push(tokens / (performance.now() - start) * 1000);
  }
  speeds.sort((a, b) => a - b);
  return {
    runner,
    tokens,
    tokensPerSecond: medianSorted(speeds),
    slowestRun: speeds[0],
    fastestRun: speeds[runs - 1],
  };
}

async function write(model: LanguageModel, tokens: number): Promise<void> {
  let state = model.initialState(1);
  let id = 0;
  for (let place = 0; place < tokens; place++) {
    const next = await model.step(state, [id]);
    state = next.state;
    id = placeOfLargest(next.logits);
  }
}

function placeOfLargest(values: Float32Array): number {
  let largest = 0;
  for (let place = 1; place < values.length; place++) {
    if (values[place] > values[largest]) largest = place;
  }
  return largest;
}
