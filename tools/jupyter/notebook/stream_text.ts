/** Characters of a stream that are kept from its beginning, and as many from its end. */
export const keptCharacters = 1_000_000;

/**
 * The text of a stream that is written piece by piece, with its middle left out where it grows too long.
 *
 * Work is linear in what is written, memory bounded by four times `kept` characters.
 */
export class StreamText {
  readonly #kept: number;
  #head = "";
  /** The end of the text lies in these two; the older one goes when the newer one is full. */
  #older = "";
  #newer = "";
  #written = 0;

  constructor(kept = keptCharacters) {
    this.#kept = kept;
  }

  /** Characters held in memory. */
  get heldCharacters(): number {
    return this.#head.length + this.#older.length + this.#newer.length;
  }

  /** Adds a piece at the end. */
  write(piece: string): void {
    this.#written += piece.length;
    const toHead = this.#kept - this.#head.length;
    if (toHead > 0) this.#head += piece.slice(0, toHead);
    const rest = piece.slice(Math.max(toHead, 0));
    if (rest === "") return;
    this.#newer += rest.slice(-this.#kept);
    if (this.#newer.length < this.#kept) return;
    this.#older = this.#newer.slice(-this.#kept);
    this.#newer = "";
  }

  /** What was written; where some of it is left out, a line says how much. */
  toString(): string {
    const tail = (this.#older + this.#newer).slice(-this.#kept);
    const left = this.#written - this.#head.length - tail.length;
    if (left === 0) return this.#head + tail;
    const said =
      `[${left.toLocaleString("en")} characters left out: of a longer output the first ` +
      `and the last ${this.#kept.toLocaleString("en")} are kept]`;
    return `${this.#head}\n${said}\n${tail}`;
  }
}
