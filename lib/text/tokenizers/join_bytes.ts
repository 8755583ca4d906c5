/**
 * The text of tokens that stand for bytes: the bytes of all, one after the other, read as UTF-8.
 *
 * What is no UTF-8, such as half a character, becomes U+FFFD.
 *
 * @param tokenBytes the bytes of each token, by id
 * @throws {RangeError} if an id has no bytes
 */
export function joinBytes(ids: ArrayLike<number>, tokenBytes: readonly Uint8Array[]): string {
  let length = 0;
  for (let place = 0; place < ids.length; place++) {
    const bytes = tokenBytes[ids[place]];
    if (bytes === undefined) {
      throw new RangeError(
        `Cannot decode: id ${ids[place]} at place ${place} is outside the vocabulary's ` +
          `0 to ${tokenBytes.length - 1}.`,
      );
    }
    length += bytes.length;
  }
  const all = new Uint8Array(length);
  for (let place = 0, filled = 0; place < ids.length; place++) {
    const bytes = tokenBytes[ids[place]];
    all.set(bytes, filled);
    filled += bytes.length;
  }
  // A byte order mark is a character of the text like any other.
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(all);
}
