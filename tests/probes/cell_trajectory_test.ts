import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { cellTrajectory, modelTrajectory } from "lib/probes/cell_trajectory.ts";
import { cellKinds, randomIds, smallModel } from "../models/small_model.ts";
import { caseLayer, stateGradientCases } from "./state_gradient_fixture.ts";

for (const cell of cellKinds) {
  Deno.test(`modelTrajectory() passes through the model's own states, ${cell}`, async () => {
    const model = smallModel(cell);
    const ids = randomIds(6);
    const { hiddenStates, timeSteps } = modelTrajectory(model, ids);
    assertEquals(timeSteps, 6);
    let state = model.initialState(1);
    for (const [time, id] of ids.entries()) {
      ({ state } = await model.step(state, [id]));
      hiddenStates[time].forEach((value, j) =>
        assertAlmostEquals(value, state.hiddenState[j], 1e-5)
      );
    }
    model.dispose();
  });
}

Deno.test("modelTrajectory() refuses a model of several layers", () => {
  const model = smallModel("gru", { layerCount: 2 });
  assertThrows(() => modelTrajectory(model, [0]), Error, "it has 2 layers, not 1");
  model.dispose();
});

Deno.test("cellTrajectory() of an LSTM has a cell state too, that of a GRU has not", () => {
  const stateSize = (cell: string) =>
    cellTrajectory(caseLayer(stateGradientCases.find((one) => one.cell === cell)!), {
      inputIds: [0],
    }).stateSize;
  assertEquals([stateSize("lstm"), stateSize("gru")], [12, 6]);
});
