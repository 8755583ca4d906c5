import type { ColourRamp, SteppedRamp } from "lib/figures/parts/colour_ramp.ts";
import { missingColour } from "lib/figures/parts/colour_ramp.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { figureSize, themeColour } from "lib/figures/parts/figure_style.ts";
import { numberText, powerOfTenText } from "lib/figures/parts/number_text.ts";
import { svgElement } from "lib/figures/parts/svg_element.ts";
import { textWidth, wrapText } from "lib/figures/parts/text_width.ts";

const swatch = { width: 22, tall: 26, long: 44, height: 18 };
const labelWidth = 120;

/** The text of a value on a ramp. */
export function rampText(value: number, { scale }: ColourRamp): string {
  return scale === "exponent" ? powerOfTenText(value) : numberText(value, { digits: 3 });
}

/** The room to the right of a frame that an upright colour scale takes, in pixels. */
export function colourScaleWidth(ramp: ColourRamp, { thresholds }: SteppedRamp): number {
  const texts = thresholds.map((value) => textWidth(rampText(value, ramp), figureSize.tickFont));
  return Math.ceil(30 + Math.max(swatch.width + 10 + Math.max(0, ...texts), labelWidth));
}

/** An upright scale: swatches, high on top, with the value at each boundary. */
export function uprightColourScale(
  { ramp, stepped, x, y, hasMissing = false }: {
    ramp: ColourRamp;
    stepped: SteppedRamp;
    x: number;
    y: number;
    hasMissing?: boolean;
  },
): FigureElement {
  const { colours, thresholds } = stepped;
  const fontSize = figureSize.tickFont;
  const title = ramp.unit === null ? ramp.label : `${ramp.label} (${ramp.unit})`;
  const lines = wrapText(title, { width: labelWidth, fontSize });
  const top = y + lines.length * 17 + 4;
  const bottom = top + colours.length * swatch.tall;
  const style = { "font-size": fontSize, "text-anchor": "start", fill: themeColour("ink") };
  const box = (colour: string, at: number) =>
    svgElement("rect", { x, y: at, width: swatch.width, height: swatch.tall, fill: colour });
  const text = (
    content: string,
    { at, left = x + swatch.width + 8 }: { at: number; left?: number },
  ) => svgElement("text", { x: left, y: at, dy: "0.35em" }, { text: content });
  return svgElement("g", style, {
    children: [
      ...lines.map((line, row) => text(line, { at: y + row * 17, left: x })),
      ...colours.map((colour, index) => box(colour, bottom - (index + 1) * swatch.tall)),
      ...thresholds.map((value, index) =>
        text(rampText(value, ramp), { at: bottom - (index + 1) * swatch.tall })
      ),
      ...(hasMissing
        ? [box(missingColour, bottom + 10), text("not a number", { at: bottom + 23 })]
        : []),
    ],
  });
}

/** A lying scale: swatches from left to right, with the value at each boundary below. */
export function lyingColourScale(
  { ramp, stepped, x, y }: { ramp: ColourRamp; stepped: SteppedRamp; x: number; y: number },
): FigureElement {
  const fontSize = figureSize.tickFont;
  const title = ramp.unit === null ? ramp.label : `${ramp.label} (${ramp.unit})`;
  const left = x + textWidth(title, fontSize) + 10;
  return svgElement("g", { "font-size": fontSize, fill: themeColour("ink") }, {
    children: [
      svgElement("text", { x, y: y + 14, "text-anchor": "start" }, { text: title }),
      ...stepped.colours.map((fill, index) =>
        svgElement("rect", {
          x: left + index * swatch.long,
          y,
          width: swatch.long,
          height: swatch.height,
          fill,
        })
      ),
      ...stepped.thresholds.map((value, index) =>
        svgElement("text", {
          x: left + (index + 1) * swatch.long,
          y: y + swatch.height + 15,
          "text-anchor": "middle",
        }, { text: rampText(value, ramp) })
      ),
    ],
  });
}
