import type { TrainableModel } from "lib/models/trainable_model.ts";
import { chooseEngine } from "lib/training/engines/choose_engine.ts";

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
