/**
 * TensorFlow.js as this library uses it, under the name `@tensorflow/tfjs` in `deno.json`: its core and
 * its CPU backend.
 *
 * The package of that name holds the same two, and beside them layers, a converter, data pipelines and
 * WebGL: 240 MB and 50 packages more to fetch at a first start, none of which is ever called here.
 *
 * @module
 */
import "@tensorflow/tfjs-backend-cpu";
import { version_core } from "@tensorflow/tfjs-core";

export * from "@tensorflow/tfjs-core";

/** The release of TensorFlow.js. */
export const version = { tfjs: version_core } as const;
