import { assertEquals, assertThrows } from "@std/assert";
import { decodeSafetensors, encodeSafetensors } from "lib/models/safetensors.ts";
import { readFixtureBytes } from "../fixtures/read_fixture.ts";

const file = {
  arrays: {
    "layer0/bias": { shape: [3], values: Float32Array.of(0.5, -1.25, 3e-8) },
    "output/weights": { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
  },
  metadata: { "made by": "Python" },
};

Deno.test("encodeSafetensors() writes the bytes that Python writes by the format's description", () => {
  assertEquals(encodeSafetensors(file), readFixtureBytes("arrays.safetensors"));
});

Deno.test("decodeSafetensors() reads what Python wrote", () => {
  assertEquals(decodeSafetensors(readFixtureBytes("arrays.safetensors")), file);
});

Deno.test("decodeSafetensors() gives back every bit, names and notes of any script, and empty arrays", () => {
  const values = Float32Array.of(NaN, Infinity, -0, 1e-45, 3.4e38);
  const odd = {
    arrays: {
      "é 🙂": { shape: [5, 1], values },
      empty: { shape: [0, 4], values: new Float32Array(0) },
      scalar: { shape: [], values: Float32Array.of(7) },
    },
    metadata: { note: 'quote " and 🙂' },
  };
  const bytes = encodeSafetensors(odd);
  assertEquals((8 + Number(new DataView(bytes.buffer).getBigUint64(0, true))) % 8, 0);
  const back = decodeSafetensors(bytes);
  assertEquals(back, odd);
  const bits = (array: Float32Array) => [...new Uint32Array(array.slice().buffer)];
  assertEquals(bits(back.arrays["é 🙂"].values), bits(values));
});

Deno.test("encodeSafetensors() and decodeSafetensors() work on parts of larger buffers", () => {
  const values = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
  const bytes = encodeSafetensors({ arrays: { part: { shape: [2], values } }, metadata: {} });
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  assertEquals([...decodeSafetensors(shifted.subarray(3)).arrays.part.values], [1, 2]);
});

Deno.test("decodeSafetensors() refuses the file cut short at any byte", () => {
  const bytes = readFixtureBytes("arrays.safetensors");
  for (let length = 0; length < bytes.length; length++) {
    assertThrows(() => decodeSafetensors(bytes.subarray(0, length)), Error, "Cannot read");
  }
});

Deno.test("decodeSafetensors() refuses other numbers, garbage and a header that is no record", () => {
  const withHeader = (header: string, data = 0) => {
    const bytes = new Uint8Array(8 + header.length + data);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
    bytes.set(new TextEncoder().encode(header), 8);
    return bytes;
  };
  const half = '{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}';
  assertThrows(() => decodeSafetensors(withHeader(half, 4)), Error, "F16, not F32");
  const short = '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}';
  assertThrows(() => decodeSafetensors(withHeader(short, 4)), Error, "Cannot read a");
  const before = '{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}';
  assertThrows(() => decodeSafetensors(withHeader(before, 4)), Error, "Cannot read a");
  for (const header of ["no json", "null", "[1]", '{"a":1}', '{"a":{"dtype":"F32"}}']) {
    assertThrows(() => decodeSafetensors(withHeader(header)), Error, "Cannot read");
  }
  assertThrows(() => decodeSafetensors(new Uint8Array(64).fill(255)), Error, "Cannot read");
});
