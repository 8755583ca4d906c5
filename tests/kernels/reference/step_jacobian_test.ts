import { assertAlmostEquals } from "@std/assert";
import { type CellKind, gateCount } from "lib/kernels/network_config.ts";
import { forwardCell } from "lib/kernels/reference/reference_cell.ts";
import { stepJacobian } from "lib/kernels/reference/step_jacobian.ts";
import { hashed } from "../hashed_network.ts";

const KINDS: CellKind[] = ["rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru", "lstm"];

for (const kind of KINDS) {
  Deno.test(`stepJacobian() of ${kind} equals finite differences`, () => {
    const size = 4, gates = gateCount(kind) * size;
    const draw = (count: number, salt: number) => Float64Array.from(hashed(count, salt, 1));
    const weights = {
      ...{ inputWeights: draw(2 * gates, 1), recurrentWeights: draw(size * gates, 2) },
      ...{ bias: draw(gates, 3), recurrentBias: draw(gates, 4) },
    };
    const width = kind === "lstm" ? 2 * size : size;
    const state = draw(width, 5);
    const run = (values: Float64Array) => {
      const hidden = values.slice(0, size);
      const cell = kind === "lstm" ? values.slice(size) : new Float64Array(size);
      return forwardCell(kind, weights, { input: draw(2, 6), hidden, cell });
    };
    const jacobian = stepJacobian(kind, weights.recurrentWeights, run(state));
    for (let j = 0; j < width; j++) {
      const [above, below] = [1e-6, -1e-6].map((shift) => {
        const { hidden, cell } = run(state.map((value, i) => i === j ? value + shift : value));
        return [...hidden, ...cell];
      });
      for (let i = 0; i < width; i++) {
        assertAlmostEquals(jacobian[i * width + j], (above[i] - below[i]) / 2e-6, 1e-8);
      }
    }
  });
}
