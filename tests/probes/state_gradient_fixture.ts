import type { CellKind } from "lib/kernels/network_config.ts";
import type { LayerNumbers } from "lib/probes/cell_trajectory.ts";
import { readFixture } from "../fixtures/read_fixture.ts";

/** One network and what PyTorch's autograd says of it; see `make_state_gradients.py`. */
export interface StateGradientCase {
  readonly cell: CellKind;
  readonly weights: "initial" | "trained";
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** One more than there are time steps: the last is the target. */
  readonly ids: number[];
  readonly parameters: Record<string, number[]>;
  /** Of d loss_T / d h_t, [time]. */
  readonly hiddenNorms: number[];
  readonly cellNorms: number[] | null;
  /** Of d s_T / d s_t, [time][stateSize], largest first. */
  readonly singularValues: number[][];
  readonly hiddenSingularValues: number[][];
}

/** Five cells, with initial and with trained weights. */
export const stateGradientCases: readonly StateGradientCase[] =
  readFixture<{ records: StateGradientCase[] }>("state_gradients.json").records;

/** The recurrent layer of a case. */
export function caseLayer({ cell, inputSize, hiddenSize, parameters }: StateGradientCase) {
  const arrays = Object.entries(parameters).map(([name, values]) => [
    name,
    Float64Array.from(values),
  ]);
  return { cell, inputSize, hiddenSize, ...Object.fromEntries(arrays) } as LayerNumbers;
}

/** One unit with recurrent weight w, no input, for closed forms. */
export function oneUnit(cell: CellKind, recurrent: number[], bias: number[]): LayerNumbers {
  return {
    ...{ cell, inputSize: 1, hiddenSize: 1, inputWeights: new Float64Array(recurrent.length) },
    ...{ recurrentWeights: Float64Array.from(recurrent), bias: Float64Array.from(bias) },
  };
}
