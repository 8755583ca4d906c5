import { parameterShapes } from "lib/kernels/network_config.ts";
import { carriedArrays, dropoutKey } from "lib/kernels/optimizer_defaults.ts";
import { ReferencePass } from "lib/kernels/reference/reference_pass.ts";
import {
  clipFactor,
  globalNorm,
  type NamedArrays,
  updateArray,
} from "lib/kernels/reference/reference_optimizer.ts";
import type {
  Evaluation,
  EvaluationOptions,
  OptimizerState,
  SequenceNetwork,
  SequenceNetworkOptions,
  SequenceWindow,
  StackState,
  StateGradients,
  TrainingStepResult,
} from "lib/kernels/sequence_network.ts";

/**
 * The plain twin of the fused network: the equations in scalar loops over double precision.
 *
 * For tests and for reading; about a thousand times slower. Its parameters start at zero.
 */
export function createReferenceNetwork(options: SequenceNetworkOptions): SequenceNetwork {
  return new ReferenceNetwork(options);
}

class ReferenceNetwork implements SequenceNetwork {
  readonly options: SequenceNetworkOptions;
  readonly description = "Plain reference in scalar double precision.";
  readonly #parameters: NamedArrays;
  readonly #moments: NamedArrays;
  readonly #squares: NamedArrays;
  #gradients: NamedArrays;
  #stateGradients: StateGradients | undefined;
  /** State after the last window of training and of evaluation, and of either. */
  readonly #carried: { training?: StackState; evaluation?: StackState; last?: StackState } = {};
  #trainingStep = 0;
  #learningRate: number;

  constructor(options: SequenceNetworkOptions) {
    this.options = options;
    const zeros = () =>
      Object.fromEntries(
        parameterShapes(options.config).map((
          { name, shape },
        ) => [name, new Float64Array(shape.reduce((a, b) => a * b))]),
      );
    this.#parameters = zeros();
    this.#gradients = zeros();
    this.#moments = zeros();
    this.#squares = zeros();
    this.#learningRate = options.optimizer?.learningRate ?? 0;
  }

  setParameters(parameters: Record<string, ArrayLike<number>>): void {
    for (const [name, values] of Object.entries(parameters)) this.#parameters[name].set(values);
  }

  parameters(): NamedArrays {
    return copies(this.#parameters);
  }

  gradients(): NamedArrays {
    return copies(this.#gradients);
  }

  trainStep(window: SequenceWindow): TrainingStepResult {
    const settings = this.options.optimizer;
    if (settings === undefined) throw new Error("Cannot train: the network has no optimizer.");
    const result = this.computeGradients(window);
    this.#trainingStep++;
    for (const [name, parameter] of Object.entries(this.#parameters)) {
      updateArray(settings, {
        parameter,
        gradient: this.#gradients[name],
        moment: this.#moments[name],
        square: this.#squares[name],
        factor: clipFactor(result.gradientNorm, this.options.maxGradientNorm),
        learningRate: this.#learningRate,
        trainingStep: this.#trainingStep,
      });
    }
    return result;
  }

  computeGradients(window: SequenceWindow): TrainingStepResult {
    const initialState = window.continues ? this.#carried.training : window.initialState;
    const key = this.options.dropout
      ? dropoutKey(this.options.dropoutSeed ?? 0, this.#trainingStep)
      : undefined;
    const pass = new ReferencePass(this.options, this.#parameters, {
      ...{ window, initialState, dropoutKey: key },
    });
    const { gradients, stateGradients } = pass.backward();
    this.#gradients = gradients;
    this.#stateGradients = stateGradients;
    this.#carried.training = this.#carried.last = pass.finalState;
    const gradientNorm = globalNorm(gradients);
    const clipped = clipFactor(gradientNorm, this.options.maxGradientNorm) < 1;
    return { ...pass.windowLoss(), gradientNorm, clipped };
  }

  stateGradients(): StateGradients {
    if (this.#stateGradients === undefined) throw new Error("Cannot read gradients: none yet.");
    return this.#stateGradients;
  }

  evaluate(window: SequenceWindow, options: EvaluationOptions = {}): Evaluation {
    const initialState = window.continues ? this.#carried.evaluation : window.initialState;
    const pass = new ReferencePass(this.options, this.#parameters, { window, initialState });
    this.#carried.evaluation = this.#carried.last = pass.finalState;
    return {
      ...pass.windowLoss(),
      positionLosses: options.positionLosses ? pass.positionLosses : undefined,
      outputs: options.outputs ? pass.outputs : undefined,
    };
  }

  finalState(): StackState {
    if (this.#carried.last === undefined) throw new Error("Cannot read a state: none yet.");
    return this.#carried.last;
  }

  step(
    state: StackState,
    inputIds: ArrayLike<number>,
  ): { outputs: Float32Array; state: StackState } {
    const { batchSize } = state;
    const window = { timeSteps: 1, batchSize, inputIds: Int32Array.from(inputIds) };
    const pass = new ReferencePass(this.options, this.#parameters, { window, initialState: state });
    this.#carried.last = pass.finalState;
    return { outputs: Float32Array.from(pass.outputs), state: pass.finalState };
  }

  setLearningRate(learningRate: number): void {
    this.#learningRate = learningRate;
  }

  optimizerState(): OptimizerState {
    const trainingStep = this.#trainingStep;
    if (this.options.optimizer === undefined) return { trainingStep };
    const { squares, moments } = carriedArrays(this.options.optimizer);
    return {
      trainingStep,
      squares: squares ? copies(this.#squares) : undefined,
      moments: moments ? copies(this.#moments) : undefined,
    };
  }

  setOptimizerState({ trainingStep, squares, moments }: OptimizerState): void {
    this.#trainingStep = trainingStep;
    for (const name of Object.keys(this.#parameters)) {
      this.#squares[name].set(squares?.[name] ?? this.#squares[name].map(() => 0));
      this.#moments[name].set(moments?.[name] ?? this.#moments[name].map(() => 0));
    }
  }

  dispose(): void {}
}

function copies(arrays: NamedArrays): NamedArrays {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, values]) => [name, values.slice()]),
  );
}
