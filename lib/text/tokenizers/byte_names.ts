/**
 * A printable character for each of the 256 bytes, by byte: the alphabet of GPT-2's byte-level vocabulary.
 *
 * A byte that is a printable character of Latin-1 stands for itself; the others, in order, take the
 * characters from U+0100 on, so the space is "Ġ" and the line feed "Ċ" (Radford et al. 2019).
 */
export const byteNames: readonly string[] = Object.freeze(nameBytes());

function nameBytes(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
    return String.fromCharCode(isPrintable ? byte : next++);
  });
}
