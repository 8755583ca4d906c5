import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { paddingShare, sequenceWindows } from "lib/text/windows/sequence_windows.ts";
import type { WindowSchedule } from "lib/text/windows/window.ts";

// Sequence n: n, n + 100, n + 200, ... of length 2 + n % 5.
const sequences = Array.from(
  { length: 23 },
  (_, n) => Int32Array.from({ length: 2 + n % 5 }, (_, place) => n + 100 * place),
);

/** The sequences of an epoch read back from its windows by mask, and the padded places. */
function readBack(schedule: WindowSchedule, epoch = 0) {
  const read: number[][] = [];
  let padded = 0;
  for (let step = 0; step < schedule.stepsPerEpoch; step++) {
    const { inputIds, targetIds, mask, timeSteps, batchSize } = schedule.window(
      epoch * schedule.stepsPerEpoch + step,
    );
    for (let row = 0; row < batchSize; row++) {
      const sequence = [inputIds[row]];
      for (let place = row; place < timeSteps * batchSize; place += batchSize) {
        if (mask![place] === 0) padded += 1;
        else sequence.push(targetIds[place]);
      }
      read.push(sequence);
    }
  }
  return { read, padded };
}

const byFirst = (left: number[], right: number[]) => left[0] - right[0];

for (const bucketed of [false, true]) {
  Deno.test(`sequenceWindows() shows every sequence once an epoch, bucketed ${bucketed}`, () => {
    const schedule = sequenceWindows(sequences, { batchSize: 4, seed: 1, padId: -1, bucketed });
    assertEquals(schedule.stepsPerEpoch, 6);
    for (const epoch of [0, 1]) {
      const { read } = readBack(schedule, epoch);
      assertEquals(read.sort(byFirst), sequences.map((sequence) => [...sequence]));
    }
  });
}

Deno.test("sequenceWindows() shuffles each epoch anew, the same again for the same seed", () => {
  const options = { batchSize: 4, seed: 1, padId: -1 };
  const [first, second] = [0, 1].map((epoch) =>
    readBack(sequenceWindows(sequences, options), epoch)
  );
  assertEquals(readBack(sequenceWindows(sequences, options)).read, first.read);
  const unmoved = first.read.filter((sequence, row) => sequence[0] === second.read[row][0]);
  assertEquals(unmoved.length < 8, true);
});

Deno.test("sequenceWindows() pads less when bucketed", () => {
  // In order of length the batches hold 2222 2333 3344 4445 5556 666.
  const bucketed = readBack(
    sequenceWindows(sequences, { batchSize: 4, padId: -1, bucketed: true }),
  );
  const plain = readBack(sequenceWindows(sequences, { batchSize: 4, padId: -1 }));
  assertEquals(bucketed.padded, 1 + 2 + 3 + 3);
  assertEquals(plain.padded > 20, true);
});

Deno.test("sequenceWindows() without a mask leaves the padding among the targets", () => {
  const window = sequenceWindows(sequences.slice(0, 2), { batchSize: 2, padId: -1, masked: false })
    .window(0);
  assertEquals(window.mask, undefined);
  assertEquals([...window.inputIds], [0, 1, -1, 101]);
  assertEquals([...window.targetIds], [100, 101, -1, 201]);
});

Deno.test("sequenceWindows() refuses no sequence and one that predicts nothing", () => {
  assertThrows(() => sequenceWindows([], { batchSize: 2, padId: 0 }), RangeError, "got 0");
  assertThrows(
    () => sequenceWindows([Int32Array.of(1, 2), Int32Array.of(1)], { batchSize: 2, padId: 0 }),
    RangeError,
    "sequence 1 has 1 ids",
  );
});

const uneven = [3, 9, 3, 9].map((length) => new Int32Array(length));

Deno.test("paddingShare() counts padded positions: bucketed, none are left", () => {
  const mixed = paddingShare(sequenceWindows(uneven, { batchSize: 2, padId: 0 }));
  assertEquals([mixed.computed, mixed.real], [32, 20]);
  assertAlmostEquals(mixed.wasted, 12 / 32, 1e-12);
  const bucketed = paddingShare(
    sequenceWindows(uneven, { batchSize: 2, padId: 0, bucketed: true }),
  );
  assertEquals([bucketed.computed, bucketed.wasted], [20, 0]);
});
