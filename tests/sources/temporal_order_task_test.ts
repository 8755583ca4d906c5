import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { temporalOrderTask } from "lib/sources/temporal_order_task.ts";

Deno.test("temporalOrderTask() places two symbols where the source says and asks for their order", () => {
  const [length, batchSize] = [100, 200];
  const batch = temporalOrderTask(length).batch(batchSize, randomStream(1, "order"));
  const counts = [0, 0, 0, 0];
  for (let row = 0; row < batchSize; row++) {
    const idAt = (time: number) => batch.inputIds![time * batchSize + row];
    const places = Array.from({ length }, (_, t) => t).filter((t) =>
      idAt(t) === 4 || idAt(t) === 5
    );
    assertEquals(places.length, 2);
    assert(places[0] >= 10 && places[0] < 20 && places[1] >= 50 && places[1] < 60);
    assertEquals([idAt(0), idAt(99)], [6, 7]);
    const answer = 2 * (idAt(places[0]) - 4) + idAt(places[1]) - 4;
    assertEquals(batch.targetIds![99 * batchSize + row], answer);
    counts[answer]++;
  }
  assert(counts.every((count) => count > 30));
});

Deno.test("temporalOrderTask() costs ln 4 without memory and counts wrong answers at the end", () => {
  const task = temporalOrderTask(10);
  assertAlmostEquals(task.memorylessLoss, 1.386294, 1e-6);
  const batch = task.batch(4, randomStream(1, "order"));
  const outputs = new Float32Array(10 * 4 * 4);
  for (let row = 0; row < 4; row++) outputs[(36 + row) * 4 + batch.targetIds![36 + row]] = 1;
  assertEquals(task.error(batch, outputs), 0);
  outputs.fill(0, 36 * 4, 37 * 4);
  outputs[36 * 4 + (batch.targetIds![36] + 1) % 4] = 1;
  assertEquals(task.error(batch, outputs), 0.25);
  assertThrows(() => temporalOrderTask(9), RangeError, "length 9");
});
