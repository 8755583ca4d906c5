import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { sequenceWindows } from "lib/text/windows/sequence_windows.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { evaluate, evaluateWith } from "lib/training/evaluate.ts";
import { tfjsEngine } from "lib/training/engines/tfjs_engine.ts";
import { assertClose } from "../kernels/assert_close.ts";
import { randomIds, smallModel } from "../models/small_model.ts";

await useBackend("wasm");
const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

for (const engine of ["tfjs", "auto"] as const) {
  Deno.test(`evaluate() of one stream is the mean of the token losses, state carried (engine ${engine})`, async () => {
    const model = smallModel("lstm", { layerCount: 2 });
    const ids = randomIds(41);
    const before = tf.memory().numTensors;
    const windows = streamWindows(ids, { batchSize: 1, unrollLength: 8 });
    const result = await evaluate(model, windows, { engine });
    const losses = await model.tokenLosses(ids);
    assertAlmostEquals(result.lossNats, mean(losses), 1e-6);
    assertEquals(result.tokens, 40);
    const byTimeStep = Array.from(
      { length: 8 },
      (_, timeStep) => mean(losses.filter((_, place) => place % 8 === timeStep)),
    );
    assertClose(result.lossNatsByTimeStep, byTimeStep, { relative: 1e-5 });
    assertEquals(tf.memory().numTensors, before, "tensors");
    model.dispose();
  });

  Deno.test(`evaluate() counts each token of sequences once, padding never (engine ${engine})`, async () => {
    const model = smallModel("gru");
    const sequences = [5, 2, 9, 3].map((length, start) =>
      randomIds(20).slice(start, start + length)
    );
    const windows = sequenceWindows(sequences, { batchSize: 3, padId: 0 });
    const result = await evaluate(model, windows, { engine });
    const losses: number[] = [];
    for (const sequence of sequences) losses.push(...await model.tokenLosses(sequence));
    assertEquals(result.tokens, 15);
    assertAlmostEquals(result.lossNats, mean(losses), 1e-6);
    assertEquals(result.lossNatsByTimeStep.length, 8);
    model.dispose();
  });
}

Deno.test("evaluateWith() gives the same on an engine that has a state of its own", async () => {
  const model = smallModel("gru");
  const windows = streamWindows(randomIds(60), { batchSize: 2, unrollLength: 5 });
  const engine = tfjsEngine(model, { timeSteps: 5, batchSize: 2 });
  const first = await evaluateWith(engine, windows);
  assertEquals(await evaluateWith(engine, windows), first);
  engine.dispose();
  model.dispose();
});
