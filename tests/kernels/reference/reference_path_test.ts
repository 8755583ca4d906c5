import { assertAlmostEquals, assertEquals } from "@std/assert";
import { pullBackPath, stepPath } from "lib/kernels/reference/reference_path.ts";

const mix = { carry: 0.5, branch: 2 };
const before = Float64Array.of(0.3, -1), sums = Float64Array.of(0.7, 0);

Deno.test("stepPath() adds the branch's tanh to what the carry keeps", () => {
  const [values, after] = [sums.slice(), new Float64Array(2)];
  stepPath(mix, { sums: values, before, after });
  assertEquals([...values], [Math.tanh(0.7), 0]);
  assertEquals([...after], [0.15 + 2 * Math.tanh(0.7), -0.5]);
});

Deno.test("pullBackPath() equals finite differences, and adds to the old state's gradient", () => {
  const toAfter = Float64Array.of(1, -3);
  const toSums = new Float64Array(2), toBefore = Float64Array.of(10, 20);
  pullBackPath(mix, { values: sums.map(Math.tanh), toAfter, toSums, toBefore });
  assertEquals([...toBefore], [10.5, 18.5]);
  for (const unit of [0, 1]) {
    const [up, down] = [1e-5, -1e-5].map((shift) => {
      const after = new Float64Array(2);
      const moved = sums.map((value, i) => i === unit ? value + shift : value);
      stepPath(mix, { sums: moved, before, after });
      return toAfter[unit] * after[unit];
    });
    assertAlmostEquals(toSums[unit], (up - down) / 2e-5, 1e-9);
  }
});
