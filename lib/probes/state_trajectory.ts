/**
 * A recurrent state along one sequence, with the derivative of each of its steps.
 *
 * Everything is float64, whatever the model was trained in: a product of 1,000 step derivatives
 * loses its small directions in float32. Time steps count from 1 to `timeSteps`; the state s_0 is the
 * initial one. s_t begins with the hidden state h_t; an LSTM's goes on with the cell state c_t.
 */
export interface StateTrajectory {
  readonly hiddenSize: number;
  /** Numbers of the whole state: hiddenSize, or twice that for an LSTM. */
  readonly stateSize: number;
  readonly timeSteps: number;
  /** h_1 to h_T. */
  readonly hiddenStates: readonly Float64Array[];
  /**
   * What the gates and the activation did, by name, for each time step: gate values, and under
   * `slope` the activation's derivative at every unit.
   */
  readonly gateValues: Readonly<Record<string, readonly Float64Array[]>>;
  /** d loss / d s_{t-1} from d loss / d s_t: the transposed Jacobian of step t times the gradient. */
  vectorJacobianProduct(timeStep: number, gradient: Float64Array): Float64Array;
  /**
   * The Jacobian itself, d s_t / d s_{t-1}, [stateSize, stateSize] row by row, where it can be had faster
   * than by pulling back unit vectors.
   */
  stepJacobian?(timeStep: number): Float64Array;
}

/** What a sequence is made of: tokens, or real vectors [time, inputSize]. */
export type SequenceInputs =
  | { readonly inputIds: ArrayLike<number> }
  | { readonly inputValues: readonly ArrayLike<number>[] };
