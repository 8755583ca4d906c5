import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { jacobianSpectra } from "lib/kernels/fused/jacobian_products.ts";
import { forwardCell } from "lib/kernels/reference/reference_cell.ts";
import { stepJacobian } from "lib/kernels/reference/step_jacobian.ts";
import { hashed } from "../hashed_network.ts";

const draw = (count: number, salt: number, scale = 1) =>
  Float64Array.from(hashed(count, salt, scale));

Deno.test("jacobianSpectra() equals a library's singular values of the products, odd sizes too", () => {
  for (const [stateSize, blockSize] of [[1, 1], [5, 5], [10, 5], [14, 7], [17, 17]]) {
    const timeSteps = 4;
    const steps = Array.from({ length: timeSteps }, (_, t) => draw(stateSize ** 2, 40 + t));
    const spectra = jacobianSpectra({
      ...{ stateSize, blockSize, timeSteps },
      stepJacobian: (timeStep) => steps[timeStep - 1],
    });
    assertEquals(spectra.map(({ distance }) => distance), [0, 1, 2, 3, 4]);
    let product = Matrix.eye(stateSize);
    for (const { distance, log10SingularValues } of spectra) {
      const block = product.subMatrix(0, blockSize - 1, 0, blockSize - 1);
      const expected = [...new SingularValueDecomposition(block).diagonal].sort((a, b) => b - a);
      log10SingularValues.forEach((value, i) => {
        assertAlmostEquals(10 ** value, expected[i], 1e-12 * expected[0]);
      });
      const before = steps[timeSteps - distance - 1];
      if (before) product = product.mmul(Matrix.from1DArray(stateSize, stateSize, [...before]));
    }
  }
});

Deno.test("jacobianSpectra() of gain times the identity is gain^distance beyond any float's range", () => {
  const scaled = Float64Array.of(0.01, 0, 0, 0.01);
  const [spectrum] = jacobianSpectra({
    ...{ stateSize: 2, blockSize: 2, timeSteps: 1000, distances: [1000] },
    stepJacobian: () => scaled,
  });
  for (const value of spectrum.log10SingularValues) assertAlmostEquals(value, -2000, 1e-8);
});

Deno.test("jacobianSpectra() leaves out what rounding has lost", () => {
  const graded = Float64Array.of(1, 0, 0, 0.01);
  const spectra = jacobianSpectra({
    ...{ stateSize: 2, blockSize: 2, timeSteps: 10 },
    stepJacobian: () => graded,
  });
  assertAlmostEquals(spectra[7].log10SingularValues[1], -14, 1e-9);
  assertEquals(spectra[8].log10SingularValues[1], NaN);
});

Deno.test("jacobianSpectra() takes less than 1.5 s for 128 units at every distance up to 200", () => {
  const size = 128, recurrentWeights = draw(size * size, 3, 0.15);
  const weights = { inputWeights: draw(size, 4), recurrentWeights, bias: draw(size, 5, 0.1) };
  const run = () => {
    const start = performance.now();
    let hidden = new Float64Array(size);
    const traces = Array.from({ length: 200 }, () => {
      const input = Float64Array.of(1), cell = new Float64Array(size);
      const trace = forwardCell("rnn-tanh", weights, { input, hidden, cell });
      hidden = trace.hidden as Float64Array<ArrayBuffer>;
      return trace;
    });
    const spectra = jacobianSpectra({
      ...{ stateSize: size, blockSize: size, timeSteps: 200 },
      stepJacobian: (timeStep) => stepJacobian("rnn-tanh", recurrentWeights, traces[timeStep - 1]),
    });
    assertEquals(spectra.length, 201);
    return performance.now() - start;
  };
  // A busy machine may take longer: one good run of a few is enough.
  let least = run();
  for (let attempt = 0; attempt < 4 && least > 1500; attempt++) least = Math.min(least, run());
  assert(least < 1500, `took ${least} ms`);
});
