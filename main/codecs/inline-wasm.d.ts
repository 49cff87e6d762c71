/** WebAssembly that the build puts into the chunk as a data URL. */
declare module '*.wasm?url&inline' {
  const url: string;
  export default url;
}
