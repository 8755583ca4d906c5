import { ElementType, type OnnxGraph, type OnnxNode } from "lib/inference/onnx_model.ts";
import { axis, fixed, free, node, real, value, whole, wholes } from "lib/inference/onnx_nodes.ts";
import { int64Scalar, int64Tensor, realScalar } from "lib/inference/onnx_tensor.ts";
import type { TransformerConfig } from "lib/models/transformer/transformer_config.ts";

/** Adds an operator to the graph and gives the name of its one output. */
type Apply = (output: string, opType: string, ...parts: Operands[]) => string;
type Operands = string | OnnxNode["attribute"][number];

/**
 * The computation of a causal transformer in official ONNX operators, and the constants that do not
 * depend on its parameters; as `transformerLogits` has it.
 *
 * Inputs: `inputIds` int32 [time, batch]; `keys` and `values` float [blockCount, past, batch, embeddingSize]
 * of the tokens read before, past 0 for none. Outputs: `logits` float [time, batch, vocabularySize];
 * `nextKeys` and `nextValues`, past + time of each. Time, batch and past are free; past + time is at most
 * contextLength, beyond which there are no position vectors. Ids enter by Gather: the rows of the
 * embedding are the network's input themselves.
 */
export function transformerGraph(config: TransformerConfig): OnnxGraph {
  const { vocabularySize, embeddingSize, blockCount, headCount, tiedEmbeddings } = config;
  const nodes: OnnxNode[] = [];
  const apply: Apply = (output, opType, ...parts) => {
    const input = parts.filter((part) => typeof part === "string");
    const attribute = parts.filter((part) => typeof part !== "string");
    nodes.push(node(opType, { input, output: [output], attribute }));
    return output;
  };
  const blocks = Array.from({ length: blockCount }, (_, block) => `block${block}`);
  let stream = embed(apply);
  forbidFuture(apply);
  for (const cache of ["keys", "values"]) {
    const output = blocks.map((block) => `${block}/${cache}Past`);
    const input = [cache, "blockLengths"];
    nodes.push(node("Split", { input, output, attribute: [axis(0)] }));
  }
  for (const block of blocks) {
    const own = apply(`${block}/x1`, "Add", stream, attention(apply, nodes, block, stream));
    stream = apply(`${block}/x2`, "Add", own, perceptron(apply, block, own));
  }
  const cache = (output: string, name: string) =>
    apply(output, "Concat", ...blocks.map((block) => `${block}/${name}All`), axis(0));
  cache("nextKeys", "keys");
  cache("nextValues", "values");
  const output = tiedEmbeddings
    ? apply("tied", "Transpose", "embedding/weights", wholes("perm", [1, 0]))
    : "output/weights";
  apply("logits", "MatMul", norm(apply, "finalNorm", stream), output);
  const state = (name: string, length: string) =>
    value(name, ElementType.float, [
      fixed(blockCount),
      free(length),
      free("batch"),
      fixed(embeddingSize),
    ]);
  return {
    name: "causal transformer language model",
    node: nodes,
    input: [
      value("inputIds", ElementType.int32, [free("time"), free("batch")]),
      state("keys", "past"),
      state("values", "past"),
    ],
    output: [
      value("logits", ElementType.float, [free("time"), free("batch"), fixed(vocabularySize)]),
      state("nextKeys", "total"),
      state("nextValues", "total"),
    ],
    initializer: [
      int64Scalar("firstPlace", 0),
      int64Scalar("nextPlace", 1),
      int64Tensor("axis0", [0]),
      int64Tensor("axis1", [1]),
      int64Tensor("blockLengths", blocks.map(() => 1)),
      int64Tensor("heads", [0, 0, headCount, embeddingSize / headCount]), // 0 keeps a length
      int64Tensor("joined", [0, 0, embeddingSize]),
      int64Tensor("thirds", [embeddingSize, embeddingSize, embeddingSize]),
      realScalar("scale", 1 / Math.sqrt(embeddingSize / headCount)),
      realScalar("allowed", 0),
      realScalar("forbidden", -1e9), // exp() of it is exactly 0
      realScalar("cubic", 0.044715),
      realScalar("slope", Math.sqrt(2 / Math.PI)),
      realScalar("one", 1),
      realScalar("half", 0.5),
    ],
  };
}

/** Rows of the embedding, and those of the places past, past + 1, ...: [time, batch, E]. */
function embed(apply: Apply): string {
  const lengthOf = (output: string, of: string, place: number) => {
    const shape = apply(
      `${output}Shape`,
      "Shape",
      of,
      whole("start", place),
      whole("end", place + 1),
    );
    return apply(output, "Squeeze", shape, "axis0");
  };
  lengthOf("timeLength", "inputIds", 0);
  lengthOf("pastLength", "keys", 1);
  apply("totalLength", "Add", "pastLength", "timeLength");
  apply("places", "Range", "pastLength", "totalLength", "nextPlace");
  apply("tokenRows", "Gather", "embedding/weights", "inputIds");
  apply("placeRows", "Gather", "positions/weights", "places");
  apply("placeColumns", "Unsqueeze", "placeRows", "axis1");
  return apply("x0", "Add", "tokenRows", "placeColumns");
}

/** [time, total]: 0 where a token may look, minus a billion at those after it. */
function forbidFuture(apply: Apply): void {
  apply("allPlaces", "Range", "firstPlace", "totalLength", "nextPlace");
  apply("ownPlaces", "Unsqueeze", "places", "axis1");
  apply("isPast", "LessOrEqual", "allPlaces", "ownPlaces");
  apply("mask", "Where", "isPast", "allowed", "forbidden");
}

function attention(apply: Apply, nodes: OnnxNode[], block: string, stream: string): string {
  const at = (name: string) => `${block}/${name}`;
  const joint = linear(apply, at("attention"), norm(apply, at("norm1"), stream));
  const output = [at("queries"), at("keysNew"), at("valuesNew")];
  nodes.push(node("Split", { input: [joint, "thirds"], output, attribute: [axis(-1)] }));
  for (const cache of ["keys", "values"]) {
    apply(at(`${cache}New4`), "Unsqueeze", at(`${cache}New`), "axis0");
    apply(at(`${cache}All`), "Concat", at(`${cache}Past`), at(`${cache}New4`), axis(1));
    apply(at(`${cache}Rows`), "Squeeze", at(`${cache}All`), "axis0");
  }
  // [time, batch, E] to [batch, head, time, E / heads]; the keys transposed.
  const heads = (name: string, perm: number[]) => {
    const cut = apply(at(`${name}Cut`), "Reshape", at(name), "heads");
    return apply(at(`${name}Heads`), "Transpose", cut, wholes("perm", perm));
  };
  const queries = heads("queries", [1, 2, 0, 3]);
  const keys = heads("keysRows", [1, 2, 3, 0]);
  const values = heads("valuesRows", [1, 2, 0, 3]);
  const products = apply(at("products"), "MatMul", queries, keys);
  const scaled = apply(at("scaled"), "Mul", products, "scale");
  const masked = apply(at("masked"), "Add", scaled, "mask");
  const weights = apply(at("weights"), "Softmax", masked, axis(-1));
  const mixed = apply(at("mixed"), "MatMul", weights, values);
  const rows = apply(at("mixedRows"), "Transpose", mixed, wholes("perm", [2, 0, 1, 3]));
  return linear(apply, at("projection"), apply(at("mixedJoined"), "Reshape", rows, "joined"));
}

function perceptron(apply: Apply, block: string, stream: string): string {
  const at = (name: string) => `${block}/${name}`;
  const x = linear(apply, at("expand"), norm(apply, at("norm2"), stream));
  // x / 2 (1 + tanh(slope (x + cubic x^3)))
  const square = apply(at("square"), "Mul", x, x);
  const cube = apply(at("cube"), "Mul", square, x);
  const bent = apply(at("bent"), "Add", x, apply(at("bend"), "Mul", cube, "cubic"));
  const tanh = apply(at("tanh"), "Tanh", apply(at("inner"), "Mul", bent, "slope"));
  const gate = apply(at("gate"), "Add", tanh, "one");
  const gated = apply(at("gated"), "Mul", apply(at("halved"), "Mul", x, "half"), gate);
  return linear(apply, at("contract"), gated);
}

function linear(apply: Apply, name: string, rows: string): string {
  const product = apply(`${name}/product`, "MatMul", rows, `${name}/weights`);
  return apply(`${name}/output`, "Add", product, `${name}/bias`);
}

function norm(apply: Apply, name: string, rows: string): string {
  const settings = [axis(-1), real("epsilon", 1e-5)];
  return apply(
    `${name}/output`,
    "LayerNormalization",
    rows,
    `${name}/scale`,
    `${name}/bias`,
    ...settings,
  );
}
