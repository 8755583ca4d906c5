import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { bidiagonalValues } from "lib/kernels/fused/bidiagonal_values.ts";
import { hashed } from "../hashed_network.ts";

/** Singular values by ml-matrix. */
function expectedValues(diagonal: ArrayLike<number>, above: ArrayLike<number>): number[] {
  const matrix = Matrix.zeros(diagonal.length, diagonal.length);
  for (let i = 0; i < diagonal.length; i++) matrix.set(i, i, diagonal[i]);
  for (let i = 0; i < above.length; i++) matrix.set(i, i + 1, above[i]);
  return [...new SingularValueDecomposition(matrix).diagonal].sort((a, b) => b - a);
}

Deno.test("bidiagonalValues() equals a library's singular values", () => {
  for (const size of [1, 2, 3, 10, 40]) {
    const diagonal = Float64Array.from(hashed(size, size, 1));
    const above = Float64Array.from(hashed(size - 1, 90, 1));
    const expected = expectedValues(diagonal, above);
    const values = bidiagonalValues(diagonal, above);
    expected.forEach((value, i) => assertAlmostEquals(values[i], value, 1e-13));
  }
});

Deno.test("bidiagonalValues() copes with zeros on the diagonal, inside and at the end", () => {
  for (const diagonal of [[1, 0, 2, 3], [1, 2, 3, 0], [0, 0, 0, 0], [0, 1, 1, 0]]) {
    const above = [0.5, 0.25, 2];
    const values = bidiagonalValues(Float64Array.from(diagonal), Float64Array.from(above));
    expectedValues(diagonal, above).forEach((value, i) =>
      assertAlmostEquals(values[i], value, 1e-13)
    );
  }
});

Deno.test("bidiagonalValues() of a diagonal are its magnitudes", () => {
  const values = bidiagonalValues(Float64Array.of(1, -3, 2), new Float64Array(2));
  assertEquals([...values], [3, 2, 1]);
  assertThrows(
    () => bidiagonalValues(Float64Array.of(1, NaN), Float64Array.of(1)),
    Error,
    "do not settle",
  );
});
