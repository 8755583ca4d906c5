import { assert, assertEquals, assertThrows } from "@std/assert";
import { exportOnnx } from "lib/inference/export_onnx.ts";
import {
  encodeOnnxModel,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxModel,
} from "lib/inference/onnx_model.ts";
import { readOnnxFile } from "lib/inference/read_onnx_file.ts";
import { readTensors } from "lib/kernels/read_tensor.ts";
import {
  exportModel,
  exportTransformer,
  foreignFile,
  plainModel,
  smallCase,
} from "./onnx_cases.ts";

const model = exportModel(smallCase("gru"));
const bytes = await exportOnnx(model, { tokenizerName: "letters only" });
const parameters = await readTensors(Object.values(model.parameters));
model.dispose();

const gpt = exportTransformer({ embeddingSize: 3, blockCount: 1, headCount: 1, contextLength: 3 });
const gptBytes = await exportOnnx(gpt);
const gptParameters = await readTensors(Object.values(gpt.parameters));
gpt.dispose();

/** The file, or that of `of`, with fields of it replaced. */
function changed(
  change: (model: OnnxModel & { graph: OnnxGraph }) => Partial<OnnxModel>,
  of = bytes,
) {
  const read = plainModel(of);
  return encodeOnnxModel({ ...read, ...change(read) });
}

function refuse(file: Uint8Array, sentence: string): void {
  assertThrows(() => readOnnxFile(file), Error, sentence);
}

Deno.test("readOnnxFile() gives what was exported", () => {
  const file = readOnnxFile(bytes);
  assertEquals([file.name, file.tokenizerName], ["GRU 5 x 2", "letters only"]);
  assertEquals(file.vocabulary.tokens.join(""), "abcdefg");
  assertEquals(Object.values(file.parameters), parameters);
  assertEquals(changed(() => ({})), bytes);
  const attentive = readOnnxFile(gptBytes);
  assertEquals(attentive.name, "GPT 3 x 1");
  assertEquals(Object.values(attentive.parameters), gptParameters);
  assertEquals(changed(() => ({}), gptBytes), gptBytes);
});

for (const [kind, whole] of [["recurrent", bytes], ["transformer", gptBytes]] as const) {
  Deno.test(`readOnnxFile() refuses the file cut short at any byte: ${kind}`, () => {
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.subarray(0, length);
      const error = assertThrows(() => readOnnxFile(cut), Error, "Cannot");
      assert(/cut short|constant|Cannot read/.test(error.message), error.message);
    }
  });

  Deno.test(`readOnnxFile() of a file with a bit flipped, in every third byte, reads it or refuses it in words: ${kind}`, () => {
    const copy = whole.slice();
    for (let at = 0; at < whole.length; at += 3) {
      copy[at] ^= 1 << (at % 8);
      try {
        readOnnxFile(copy);
      } catch (error) {
        assert(error instanceof Error && !(error instanceof TypeError), `byte ${at}: ${error}`);
        assert(/^Cannot (read|import) /.test(error.message), `byte ${at}: ${error.message}`);
      }
      copy[at] = whole[at];
    }
  });
}

Deno.test("readOnnxFile() refuses a file of foreign make, and names the maker", () => {
  refuse(foreignFile, 'foreign make: its producer is "onnx-example"');
  refuse(changed(() => ({ producerName: "pytorch", producerVersion: "2.13" })), '"pytorch" 2.13');
  refuse(changed(() => ({ producerName: "" })), "its producer is not named");
  refuse(changed(() => ({ producerVersion: "2" })), 'version "2" of this library\'s files');
  refuse(changed(() => ({ producerName: "tf2onnx" }), gptBytes), 'producer is "tf2onnx" 1');
});

Deno.test("readOnnxFile() refuses another operator set or IR version, and says which", () => {
  const sets = (...versions: bigint[]) =>
    changed(() => ({ opsetImport: versions.map((version) => ({ domain: "", version })) }));
  refuse(sets(21n), "its operator set is ai.onnx 21, expected ai.onnx 17");
  refuse(
    changed(({ opsetImport }) => ({
      opsetImport: [...opsetImport, { domain: "com.microsoft", version: 1n }],
    })),
    "its operator set is ai.onnx 17 and com.microsoft 1",
  );
  refuse(changed(() => ({ irVersion: 10n })), "its IR version is 10, expected 8");
  const newer = { opsetImport: [{ domain: "", version: 18n }] };
  refuse(changed(() => newer, gptBytes), "its operator set is ai.onnx 18, expected ai.onnx 17");
  refuse(changed(() => ({ irVersion: 9n }), gptBytes), "its IR version is 9, expected 8");
});

Deno.test("readOnnxFile() refuses a graph that was changed, and says where", () => {
  const withNodes = (change: (node: OnnxGraph["node"]) => OnnxGraph["node"]) =>
    changed(({ graph }) => ({ graph: { ...graph, node: change(graph.node) } }));
  refuse(withNodes((node) => node.slice(0, -1)), "node 8 is missing, expected Add(scores");
  refuse(withNodes((node) => [...node, node[0]]), "it has 10 nodes, expected 9");
  const otherReset = withNodes((nodes) =>
    nodes.map((node) =>
      node.opType === "GRU"
        ? {
          ...node,
          attribute: node.attribute.map((attribute) => ({
            ...attribute,
            i: attribute.name === "linear_before_reset" ? 0n : attribute.i,
          })),
        }
        : node
    )
  );
  refuse(otherReset, "hidden_size=5, linear_before_reset=0");
});

Deno.test("readOnnxFile() refuses constants of another shape, or gone", () => {
  const withConstants = (change: (graph: OnnxGraph) => OnnxGraph["initializer"]) =>
    changed(({ graph }) => ({ graph: { ...graph, initializer: change(graph) } }));
  refuse(
    withConstants(({ initializer }) => initializer.slice(0, -1)),
    "it has no constant output/bias",
  );
  refuse(
    withConstants(({ initializer }) =>
      initializer.map((tensor) =>
        tensor.name === "output/bias" ? { ...tensor, dims: [8n] } : tensor
      )
    ),
    "Cannot read output/bias: float numbers [7] are expected",
  );
});

Deno.test("readOnnxFile() sees a change in any attribute of a transformer's graph", async () => {
  const gpt = exportTransformer();
  const file = plainModel(await exportOnnx(gpt));
  gpt.dispose();
  const refuseChanged = (name: string, change: Partial<OnnxAttribute>, sentence: string) => {
    const node = file.graph.node.map((node) => ({
      ...node,
      attribute: node.attribute.map((one) => one.name === name ? { ...one, ...change } : one),
    }));
    refuse(encodeOnnxModel({ ...file, graph: { ...file.graph, node } }), sentence);
  };
  refuseChanged("epsilon", { f: 1 }, "epsilon=1)");
  refuseChanged("perm", { ints: [3n, 2n, 1n, 0n] }, "perm=3+2+1+0");
  refuseChanged("axis", { i: 5n }, "axis=5");
});

Deno.test("readOnnxFile() refuses a transformer's constants of another shape, or gone, and its metadata incomplete", () => {
  const withConstants = (change: (graph: OnnxGraph) => OnnxGraph["initializer"]) =>
    changed(({ graph }) => ({ graph: { ...graph, initializer: change(graph) } }), gptBytes);
  refuse(
    withConstants(({ initializer }) =>
      initializer.filter(({ name }) => name !== "positions/weights")
    ),
    "it has no constant positions/weights",
  );
  refuse(
    withConstants(({ initializer }) =>
      initializer.map((one) => one.name === "embedding/weights" ? { ...one, dims: [3n, 7n] } : one)
    ),
    "Cannot read embedding/weights: float numbers [7,3] are expected",
  );
  const withoutContext = changed(({ metadataProps }) => ({
    metadataProps: metadataProps.map(({ key, value }) => ({
      key,
      value: value.replace(',"contextLength":3', ""),
    })),
  }), gptBytes);
  refuse(withoutContext, "contextLength must be a whole number >= 1, got undefined");
});
