/** Multiply-adds in one turn of the programs' inner loops, for any number of gates. */
export const SUMS_PER_TURN = 8;

/**
 * WGSL: `for (var k = 0; k < bound; k++) { body }`, several steps per turn; `body` is given k's text.
 *
 * What a turn costs counts for as much as the product in it, on software adapters most of all.
 */
export function unrolledLoop(
  bound: number,
  { steps, body }: { steps: number; body: (k: string) => string },
): string {
  const whole = bound - bound % steps;
  const turn = Array.from({ length: steps }, (_, step) => body(`(k + ${step})`));
  const rest = Array.from({ length: bound - whole }, (_, step) => body(`${whole + step}`));
  return `
          for (var k = 0; k < ${whole}; k += ${steps}) {
            ${turn.join("\n            ")}
          }
          ${rest.join("\n          ")}`;
}
