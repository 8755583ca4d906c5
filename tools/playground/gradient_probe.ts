import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import type { NetworkConfig } from "lib/kernels/network_config.ts";
import { median } from "lib/probes/median.ts";
import type { GradientAtDistance } from "lib/probes/gradient_by_distance.ts";
import { streamWindows } from "lib/text/stream_windows.ts";

/** Measures how much of a loss's gradient is left at each distance back in time. */
export interface GradientProbe {
  /**
   * Median over the rows of a batch of the norm of d loss_T / d h_t, for T the last time step of a
   * window: distance 0 first.
   */
  measure(
    parameters: Record<string, ArrayLike<number>>,
    trainingStep: number,
  ): GradientAtDistance[];
  dispose(): void;
}

const mostRows = 8;

/**
 * Starts a probe on a text, with a network of its own: measuring leaves the trained one's state alone.
 *
 * @throws {RangeError} if the text is too short for one window.
 */
export async function startGradientProbe(
  ids: Int32Array,
  { config, unrollLength }: { config: NetworkConfig; unrollLength: number },
): Promise<GradientProbe> {
  const batchSize = Math.min(mostRows, Math.floor((ids.length - 1) / unrollLength));
  const schedule = streamWindows(ids, { batchSize, unrollLength });
  const network = await createFusedNetwork({
    config,
    timeSteps: unrollLength,
    batchSize,
    keepStateGradients: true,
    threads: 1,
  });
  // Only the last time step's loss counts; its weight of 1 per row makes the mean's gradient 1/rows.
  const mask = new Float32Array(unrollLength * batchSize).fill(0);
  mask.fill(1, (unrollLength - 1) * batchSize);
  return {
    measure(parameters, trainingStep) {
      network.setParameters(parameters);
      const window = schedule.window(trainingStep % schedule.stepsPerEpoch);
      network.computeGradients({ ...window, continues: false, mask });
      const { hiddenStates } = network.stateGradients();
      return Array.from({ length: unrollLength }, (_, distance) => {
        const first = (unrollLength - 1 - distance) * batchSize;
        const norms = Array.from(
          { length: batchSize },
          (_, row) =>
            batchSize * norm(hiddenStates, (first + row) * config.hiddenSize, config.hiddenSize),
        );
        return { distance, log10Norm: Math.log10(median(norms)) };
      });
    },
    dispose: () => network.dispose(),
  };
}

function norm(values: ArrayLike<number>, start: number, count: number): number {
  let sum = 0;
  for (let index = start; index < start + count; index++) sum += values[index] ** 2;
  return Math.sqrt(sum);
}
