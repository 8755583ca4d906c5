const superscripts: Record<string, string> = {
  "-": "⁻",
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
};

/** An integer as superscript characters: -12 gives "⁻¹²". */
export function superscript(value: number): string {
  return [...String(value)].map((character) => superscripts[character] ?? character).join("");
}

/**
 * A number as a reader wants it: a few significant digits, powers of ten where it is very large or
 * small, a true minus sign, thin grouping of thousands.
 *
 * @param options.digits significant digits, 4 unless told; integers below 10⁷ keep all of theirs
 * @param options.keepZeros 2 as 2.000: for numbers that stand beside others
 *
 * @example
 * ```ts
 * import { numberText } from "lib/figures/parts/number_text.ts";
 * import { assertEquals } from "@std/assert";
 * assertEquals(numberText(Math.log(28)), "3.332");
 * assertEquals(numberText(-0.000012345), "−1.234·10⁻⁵");
 * assertEquals(numberText(178360), "178,360");
 * ```
 */
export function numberText(
  value: number,
  { digits = 4, keepZeros = false }: { digits?: number; keepZeros?: boolean } = {},
): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const sign = value < 0 ? "−" : "";
  const size = Math.abs(value);
  if (Number.isInteger(size) && size < 1e7 && !keepZeros) return sign + grouped(String(size));
  if (size >= 1e7 || size < 1e-3) {
    const [mantissa, exponent] = size.toExponential(digits - 1).split("e");
    const short = keepZeros ? mantissa : trimZeros(mantissa);
    const power = `10${superscript(Number(exponent))}`;
    return sign + (short === "1" ? power : `${short}·${power}`);
  }
  // Digits before the point are never rounded away.
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const fixed = size.toFixed(decimals);
  const [whole, fraction] = (keepZeros ? fixed : trimZeros(fixed)).split(".");
  return sign + grouped(whole) + (fraction ? `.${fraction}` : "");
}

/** The power 10^exponent as text: 10⁻³, and 1 for exponent 0. Exponents may be fractional. */
export function powerOfTenText(exponent: number): string {
  if (exponent === 0) return "1";
  if (exponent === 1) return "10";
  return Number.isInteger(exponent) ? `10${superscript(exponent)}` : numberText(10 ** exponent);
}

function grouped(digits: string): string {
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
