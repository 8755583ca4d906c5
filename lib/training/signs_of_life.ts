let count = 0;

/**
 * Counts one step of a long computation.
 *
 * Jupyter's Stop button ends a running loop without a trace: no error, no `finally`. What waits for
 * the loop can tell that it is gone only by its silence.
 */
export function giveSignOfLife(): void {
  count++;
}

/** How many signs of life there were so far, by any computation of this process. */
export function signsOfLife(): number {
  return count;
}
