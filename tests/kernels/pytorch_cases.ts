import type { NetworkConfig } from "lib/kernels/network_config.ts";
import { readFixture } from "../fixtures/read_fixture.ts";

/** A small network, its input, and what PyTorch computes from them; see `make_cells.py`. */
export interface PytorchCase {
  readonly config: NetworkConfig;
  readonly timeSteps: number;
  readonly batchSize: number;
  readonly parameters: Record<string, number[]>;
  readonly inputIds: number[];
  readonly targetIds: number[];
  /** [time, batch] */
  readonly mask: number[] | null;
  /** Initial states [layer, batch, hidden]; null is zero. */
  readonly hiddenState: number[] | null;
  readonly cellState: number[] | null;
  readonly loss: number;
  readonly logits: number[];
  readonly positionLosses: number[];
  readonly finalHiddenState: number[];
  readonly finalCellState: number[] | null;
  readonly gradients: Record<string, number[]>;
  readonly initialHiddenGradient: number[];
  readonly initialCellGradient: number[] | null;
  /** d loss / d h_t and d loss / d c_t, [layer, time, batch, hidden]. */
  readonly hiddenGradients: number[];
  readonly cellGradients: number[] | null;
}

/** Two of each cell: one plain layer, and two layers with two biases, a mask and a carried state. */
export const pytorchCases: readonly PytorchCase[] = readFixture("cells.json");

/** For test names and messages. */
export function caseName({ config: { cell, layerCount, biasesPerGate } }: PytorchCase): string {
  return `${cell}, ${layerCount} layers, ${biasesPerGate} biases`;
}
