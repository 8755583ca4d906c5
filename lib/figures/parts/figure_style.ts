/** Sizes in CSS pixels: readable when a 680-pixel figure fills a slide. */
export const figureSize = {
  width: 680,
  height: 420,
  tickFont: 14,
  labelFont: 15,
  titleFont: 18,
  lineWidth: 2.25,
} as const;

/** A stack of fonts that every platform answers; none is downloaded. */
export const figureFonts = {
  text: "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif",
  code: "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
} as const;

/** The name of a colour of the theme. */
export type ThemeColour =
  | "ink"
  | "paper"
  | "grey"
  | "blue"
  | "vermillion"
  | "green"
  | "purple"
  | "ochre";

/**
 * The two themes. Categorical colours keep the hues of Okabe and Ito's colour-blind safe palette
 * ("Color Universal Design", 2008). The light ones are darkened until text in them has a contrast of
 * 4.5 on white; they keep 3.3 on the dark paper, so a page that sets no variables stays legible.
 */
export const figureThemes: Record<"light" | "dark", Record<ThemeColour, string>> = {
  light: {
    ink: "#1b1b1b",
    paper: "#ffffff",
    grey: "#6a6f76",
    blue: "#0072b2",
    vermillion: "#bf4a00",
    green: "#007f5c",
    purple: "#aa4a80",
    ochre: "#8f6400",
  },
  dark: {
    ink: "#e8e8e8",
    paper: "#15181d",
    grey: "#a9afb8",
    blue: "#56b4e9",
    vermillion: "#f58b4c",
    green: "#2fc89a",
    purple: "#e398c3",
    ochre: "#e6a817",
  },
};

/** A theme colour as a CSS value that follows the page and stands alone as the light theme. */
export function themeColour(name: ThemeColour): string {
  return `var(--unrolled-${name}, ${figureThemes.light[name]})`;
}

/** Colours of the series of a figure, in order of use. */
export const seriesColours: readonly string[] = (
  ["blue", "vermillion", "green", "purple", "ochre", "grey"] as const
).map(themeColour);

/** The colour of series number `index`; they repeat after six. */
export function seriesColour(index: number): string {
  return seriesColours[index % seriesColours.length];
}

/**
 * CSS that a page puts before its own style sheet to make inlined figures follow its theme.
 *
 * It leaves the choice to the page's `color-scheme`.
 */
export function figureThemeCss(): string {
  const { light, dark } = figureThemes;
  const declarations = (Object.keys(light) as ThemeColour[])
    .map((name) => `--unrolled-${name}: light-dark(${light[name]}, ${dark[name]});`);
  return `:root { ${declarations.join(" ")} }\n`;
}

/**
 * The SVG with every theme variable replaced by its colour.
 *
 * For renderers without CSS variables (resvg, librsvg, Inkscape) and for slides in one theme.
 */
export function resolveTheme(svg: string, theme: "light" | "dark"): string {
  return svg.replace(
    /var\(--unrolled-([a-z]+), *#[0-9a-f]{6}\)/g,
    (whole, name: string) => figureThemes[theme][name as ThemeColour] ?? whole,
  );
}
