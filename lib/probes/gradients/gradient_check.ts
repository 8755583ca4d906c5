import { createReferenceNetwork } from "lib/kernels/reference/reference_network.ts";
import type { RecurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import type { IdWindow } from "lib/text/windows/window.ts";

/** A gradient against finite differences. */
export interface GradientCheck {
  /** Number of parameters, each nudged up and down. */
  readonly parameters: number;
  /** Norm of (gradient less differences) over norm of the gradient. */
  readonly relativeError: number;
  /** Largest absolute difference of one entry, over the largest entry of the gradient. */
  readonly worstEntry: number;
}

/**
 * The gradient by backpropagation through time against central differences of the loss, entry by entry.
 *
 * (L(w + e) - L(w - e)) / 2e for every parameter w, in double precision on the plain reference network, so that
 * what is left is the error e² of the differences and not rounding. Two passes over the window per parameter: for
 * small networks.
 */
export function gradientCheck(
  model: RecurrentLanguageModel,
  window: IdWindow,
  { step = 1e-5 }: { step?: number } = {},
): GradientCheck {
  const { timeSteps, batchSize } = window;
  const network = createReferenceNetwork({ config: model.config, timeSteps, batchSize });
  const values = Object.fromEntries(
    Object.entries(model.parameters).map((
      [name, variable],
    ) => [name, Float64Array.from(variable.dataSync())]),
  );
  network.setParameters(values);
  network.computeGradients(window);
  const gradients = network.gradients();
  let count = 0, squares = 0, norm = 0, worst = 0, largest = 0;
  for (const [name, parameter] of Object.entries(values)) {
    for (let index = 0; index < parameter.length; index++) {
      const kept = parameter[index];
      const lossAt = (value: number) => {
        parameter[index] = value;
        network.setParameters({ [name]: parameter });
        return network.evaluate(window).loss;
      };
      const difference = (lossAt(kept + step) - lossAt(kept - step)) / (2 * step);
      parameter[index] = kept;
      network.setParameters({ [name]: parameter });
      const gradient = gradients[name][index];
      count++;
      squares += (gradient - difference) ** 2;
      norm += gradient ** 2;
      worst = Math.max(worst, Math.abs(gradient - difference));
      largest = Math.max(largest, Math.abs(gradient));
    }
  }
  network.dispose();
  return {
    parameters: count,
    relativeError: Math.sqrt(squares / norm),
    worstEntry: worst / largest,
  };
}
