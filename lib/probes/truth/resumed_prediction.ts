import type { LanguageModel } from "lib/models/language_model.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";
import { chooseEngine } from "lib/training/engines/choose_engine.ts";

/** A prediction reached by reading on from a saved state, against reading the whole prefix. */
export interface ResumedPrediction {
  /** Tokens read before the state was saved. */
  readonly savedAfter: number;
  /** Tokens read from the saved state on. */
  readonly readOn: number;
  /** Greatest absolute difference of a logit; 0 says the same to the last bit. */
  readonly greatestDifference: number;
  /** Numbers in the saved state's arrays. */
  readonly stateNumbers: number;
}

/** Settings of `resumedPredictions`. */
export interface ResumedPredictionOptions<State> {
  /** Places at which the state is saved, each from 0 to the number of ids. */
  readonly savedAfter: readonly number[];
  /** What is kept of a state and handed back; a deep copy unless told. */
  readonly keep?: (state: State) => State;
}

/**
 * Whether the state is all that a model keeps of a prefix: for each cut, reads on from a copy of the state saved there
 * and compares the last logits with those of one run over everything.
 *
 * @throws {RangeError} if there is no token, or a cut lies outside the ids.
 */
export async function resumedPredictions<State>(
  model: LanguageModel<State>,
  ids: Int32Array,
  { savedAfter, keep = structuredClone }: ResumedPredictionOptions<State>,
): Promise<ResumedPrediction[]> {
  const outside = savedAfter.find((cut) =>
    !(Number.isInteger(cut) && cut >= 0 && cut < ids.length)
  );
  if (ids.length === 0 || outside !== undefined) {
    throw new RangeError(`Cannot resume: ${ids.length} tokens, saved after ${outside}.`);
  }
  const states = [model.initialState(1)];
  let whole: Float32Array = new Float32Array(0);
  for (const id of ids) {
    const next = await model.step(states.at(-1)!, [id]);
    states.push(next.state);
    whole = next.logits;
  }
  const records: ResumedPrediction[] = [];
  for (const cut of savedAfter) {
    let state = keep(states[cut]);
    const stateNumbers = countNumbers(state);
    let logits: Float32Array = new Float32Array(0);
    for (const id of ids.subarray(cut)) ({ logits, state } = await model.step(state, [id]));
    const greatestDifference = logits.reduce(
      (most, logit, index) => Math.max(most, Math.abs(logit - whole[index])),
      0,
    );
    records.push({ savedAfter: cut, readOn: ids.length - cut, greatestDifference, stateNumbers });
  }
  return records;
}

/** Numbers in the arrays of a plain value. */
function countNumbers(value: unknown): number {
  if (ArrayBuffer.isView(value)) return (value as Float32Array).length;
  if (value === null || typeof value !== "object") return 0;
  return Object.values(value).reduce((sum: number, part) => sum + countNumbers(part), 0);
}

/**
 * Greatest difference between the logits of reading a text in one piece and step by step, over all places.
 *
 * In one piece: one window of the engine that trains the model. Step by step: `LanguageModel.step`, the state carried
 * from call to call. 0 says that both are the same to the last bit.
 *
 * @throws {RangeError} if the text has no token.
 */
export async function wholeSequenceDifference(
  model: TrainableModel,
  ids: Int32Array,
): Promise<number> {
  if (ids.length === 0) throw new RangeError("Cannot compare: the text has no token.");
  const size = { timeSteps: ids.length, batchSize: 1 };
  const engine = await chooseEngine(model, { ...size, engine: "auto" });
  const window = { ...size, inputIds: ids, targetIds: new Int32Array(ids.length) };
  const { outputs } = await engine.evaluate(window, { outputs: true });
  engine.dispose();
  let state = model.initialState(1);
  let greatest = 0;
  for (const [place, id] of ids.entries()) {
    const next = await model.step(state, [id]);
    state = next.state;
    next.logits.forEach((logit, index) => {
      const whole = outputs![place * model.vocabulary.size + index];
      greatest = Math.max(greatest, Math.abs(logit - whole));
    });
  }
  return greatest;
}
