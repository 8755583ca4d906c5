/** What a run did before its loss was no longer finite. */
export interface DivergedRun {
  readonly trainingStep: number;
  readonly lossNats: number;
  /** Updates made before, in this run. */
  readonly updates: number;
  /** Largest learning rate of these updates. */
  readonly learningRate?: number;
  /** Largest global L2 norm of their gradients, before clipping; the first that was not finite, if one was. */
  readonly gradientNorm?: number;
  readonly maxGradientNorm?: number;
}

/**
 * What to say of a loss that is not finite: what is known of the run, and what to try.
 *
 * That the updates were too large is a guess, and said as one: a weight that was never finite shows only
 * where a window reads it.
 */
export function divergenceText(run: DivergedRun): string {
  const { trainingStep, lossNats, updates, learningRate, gradientNorm, maxGradientNorm } = run;
  const what = `Training diverged at step ${trainingStep}: the loss is ${lossNats}.`;
  if (updates === 0) {
    const [since, start] = trainingStep === 1
      ? ["before", "the initial weights or the carried state"]
      : ["since the run went on", "the weights or the state that it went on from"];
    return `${what} No update was made ${since}: ${start} are not finite, or too large.`;
  }
  const made = updates === 1 ? "1 update was" : `${updates} updates were`;
  const facts = [
    ...(learningRate === undefined ? [] : [`a learning rate of up to ${learningRate}`]),
    ...(gradientNorm === undefined ? [] : [`a gradient norm of up to ${shown(gradientNorm)}`]),
  ];
  const known = `${made} made before${facts.length > 0 ? `, at ${facts.join(" and ")}` : ""}.`;
  const rate = learningRate === undefined
    ? "a lower learning rate"
    : `a learning rate below ${learningRate}`;
  const clip = maxGradientNorm === undefined
    ? "or clip the gradient with maxGradientNorm"
    : `or clip harder than maxGradientNorm ${maxGradientNorm}`;
  return `${what} ${known} If they were too large, try ${rate}, ${clip}; ` +
    "if not, look whether the run began with weights that are finite.";
}

function shown(norm: number): string {
  return Number.isFinite(norm) ? String(Number(norm.toPrecision(3))) : String(norm);
}
