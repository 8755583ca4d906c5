import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { addingTask } from "lib/sources/adding_task.ts";

const task = addingTask(9);

Deno.test("addingTask() marks one number in each half and asks for their sum at the end", () => {
  const batchSize = 50;
  const { inputValues, targetValues, mask } = task.batch(batchSize, randomStream(1, "adding"));
  for (let row = 0; row < batchSize; row++) {
    const marked = Array.from({ length: 9 }, (_, time) => time)
      .filter((time) => inputValues![2 * (time * batchSize + row) + 1] === 1);
    assertEquals(marked.length, 2);
    assert(marked[0] < 4 && marked[1] >= 4);
    const sum = marked.reduce((total, t) => total + inputValues![2 * (t * batchSize + row)], 0);
    assertAlmostEquals(targetValues![8 * batchSize + row], sum, 1e-6);
  }
  assertEquals(mask.reduce((sum, one) => sum + one, 0), batchSize);
  assertEquals(mask.slice(8 * batchSize).every((one) => one === 1), true);
});

Deno.test("addingTask() costs exactly 1/6 if the answer is always 1", () => {
  assertEquals(task.memorylessLoss, 1 / 6);
  const batch = task.batch(40_000, randomStream(2, "adding"));
  const always1 = new Float32Array(9 * 40_000).fill(1);
  assertAlmostEquals(task.error(batch, always1), 1 / 6, 0.004); // three standard errors
});

Deno.test("addingTask() refuses a sequence without two halves", () => {
  assertThrows(() => addingTask(1), RangeError, "length 1");
});
