import { assertAlmostEquals } from "@std/assert";
import type { StateTrajectory } from "lib/probes/cell_trajectory.ts";

/**
 * A step's `vectorJacobianProduct` of each unit vector against central differences of the step itself.
 *
 * @param run the trajectory from a whole initial state; its step 1 is differentiated
 * @param finalState reads the whole state after step 1
 */
export function assertPullBack(
  run: (initialState: Float64Array) => StateTrajectory,
  { start, finalState }: {
    start: Float64Array;
    finalState: (trajectory: StateTrajectory) => Float64Array;
  },
): void {
  const h = 1e-6;
  const { vectorJacobianProduct, stateSize } = run(start);
  for (let output = 0; output < stateSize; output++) {
    const unit = new Float64Array(stateSize);
    unit[output] = 1;
    const row = vectorJacobianProduct(1, unit);
    for (let input = 0; input < stateSize; input++) {
      const moved = (by: number) => {
        const state = start.slice();
        state[input] += by;
        return finalState(run(state))[output];
      };
      assertAlmostEquals(row[input], (moved(h) - moved(-h)) / (2 * h), 1e-8);
    }
  }
}
