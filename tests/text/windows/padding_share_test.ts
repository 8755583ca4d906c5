import { assertAlmostEquals, assertEquals } from "@std/assert";
import { paddingShare } from "lib/text/windows/padding_share.ts";
import { sequenceWindows } from "lib/text/windows/sequence_windows.ts";

const sequences = [3, 9, 3, 9].map((length) => new Int32Array(length));

Deno.test("paddingShare() counts padded positions: bucketed, none are left", () => {
  const mixed = paddingShare(sequenceWindows(sequences, { batchSize: 2, padId: 0 }));
  assertEquals([mixed.computed, mixed.real], [32, 20]);
  assertAlmostEquals(mixed.wasted, 12 / 32, 1e-12);
  const bucketed = paddingShare(
    sequenceWindows(sequences, { batchSize: 2, padId: 0, bucketed: true }),
  );
  assertEquals([bucketed.computed, bucketed.wasted], [20, 0]);
});
