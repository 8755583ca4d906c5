import type { StackState } from "lib/kernels/sequence_network.ts";
import type { LanguageModel } from "lib/models/language_model.ts";

/** The state of the top layer after each token of one sequence. */
export interface StateSequence {
  readonly ids: Int32Array;
  /** `states[t]` is h, or c, after ids[0] to ids[t], [hiddenSize]. */
  readonly states: readonly Float64Array[];
}

/**
 * The top layer's hidden states along sequences, each read from the initial state, all side by side.
 *
 * @param options.part an LSTM's cell state c in place of h.
 * @throws {RangeError} if there is no sequence, or the model has no cell state.
 */
export async function hiddenStates(
  model: LanguageModel<StackState>,
  sequences: readonly Int32Array[],
  { part = "hiddenState" }: { part?: "hiddenState" | "cellState" } = {},
): Promise<StateSequence[]> {
  if (sequences.length === 0) throw new RangeError("Cannot read states: there are no sequences.");
  const longest = Math.max(...sequences.map((ids) => ids.length));
  const states = sequences.map(() => [] as Float64Array[]);
  let state = model.initialState(sequences.length);
  for (let place = 0; place < longest; place++) {
    // A sequence that has ended reads its last token again; those states are not kept.
    const inputIds = sequences.map((ids) => ids[Math.min(place, ids.length - 1)]);
    ({ state } = await model.step(state, inputIds));
    const values = state[part];
    if (!values) throw new RangeError(`Cannot read states: ${model.name} has no ${part}.`);
    const hiddenSize = topLayerSize(model, state);
    const top = values.length - state.batchSize * hiddenSize;
    sequences.forEach((ids, row) => {
      if (place >= ids.length) return;
      const start = top + row * hiddenSize;
      states[row].push(Float64Array.from(values.subarray(start, start + hiddenSize)));
    });
  }
  return sequences.map((ids, row) => ({ ids, states: states[row] }));
}

/** Hidden size from a state [layer, batch, hiddenSize]; one layer unless the model says otherwise. */
function topLayerSize(model: LanguageModel<StackState>, state: StackState): number {
  const layers = (model as { config?: { layerCount: number } }).config?.layerCount ?? 1;
  return state.hiddenState.length / (layers * state.batchSize);
}
