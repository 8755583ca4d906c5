/** When to give up on a validation loss that no longer falls. */
export interface EarlyStoppingOptions {
  /** Evaluations without improvement after which the run ends. */
  readonly patience: number;
  /** Smallest fall of the loss that counts, in nats. Default 0. */
  readonly minImprovementNats?: number;
}

/** The best evaluation so far and how many came after it. */
export interface EarlyStoppingState {
  readonly bestLossNats: number;
  readonly bestTrainingStep: number;
  readonly evaluationsSinceBest: number;
}

/** Before the first evaluation. */
export const NO_EVALUATION_YET: EarlyStoppingState = {
  bestLossNats: Infinity,
  bestTrainingStep: 0,
  evaluationsSinceBest: 0,
};

/** The state after one evaluation more. */
export function afterEvaluation(
  state: EarlyStoppingState,
  { lossNats, trainingStep }: { lossNats: number; trainingStep: number },
  { minImprovementNats = 0 }: Omit<EarlyStoppingOptions, "patience"> = {},
): EarlyStoppingState {
  if (lossNats < state.bestLossNats - minImprovementNats) {
    return { bestLossNats: lossNats, bestTrainingStep: trainingStep, evaluationsSinceBest: 0 };
  }
  return { ...state, evaluationsSinceBest: state.evaluationsSinceBest + 1 };
}
