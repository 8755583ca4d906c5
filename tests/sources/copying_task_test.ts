import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { copyingTask } from "lib/sources/copying_task.ts";

Deno.test("copyingTask() has the published memoryless lines", () => {
  for (const [delay, line] of [[30, 0.41589], [50, 0.29706], [100, 0.17329]]) {
    assertAlmostEquals(copyingTask(delay).memorylessLoss, line, 1e-5);
  }
});

Deno.test("copyingTask() shows ten symbols, blanks, a signal, and asks for the symbols again", () => {
  const task = copyingTask(3);
  const { inputIds, targetIds } = task.batch(1, randomStream(1, "copying"));
  assertEquals(task.timeSteps, 23);
  assertEquals([...inputIds!.slice(10)], [8, 8, 9, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8]);
  assertEquals([...targetIds!.slice(13)], [...inputIds!.slice(0, 10)]);
  assertEquals([...targetIds!.slice(0, 13)].every((id) => id === 8), true);
});

Deno.test("copyingTask() counts only the ten recalled answers as errors", () => {
  const task = copyingTask(3);
  const batch = task.batch(2, randomStream(1, "copying"));
  const outputs = new Float32Array(23 * 2 * 9);
  batch.targetIds!.forEach((id, place) => outputs[place * 9 + id] = 1);
  assertEquals(task.error(batch, outputs), 0);
  outputs.fill(0, 0, 13 * 2 * 9); // blanks wrong: they do not count
  assertEquals(task.error(batch, outputs), 0);
  const last = 22 * 2 * 9;
  outputs.fill(0, last, last + 9);
  outputs[last + 8] = 1;
  assertEquals(task.error(batch, outputs), 1 / 20);
  assertThrows(() => copyingTask(0), RangeError, "length 0");
});

Deno.test("copyingTask() makes a smaller task of the kind, with its own memoryless line", () => {
  const task = copyingTask(4, { symbols: 4, recalled: 3 });
  const { inputIds, targetIds } = task.batch(1, randomStream(1, "copying"));
  assertEquals([task.timeSteps, task.inputSize, task.outputSize], [10, 6, 5]);
  assertEquals([...inputIds!.slice(3)], [4, 4, 4, 5, 4, 4, 4]);
  assertEquals([...targetIds!.slice(7)], [...inputIds!.slice(0, 3)]);
  assertAlmostEquals(task.memorylessLoss, 3 * Math.log(4) / 10, 1e-12);
  assertEquals(task.name, "copying 3 of 4 symbols, T = 4");
});
