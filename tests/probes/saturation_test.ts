import { assertAlmostEquals, assertEquals } from "@std/assert";
import { cellTrajectory } from "lib/probes/cell_trajectory.ts";
import { saturation } from "lib/probes/saturation.ts";
import { oneUnit } from "./state_gradient_fixture.ts";

Deno.test("saturation() counts slopes below a tenth of the steepest", () => {
  const flat = cellTrajectory(oneUnit("rnn-sigmoid", [0], [6]), { inputIds: [0, 0] });
  const { saturatedShare, meanSlope } = saturation(flat, { steepest: 0.25 });
  assertEquals(saturatedShare, 1);
  assertAlmostEquals(meanSlope, 4 * 0.00246651, 1e-7); // s(6) (1 - s(6)) against 1/4
  const steep = cellTrajectory(oneUnit("rnn-sigmoid", [0], [0]), { inputIds: [0] });
  assertEquals(saturation(steep, { steepest: 0.25 }), {
    meanSlope: 1,
    saturatedShare: 0,
    gates: {},
  });
});

Deno.test("saturation() tells gates that are open from gates that are closed", () => {
  const layer = oneUnit("lstm", [0, 0, 0, 0], [-5, 5, 0, 0]);
  const { gates } = saturation(cellTrajectory(layer, { inputIds: [0, 0, 0] }));
  assertEquals([gates.inputGate.closed, gates.inputGate.open], [1, 0]);
  assertEquals([gates.forgetGate.closed, gates.forgetGate.open], [0, 1]);
  assertAlmostEquals(gates.outputGate.mean, 0.5, 1e-12);
});
