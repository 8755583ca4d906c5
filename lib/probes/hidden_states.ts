import type { StackState } from "lib/kernels/sequence_network.ts";
import type { LanguageModel } from "lib/models/language_model.ts";

/** The hidden state of the top layer after each token of one sequence. */
export interface StateSequence {
  readonly ids: Int32Array;
  /** `states[t]` is h after ids[0] to ids[t], [hiddenSize]. */
  readonly states: readonly Float64Array[];
}

/**
 * The top layer's hidden states along sequences, each read from the initial state, all side by side.
 *
 * @throws {RangeError} if there is no sequence.
 */
export async function hiddenStates(
  model: LanguageModel<StackState>,
  sequences: readonly Int32Array[],
): Promise<StateSequence[]> {
  if (sequences.length === 0) throw new RangeError("Cannot read states: there are no sequences.");
  const longest = Math.max(...sequences.map((ids) => ids.length));
  const states = sequences.map(() => [] as Float64Array[]);
  let state = model.initialState(sequences.length);
  for (let place = 0; place < longest; place++) {
    // A sequence that has ended reads its last token again; those states are not kept.
    const inputIds = sequences.map((ids) => ids[Math.min(place, ids.length - 1)]);
    ({ state } = await model.step(state, inputIds));
    const { hiddenState, batchSize } = state;
    const hiddenSize = topLayerSize(model, state);
    const top = hiddenState.length - batchSize * hiddenSize;
    sequences.forEach((ids, row) => {
      if (place >= ids.length) return;
      const start = top + row * hiddenSize;
      states[row].push(Float64Array.from(hiddenState.subarray(start, start + hiddenSize)));
    });
  }
  return sequences.map((ids, row) => ({ ids, states: states[row] }));
}

/** Hidden size from a state [layer, batch, hiddenSize]; one layer unless the model says otherwise. */
function topLayerSize(model: LanguageModel<StackState>, state: StackState): number {
  const layers = (model as { config?: { layerCount: number } }).config?.layerCount ?? 1;
  return state.hiddenState.length / (layers * state.batchSize);
}
