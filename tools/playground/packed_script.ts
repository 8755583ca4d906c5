/** A script compressed into text that can stand in a page. */
export async function packScript(script: string): Promise<string> {
  const packed = new Blob([script]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer()).toBase64();
}

/** The script that was packed. */
export async function unpackScript(packed: string): Promise<string> {
  // Browsers that have WebGPU may still lack `Uint8Array.fromBase64`.
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const script = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return await new Response(script).text();
}
