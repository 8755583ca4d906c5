import { gaussian, orthogonal } from "lib/models/initialisers.ts";
import { cellTrajectory, randomLayer } from "lib/probes/cell_trajectory.ts";
import { spectralNorm, stateJacobian } from "lib/probes/dynamics/state_jacobian.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { mapStoppably } from "lib/training/map_stoppably.ts";

/** One random network, and how near its Jacobian came to its bound. */
export interface BoundTrial {
  readonly cell: "rnn-tanh" | "rnn-sigmoid";
  /** Largest singular value of the recurrent matrix. */
  readonly spectralNorm: number;
  readonly distance: number;
  /** Norm of d h_T / d h_t over its bound; 1 reaches it, above 1 breaks it. */
  readonly ratio: number;
}

/** The activation's largest slope: the factor that every step's Jacobian has at the most. */
export const steepestSlope = { "rnn-tanh": 1, "rnn-relu": 1, "rnn-sigmoid": 0.25 } as const;

/**
 * Random networks against the bound ||d h_T / d h_t|| <= (s · slope)^(T - t), s the largest singular
 * value of the recurrent matrix, slope 1 for tanh and 1/4 for the sigmoid (Pascanu, Mikolov, Bengio
 * 2013): sizes 1 to 12, distances 1 to 30, gains 0.2 to 3, Gaussian or orthogonal, with or without
 * input. A network without input stays at rest, where tanh is steepest.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function boundTrials(
  count: number,
  { seed }: { seed: number },
): Promise<BoundTrial[]> {
  const random = randomStream(seed, "bound trials");
  const upTo = (most: number) => 1 + Math.floor(most * random());
  return await mapStoppably(Array(count).keys(), (trial) => {
    const cell = trial % 2 === 0 ? "rnn-tanh" : "rnn-sigmoid";
    const [hiddenSize, distance] = [upTo(12), upTo(30)];
    const gain = 0.2 + 2.8 * random();
    const recurrent = random() < 0.5 ? orthogonal(gain) : gaussian(gain / Math.sqrt(hiddenSize));
    const input = gaussian(random() < 0.5 ? 0 : 2 * random());
    const layer = randomLayer({ cell, inputSize: 5, hiddenSize, input, recurrent, random });
    const inputIds = Array.from({ length: distance }, () => Math.floor(5 * random()));
    const [{ log10SingularValues }] = stateJacobian(cellTrajectory(layer, { inputIds }), {
      distances: [distance],
    });
    const norm = spectralNorm(layer.recurrentWeights, hiddenSize);
    const log10Bound = distance * Math.log10(norm * steepestSlope[cell]);
    return {
      cell,
      spectralNorm: norm,
      distance,
      ratio: 10 ** (log10SingularValues[0] - log10Bound),
    };
  });
}
