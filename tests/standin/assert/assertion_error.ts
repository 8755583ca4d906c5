/** The error every assertion throws. */
export class AssertionError extends Error {
  /** @param message what was expected and what was found. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

/** Ends a message: a full stop, or a colon and the caller's own words. */
export function ending(message?: string): string {
  return message ? `: ${message}` : ".";
}

/** Prints a value as it appears in a message, shortened where it would fill the screen. */
export function show(value: unknown): string {
  return Deno.inspect(value, {
    depth: 8,
    sorted: true,
    iterableLimit: 200,
    strAbbreviateSize: 1e5,
  });
}
