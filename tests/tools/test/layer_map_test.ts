import { assertEquals, assertThrows } from "@std/assert";
import { layerMap, layerMapMarkers, withLayerMap } from "tools/test/layer_map.ts";

const modules = [
  { module: "text/corpus.ts", imports: [] },
  { module: "text/split.ts", imports: ["text/corpus.ts"] },
  { module: "models/gru.ts", imports: ["text/corpus.ts"] },
  { module: "probes/loss.ts", imports: ["models/gru.ts", "text/split.ts"] },
  { module: "figures/line.ts", imports: ["text/corpus.ts"] },
];

Deno.test("layerMap() has a box for each folder and an arrow where one follows from no others", () => {
  assertEquals(layerMap(modules, [["text"], ["models"], ["probes"], ["figures"]]).split("\n"), [
    "```mermaid",
    "flowchart LR",
    '  text["text<br>2 modules"]',
    '  models["models<br>1 module"]',
    '  probes["probes<br>1 module"]',
    '  figures["figures<br>1 module"]',
    "  text --> figures",
    "  text --> models",
    "  models --> probes",
    "```",
  ]);
});

Deno.test("withLayerMap() replaces what stands between its markers, and nothing else", () => {
  const { start, end } = layerMapMarkers;
  const readme = withLayerMap(`before\n${start}\nold\n${end}\nafter`, []);
  assertEquals(readme.startsWith(`before\n${start}\n\n\`\`\`mermaid\n`), true);
  assertEquals(readme.endsWith(`\`\`\`\n\n${end}\nafter`), true);
  assertEquals(readme.includes("old"), false);
  assertThrows(() => withLayerMap("no markers", []), Error, "README.md has no place");
});
