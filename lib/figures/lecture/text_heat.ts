import * as Plot from "@observablehq/plot";
import { type ColourRamp, steppedRamp } from "lib/figures/parts/colour_ramp.ts";
import { lyingColourScale, rampText } from "lib/figures/parts/colour_scale.ts";
import { figureDocument, type FigureElement } from "lib/figures/parts/figure_document.ts";
import { figureFonts, figureSize, themeColour } from "lib/figures/parts/figure_style.ts";
import { finishFigure } from "lib/figures/parts/finish_figure.ts";
import { svgElement } from "lib/figures/parts/svg_element.ts";

/** A character of a text and the value that colours it, such as its loss. */
export interface ValuedCharacter {
  character: string;
  value: number;
}

/** Colours and texts of a coloured text. */
export interface TextHeatOptions {
  title: string;
  colour: ColourRamp;
  /** Characters in a line; 64 unless told. */
  columns?: number;
  description?: string;
}

const cell = { width: 10.2, height: 24, fontSize: 16 };
const left = 12;

/**
 * A text whose characters are coloured by a value, line by line, with a labelled scale.
 *
 * Letters stay dark and the ramp is cut off before it gets dark, so that every letter can be read on
 * its colour in either theme. A line break shows as ↵, a tab as →.
 *
 * @throws {RangeError} if there are no characters, or no value is finite
 */
export function textHeat(
  characters: readonly ValuedCharacter[],
  { title, colour, columns = 64, description }: TextHeatOptions,
): FigureElement {
  if (!characters.length) throw new RangeError("Cannot colour a text: there are no characters");
  const full = steppedRamp(colour, characters.map(({ value }) => value));
  const stepped = { ...full, ...lightened(full) };
  const lines = breakLines(characters, columns);
  const top = 74;
  const height = top + lines.length * cell.height + 58;
  const draw = () =>
    svgElement("g", { fill: themeColour("ink") }, {
      children: [
        svgElement("text", {
          x: 8,
          y: 22,
          "text-anchor": "start",
          "font-size": figureSize.titleFont,
          "font-weight": 600,
        }, { text: title }),
        lyingColourScale({ ramp: colour, stepped, x: 8, y: 34 }),
        ...lines.flatMap((line, row) =>
          lineElements(line, { top: top + 14 + row * cell.height, colourOf: stepped.colourOf })
        ),
      ],
    });
  const svg = Plot.plot({
    // deno-lint-ignore no-explicit-any -- Plot asks for the DOM library's Document
    document: figureDocument() as any,
    width: Math.max(figureSize.width, Math.ceil(2 * left + columns * cell.width)),
    height: height - 30,
    marks: [draw as unknown as Plot.Markish],
  }) as unknown as FigureElement;
  return finishFigure(svg, {
    title,
    description: description ?? describeText(characters, colour),
    data: characters.map(({ character, value }) => ({ character, value })),
  });
}

/** One line: a rectangle per run of one colour, and the letters, each at its own place. */
function lineElements(
  line: readonly ValuedCharacter[],
  { top, colourOf }: { top: number; colourOf: (value: number) => string },
): FigureElement[] {
  const elements: FigureElement[] = [];
  for (let start = 0; start < line.length;) {
    const fill = colourOf(line[start].value);
    let end = start + 1;
    while (end < line.length && colourOf(line[end].value) === fill) end++;
    const width = (end - start) * cell.width;
    const x = left + start * cell.width;
    elements.push(svgElement("rect", { x, y: top, width, height: cell.height - 3, fill }));
    start = end;
  }
  // Renderers count a surrogate pair or a combining mark in a list of places as one or as two: what
  // is longer than one unit gets a text of its own.
  const shown = line.map((one, index) => ({ text: visible(one.character), index }))
    .filter(({ text }) => text !== " ");
  const plain = shown.filter(({ text }) => text.length === 1 && !/\p{M}/u.test(text));
  elements.push(letters(plain, top));
  for (const one of shown) if (!plain.includes(one)) elements.push(letters([one], top));
  return elements;
}

function letters(placed: { text: string; index: number }[], top: number): FigureElement {
  const at = (index: number) => Math.round((left + (index + 0.5) * cell.width) * 10) / 10;
  return svgElement("text", {
    x: placed.map(({ index }) => at(index)).join(" "),
    y: top + cell.height / 2 + 4,
    fill: "#1b1b1b",
    "text-anchor": "middle",
    "font-family": figureFonts.code,
    "font-size": cell.fontSize,
  }, { text: placed.map(({ text }) => text).join("") });
}

function visible(character: string): string {
  if (character === "\n") return "↵";
  return character === "\t" ? "→" : character;
}

/** Lines of at most `columns` characters, broken after line breaks and preferably after spaces. */
function breakLines(characters: readonly ValuedCharacter[], columns: number): ValuedCharacter[][] {
  const lines: ValuedCharacter[][] = [];
  for (let start = 0; start < characters.length;) {
    let end = Math.min(start + columns, characters.length);
    const newline = characters.slice(start, end).findIndex(({ character }) => character === "\n");
    if (newline >= 0) end = start + newline + 1;
    else if (end < characters.length) {
      const space = characters.slice(start, end)
        .findLastIndex(({ character }) => character === " ");
      if (space > columns / 2) end = start + space + 1;
    }
    lines.push(characters.slice(start, end));
    start = end;
  }
  return lines;
}

/** The ramp with every colour mixed with white, so that dark letters show on all of it. */
function lightened({ colours, thresholds, colourOf }: ReturnType<typeof steppedRamp>) {
  const light = (colour: string) =>
    "#" + [1, 3, 5].map((offset) => {
      const channel = parseInt(colour.slice(offset, offset + 2), 16);
      return Math.round(255 - (255 - channel) * 0.55).toString(16).padStart(2, "0");
    }).join("");
  return {
    thresholds,
    colours: colours.map(light),
    colourOf: (value: number) => light(colourOf(value)),
  };
}

function describeText(characters: readonly ValuedCharacter[], colour: ColourRamp): string {
  const finite = characters.filter(({ value }) => Number.isFinite(value));
  const highest = finite.reduce((a, b) => b.value > a.value ? b : a);
  const start = characters.slice(0, 60).map(({ character }) => character).join("");
  return `Text of ${characters.length} characters coloured by ${colour.label}, beginning ` +
    `${JSON.stringify(start)}. Highest: ${rampText(highest.value, colour)} at ` +
    `${JSON.stringify(highest.character)}.`;
}
